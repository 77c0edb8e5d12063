import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct ExpressionTests {
    // MARK: Case

    @Test func aChoiceGivesTheFirstBranchThatHolds() async throws {
        let query = Post.select {
            when($0.viewCount > 4, then: "hot").when($0.published, then: "live").else("draft")
        }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT CASE WHEN (t0."view_count" > ?) THEN ? WHEN (t0."published" = 1) THEN ? ELSE ? END \
                FROM "posts" AS t0 ORDER BY t0."id"
                """)
        #expect(try await query.all() == ["hot", "draft", "live", "hot"])
    }

    @Test func aChoiceWithoutALastValueIsOptional() async throws {
        let sizes: [Int?] = try await Post.select { when($0.rating > 4, then: $0.viewCount).orNull }.all()
        #expect(sizes == [5, nil, nil, nil])
        // A NULL condition does not hold, and a NULL branch stays NULL.
        let ratings: [Double?] = try await Post.select { when($0.id > 1, then: $0.rating).orNull }.all()
        #expect(ratings == [nil, nil, 3, nil])
    }

    @Test func aChoiceWorksInConditionsOrdersAndUpdates() async throws {
        #expect(try await Post.filter { when($0.published, then: $0.viewCount).else(0) >= 5 }.ids() == [1, 4])
        #expect(
            try await Post.order({ when($0.author == .id(2), then: 0).else(1).asc }, { $0.id.asc }).ids()
                == [3, 4, 1, 2])
        try await Post.query.update(.set(\.viewCount) { when($0.rating == nil, then: -1).else($0.viewCount) })
        #expect(try await Post.select { $0.viewCount }.all() == [5, -1, 1, -1])
    }

    @Test func aConditionAsTheValueOfAChoiceIsNeverNull() async throws {
        let flags = try await Post.select { when($0.id < 4, then: $0.rating > 3).else(true) }.all()
        #expect(flags == [true, false, false, true])
    }

    // MARK: Coalesce

    @Test func severalFallbacksAreOneCoalesce() async throws {
        let query = Comment.order { $0.id.asc }.select { $0.author.fullName.or($0.author.username).or("a guest") }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT COALESCE(t1."full_name", t1."username", ?) FROM "comments" AS t0 \
                LEFT JOIN "users" AS t1 ON t1."id" = t0."author_id" ORDER BY t0."id"
                """)
        #expect(try await query.all() == ["bob", "Ada Lovelace", "a guest", "Ada Lovelace"])
        #expect(try await User.select { $0.fullName.or($0.username) }.all() == ["Ada Lovelace", "bob", "cid"])
    }

    // MARK: Text

    @Test(.withTags(["ÅSA ", " straße", "xx", ""])) func textFunctionsWorkOnAllOfUnicode() async throws {
        let rows = try await Tag.order { $0.id.asc }.select { ($0.name.lower, $0.name.upper, $0.name.trimmed) }.all()
        #expect(rows.map(\.0) == ["åsa ", " straße", "xx", ""])
        #expect(rows.map(\.1) == ["ÅSA ", " STRASSE", "XX", ""])
        #expect(rows.map(\.2) == ["ÅSA", "straße", "xx", ""])
        let ends = try await Tag.order { $0.id.asc }.select { ($0.name.trimmedStart, $0.name.trimmedEnd) }.all()
        #expect(ends.map(\.0) == ["ÅSA ", "straße", "xx", ""])
        #expect(ends.map(\.1) == ["ÅSA", " straße", "xx", ""])
    }

    @Test(.withTags(["añb", "🦄🦄x"])) func substringsCountUnicodeScalarsFromZero() async throws {
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

    @Test func textsAreReplacedAndJoined() async throws {
        let query = User.select { $0.username.replacing("b", with: "p") + "@" + $0.username.upper }
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT ((REPLACE(t0."username", ?, ?) || ?) || orm_upper(t0."username")) FROM "users" AS t0 \
                ORDER BY t0."id"
                """)
        #expect(try await query.all() == ["ada@ADA", "pop@BOB", "cid@CID"])
        let names: [String?] = try await User.select { $0.fullName + "!" }.all()
        #expect(names == ["Ada Lovelace!", nil, nil])
        let lengths: [Int?] = try await User.select { $0.fullName.length }.all()
        #expect(lengths == [12, nil, nil])
    }

    @Test func aTextIsLookedForInAnotherColumn() async throws {
        try await Comment.filter { $0.id == 4 }.update(.set(\.content, "on THREE: ok"))
        #expect(try await Comment.filter { $0.content.icontains($0.post.title) }.ids() == [4])
        #expect(try await Comment.filter { $0.content.contains($0.post.title) }.ids() == [])
        #expect(try await Comment.filter { $0.content.hasSuffix($0.parent.content) }.ids() == [2])
        #expect(try await Comment.exclude { $0.content.hasSuffix($0.parent.content) }.ids() == [1, 3, 4])
        #expect(try await User.filter { $0.fullName.ihasPrefix($0.username) }.ids() == [1])
        #expect(try await User.filter { $0.username.iequals($0.username.upper) }.ids() == [1, 2, 3])
    }

    // MARK: Numbers

    @Test func integersAreDividedTowardsZero() async throws {
        try await Post.filter { $0.id == 2 }.update(.set(\.viewCount, -7))
        let rows = try await Post.select { ($0.viewCount / 2, $0.viewCount % 2, -$0.viewCount, $0.viewCount.abs) }.all()
        #expect(rows.map(\.0) == [2, -3, 0, 2])
        #expect(rows.map(\.1) == [1, -1, 1, 1])
        #expect(rows.map(\.2) == [-5, 7, -1, -5])
        #expect(rows.map(\.3) == [5, 7, 1, 5])
        #expect(try await Post.select { $0.viewCount.asDouble / 2 }.all() == [2.5, -3.5, 0.5, 2.5])
        #expect(try await Post.select { ($0.viewCount.asDouble / 2).asInt }.all() == [2, -3, 0, 2])
    }

    @Test func aDivisionByAnExpressionThatIsZeroIsNull() async throws {
        let whole: [Int?] = try await Post.select { Expr(10) / ($0.viewCount - 1) }.all()
        #expect(whole == [2, 10, nil, 2])
        let rest: [Int?] = try await Post.select { $0.viewCount % ($0.viewCount - 1) }.all()
        #expect(rest == [1, 0, nil, 1])
        let real: [Double?] = try await Post.select { $0.rating / ($0.rating - 3) }.all()
        #expect(real == [3, nil, nil, nil])
        #expect(try await Post.filter { $0.viewCount / ($0.viewCount - 1) == nil }.ids() == [3])
        #expect(try await Post.exclude { $0.viewCount / ($0.viewCount - 1) > 1 }.ids() == [1, 3, 4])
    }

    @Test func aDivisionByTheConstantZeroIsRefusedBeforeItRuns() async throws {
        let sql = try await recorded { () async throws in
            #expect(
                await ormError { _ = try await Post.filter { $0.viewCount / 0 > 1 }.all() }?.code == .validationFailure)
            #expect(await ormError { _ = try await Post.select { $0.viewCount % 0 }.all() }?.code == .validationFailure)
            #expect(
                await ormError { _ = try await Post.filter { $0.rating / 0 == 1 }.count() }?.code == .validationFailure)
        }
        #expect(sql == [])
    }

    @Test func arithmeticOfOptionalColumnsIsNullForNull() async throws {
        let doubled: [Double?] = try await Post.select { $0.rating * 2 + 1 }.all()
        #expect(doubled == [10, nil, 7, nil])
        let mixed: [Double?] = try await Post.select { $0.rating + $0.viewCount.asDouble.asOptional }.all()
        #expect(mixed == [9.5, nil, 4, nil])
        #expect(try await Post.filter { -$0.rating < -4 }.ids() == [1])
        let rounded: [Double?] = try await Post.select { $0.rating.abs.rounded() }.all()
        #expect(rounded == [5, nil, 3, nil])
        #expect(try await Post.select { ($0.viewCount.asDouble / 3).rounded(to: 2) }.all() == [1.67, 0.67, 0.33, 1.67])
    }

    @Test func valuesAreKeptWithinBounds() async throws {
        #expect(try await Post.select { $0.viewCount.atMost(3) }.all() == [3, 2, 1, 3])
        #expect(try await Post.select { $0.viewCount.atLeast(2).atMost(4) }.all() == [4, 2, 2, 4])
        #expect(try await Post.select { $0.viewCount.atMost($0.id) }.all() == [1, 2, 1, 4])
        let ratings: [Double?] = try await Post.select { $0.rating.atMost(4) }.all()
        #expect(ratings == [4, nil, 3, nil])
        #expect(try await Post.select { $0.title.atLeast("P") }.all() == ["P", "Two", "Three", "P"])
    }

    @Test func integersBecomeText() async throws {
        let query = Post.select { $0.title + "-" + $0.id.asText }
        #expect(
            try query.sql()
                == #"SELECT ((t0."title" || ?) || CAST(t0."id" AS TEXT)) FROM "posts" AS t0 ORDER BY t0."id""#)
        #expect(try await query.all() == ["One-1", "Two-2", "Three-3", "Four-4"])
    }
}
