import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Values made of columns.
    static let expressions: [DriverBehaviour] = [
        DriverBehaviour("a choice without a last value is optional", aChoiceWithoutALastValueIsOptional),
        DriverBehaviour("a choice works in conditions orders and updates", aChoiceWorksInConditionsOrdersAndUpdates),
        DriverBehaviour("a condition as the value of a choice is never null", aConditionAsTheValueOfAChoiceIsNeverNull),
        DriverBehaviour(
            "text functions work on all of unicode", .withTags(["ÅSA ", " straße", "xx", ""]),
            textFunctionsWorkOnAllOfUnicode),
        DriverBehaviour(
            "substrings count unicode scalars from zero", .withTags(["añb", "🦄🦄x"]),
            substringsCountUnicodeScalarsFromZero),
        DriverBehaviour("a text is looked for in another column", aTextIsLookedForInAnotherColumn),
        DriverBehaviour("integers are divided towards zero", integersAreDividedTowardsZero),
        DriverBehaviour("a division by an expression that is zero is null", aDivisionByAnExpressionThatIsZeroIsNull),
        DriverBehaviour("arithmetic of optional columns is null for null", arithmeticOfOptionalColumnsIsNullForNull),
        DriverBehaviour("values are kept within bounds", valuesAreKeptWithinBounds),
    ]

    private static func aChoiceWithoutALastValueIsOptional(_: BehaviourContext) async throws {
        let sizes: [Int?] = try await Post.select { when($0.rating > 4, then: $0.viewCount).orNull }.all()
        #expect(sizes == [5, nil, nil, nil])
        // A NULL condition does not hold, and a NULL branch stays NULL.
        let ratings: [Double?] = try await Post.select { when($0.id > 1, then: $0.rating).orNull }.all()
        #expect(ratings == [nil, nil, 3, nil])
    }

    private static func aChoiceWorksInConditionsOrdersAndUpdates(_: BehaviourContext) async throws {
        #expect(try await Post.filter { when($0.published, then: $0.viewCount).else(0) >= 5 }.ids() == [1, 4])
        #expect(
            try await Post.order({ when($0.author == .id(2), then: 0).else(1).asc }, { $0.id.asc }).ids()
                == [3, 4, 1, 2])
        try await Post.query.update(.set(\.viewCount) { when($0.rating == nil, then: -1).else($0.viewCount) })
        #expect(try await Post.select { $0.viewCount }.all() == [5, -1, 1, -1])
    }

    private static func aConditionAsTheValueOfAChoiceIsNeverNull(_: BehaviourContext) async throws {
        let flags = try await Post.select { when($0.id < 4, then: $0.rating > 3).else(true) }.all()
        #expect(flags == [true, false, false, true])
    }

    private static func textFunctionsWorkOnAllOfUnicode(_: BehaviourContext) async throws {
        let rows = try await Tag.order { $0.id.asc }.select { ($0.name.lower, $0.name.upper, $0.name.trimmed) }
            .all()
        #expect(rows.map(\.0) == ["åsa ", " straße", "xx", ""])
        #expect(rows.map(\.1) == ["ÅSA ", " STRASSE", "XX", ""])
        #expect(rows.map(\.2) == ["ÅSA", "straße", "xx", ""])
        let ends = try await Tag.order { $0.id.asc }.select { ($0.name.trimmedStart, $0.name.trimmedEnd) }.all()
        #expect(ends.map(\.0) == ["ÅSA ", "straße", "xx", ""])
        #expect(ends.map(\.1) == ["ÅSA", " straße", "xx", ""])
    }

    private static func substringsCountUnicodeScalarsFromZero(_: BehaviourContext) async throws {
        func part(_ start: Int, _ count: Int?) async throws -> [String] {
            try await Tag.order { $0.id.asc }.select { $0.name.substring(from: start, count: count) }.all()
        }
        #expect(try await part(0, 2) == ["añ", "🦄🦄"])
        #expect(try await part(1, nil) == ["ñb", "🦄x"])
        #expect(try await part(2, 5) == ["b", "x"])
        #expect(try await part(3, nil) == ["", ""])
        #expect(try await part(-5, 1) == ["a", "🦄"])
        #expect(try await part(0, -1) == ["", ""])
        #expect(try await part(.max, nil) == ["", ""])
    }

    private static func aTextIsLookedForInAnotherColumn(_: BehaviourContext) async throws {
        try await Comment.filter { $0.id == 4 }.update(.set(\.content, "on THREE: ok"))
        #expect(try await Comment.filter { $0.content.icontains($0.post.title) }.ids() == [4])
        #expect(try await Comment.filter { $0.content.contains($0.post.title) }.ids() == [])
        #expect(try await Comment.filter { $0.content.hasSuffix($0.parent.content) }.ids() == [2])
        #expect(try await Comment.exclude { $0.content.hasSuffix($0.parent.content) }.ids() == [1, 3, 4])
        #expect(try await User.filter { $0.fullName.ihasPrefix($0.username) }.ids() == [1])
        #expect(try await User.filter { $0.username.iequals($0.username.upper) }.ids() == [1, 2, 3])
    }

    private static func integersAreDividedTowardsZero(_: BehaviourContext) async throws {
        try await Post.filter { $0.id == 2 }.update(.set(\.viewCount, -7))
        let rows = try await Post.select { ($0.viewCount / 2, $0.viewCount % 2, -$0.viewCount, $0.viewCount.abs) }
            .all()
        #expect(rows.map(\.0) == [2, -3, 0, 2])
        #expect(rows.map(\.1) == [1, -1, 1, 1])
        #expect(rows.map(\.2) == [-5, 7, -1, -5])
        #expect(rows.map(\.3) == [5, 7, 1, 5])
        #expect(try await Post.select { $0.viewCount.asDouble / 2 }.all() == [2.5, -3.5, 0.5, 2.5])
        #expect(try await Post.select { ($0.viewCount.asDouble / 2).asInt }.all() == [2, -3, 0, 2])
    }

    private static func aDivisionByAnExpressionThatIsZeroIsNull(_: BehaviourContext) async throws {
        let whole: [Int?] = try await Post.select { Expr(10) / ($0.viewCount - 1) }.all()
        #expect(whole == [2, 10, nil, 2])
        let rest: [Int?] = try await Post.select { $0.viewCount % ($0.viewCount - 1) }.all()
        #expect(rest == [1, 0, nil, 1])
        let real: [Double?] = try await Post.select { $0.rating / ($0.rating - 3) }.all()
        #expect(real == [3, nil, nil, nil])
        #expect(try await Post.filter { $0.viewCount / ($0.viewCount - 1) == nil }.ids() == [3])
        #expect(try await Post.exclude { $0.viewCount / ($0.viewCount - 1) > 1 }.ids() == [1, 3, 4])
    }

    private static func arithmeticOfOptionalColumnsIsNullForNull(_: BehaviourContext) async throws {
        let doubled: [Double?] = try await Post.select { $0.rating * 2 + 1 }.all()
        #expect(doubled == [10, nil, 7, nil])
        let mixed: [Double?] = try await Post.select { $0.rating + $0.viewCount.asDouble.asOptional }.all()
        #expect(mixed == [9.5, nil, 4, nil])
        #expect(try await Post.filter { -$0.rating < -4 }.ids() == [1])
        let rounded: [Double?] = try await Post.select { $0.rating.abs.rounded() }.all()
        #expect(rounded == [5, nil, 3, nil])
        #expect(
            try await Post.select { ($0.viewCount.asDouble / 3).rounded(to: 2) }.all() == [1.67, 0.67, 0.33, 1.67])
    }

    private static func valuesAreKeptWithinBounds(_: BehaviourContext) async throws {
        #expect(try await Post.select { $0.viewCount.atMost(3) }.all() == [3, 2, 1, 3])
        #expect(try await Post.select { $0.viewCount.atLeast(2).atMost(4) }.all() == [4, 2, 2, 4])
        #expect(try await Post.select { $0.viewCount.atMost($0.id) }.all() == [1, 2, 1, 4])
        let ratings: [Double?] = try await Post.select { $0.rating.atMost(4) }.all()
        #expect(ratings == [4, nil, 3, nil])
        #expect(try await Post.select { $0.title.atLeast("P") }.all() == ["P", "Two", "Three", "P"])
    }
}
