import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Comparisons, texts and lists.
    static let lookups: [DriverBehaviour] = [
        DriverBehaviour(
            "equality with an optional column means what it means in swift",
            equalityWithAnOptionalColumnMeansWhatItMeansInSwift),
        DriverBehaviour(
            "exclude is the other half of filter with nulls in it", excludeIsTheOtherHalfOfFilterWithNullsInIt),
        DriverBehaviour(
            "comparisons of optional columns are false for null", comparisonsOfOptionalColumnsAreFalseForNull),
        DriverBehaviour("ranges include both ends and leave out null", rangesIncludeBothEndsAndLeaveOutNull),
        DriverBehaviour("two optional columns are equal when both are null", twoOptionalColumnsAreEqualWhenBothAreNull),
        DriverBehaviour("a selected condition is never null", aSelectedConditionIsNeverNull),
        DriverBehaviour("conditions can be compared with each other", conditionsCanBeComparedWithEachOther),
        DriverBehaviour("a condition orders false before true", aConditionOrdersFalseBeforeTrue),
        DriverBehaviour(
            "prefixes and suffixes longer than the text do not match", .withTags(["ab", "b"]),
            prefixesAndSuffixesLongerThanTheTextDoNotMatch),
        DriverBehaviour(
            "a character of several bytes is one character", .withTags(["👩‍👩‍👧 family", "é", "e"]),
            aCharacterOfSeveralBytesIsOneCharacter),
        DriverBehaviour("nothing is in an empty list", nothingIsInAnEmptyList),
        DriverBehaviour("nil in a list means null", nilInAListMeansNull),
        DriverBehaviour(
            "lists hold every type of value", .tables(Sample.self, LoginSession.self), listsHoldEveryTypeOfValue),
        DriverBehaviour("arithmetic and fallbacks compute", arithmeticAndFallbacksCompute),
    ]

    private static func equalityWithAnOptionalColumnMeansWhatItMeansInSwift(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.rating == 3 }.ids() == [3])
        #expect(try await Post.filter { $0.rating != 3 }.ids() == [1, 2, 4])
        #expect(try await Post.filter { $0.rating == nil }.ids() == [2, 4])
        #expect(try await Post.filter { $0.rating != nil }.ids() == [1, 3])
    }

    private static func excludeIsTheOtherHalfOfFilterWithNullsInIt(_: BehaviourContext) async throws {
        #expect(try await Post.exclude { $0.rating == 3 }.ids() == [1, 2, 4])
        #expect(try await Post.exclude { $0.rating > 4 }.ids() == [2, 3, 4])
        #expect(try await Post.filter { !($0.rating <= 4) }.ids() == [1, 2, 4])
        #expect(try await User.exclude { $0.fullName.contains("Ada") }.ids() == [2, 3])
        #expect(try await User.exclude { $0.fullName.isIn(["Ada Lovelace"]) }.ids() == [2, 3])
    }

    private static func comparisonsOfOptionalColumnsAreFalseForNull(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.rating > 3 }.ids() == [1])
        #expect(try await Post.filter { $0.rating >= 3 }.ids() == [1, 3])
        #expect(try await Post.filter { $0.rating < 4 }.ids() == [3])
        #expect(try await Post.filter { $0.rating <= 4.5 }.ids() == [1, 3])
    }

    private static func rangesIncludeBothEndsAndLeaveOutNull(_: BehaviourContext) async throws {
        #expect(try await Post.filter { 2...5 ~= $0.viewCount }.ids() == [1, 2, 4])
        #expect(try await Post.filter { 3...4.5 ~= $0.rating }.ids() == [1, 3])
        #expect(try await Post.exclude { 3...4 ~= $0.rating }.ids() == [1, 2, 4])
    }

    private static func twoOptionalColumnsAreEqualWhenBothAreNull(_: BehaviourContext) async throws {
        #expect(try await Comment.filter { $0.parent.author.fullName == $0.author.fullName }.ids() == [1, 3])
        #expect(try await Comment.filter { $0.parent.author.fullName != $0.author.fullName }.ids() == [2, 4])
    }

    private static func aSelectedConditionIsNeverNull(_: BehaviourContext) async throws {
        let equal = try await Post.select { ($0.id, $0.rating == 3, $0.rating != 3, $0.rating == nil) }.all()
        #expect(equal.map(\.1) == [false, false, true, false])
        #expect(equal.map(\.2) == [true, true, false, true])
        #expect(equal.map(\.3) == [false, true, false, true])
        let other = try await Post.select {
            (
                $0.id, $0.rating > 3, !(!($0.rating > 3)), !(!($0.rating > 3) && $0.published),
                $0.rating.isIn([3, nil])
            )
        }.all()
        #expect(other.map(\.1) == [true, false, false, false])
        #expect(other.map(\.2) == [true, false, false, false])
        #expect(other.map(\.3) == [true, true, false, false])
        #expect(other.map(\.4) == [false, true, true, true])
    }

    private static func conditionsCanBeComparedWithEachOther(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.published == ($0.rating > 4) }.ids() == [1, 2])
        #expect(try await Post.filter { ($0.rating > 4) == $0.published }.ids() == [1, 2])
        #expect(try await Post.filter { ($0.rating == 3) != ($0.rating > 4) }.ids() == [1, 3])
    }

    private static func aConditionOrdersFalseBeforeTrue(_: BehaviourContext) async throws {
        #expect(try await Post.order({ ($0.rating > 4).desc }, { $0.id.asc }).ids() == [1, 2, 3, 4])
        #expect(try await Post.order({ ($0.rating == 3).asc }, { $0.id.asc }).ids() == [1, 2, 4, 3])
    }

    private static func prefixesAndSuffixesLongerThanTheTextDoNotMatch(_: BehaviourContext) async throws {
        #expect(try await Tag.filter { $0.name.hasSuffix("ab") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.hasSuffix("xab") }.ids() == [])
        #expect(try await Tag.filter { $0.name.hasPrefix("abc") }.ids() == [])
        #expect(try await Tag.filter { $0.name.ihasSuffix("XAB") }.ids() == [])
    }

    private static func aCharacterOfSeveralBytesIsOneCharacter(_: BehaviourContext) async throws {
        #expect(try await Tag.filter { $0.name.hasPrefix("👩‍👩‍👧") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.hasSuffix("é") }.ids() == [2])
        #expect(try await Tag.filter { $0.name.length == 1 }.ids() == [2, 3])
    }

    private static func nothingIsInAnEmptyList(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.rating.isIn([]) }.ids() == [])
        #expect(try await Post.exclude { $0.rating.isIn([]) }.ids() == [1, 2, 3, 4])
        #expect(try await Post.exclude { $0.viewCount.isIn([]) }.ids() == [1, 2, 3, 4])
    }

    private static func nilInAListMeansNull(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.rating.isIn([3, nil]) }.ids() == [2, 3, 4])
        #expect(try await Post.exclude { $0.rating.isIn([3, nil]) }.ids() == [1])
        #expect(try await Post.filter { $0.rating.isIn([nil]) }.ids() == [2, 4])
        #expect(try await Post.exclude { $0.rating.isIn([3]) }.ids() == [1, 2, 4])
    }

    private static func listsHoldEveryTypeOfValue(_: BehaviourContext) async throws {
        let day = Date(timeIntervalSince1970: 1_700_000_000.123456)
        try await Sample.insert([.init(a: 1, flag: true, real: 0.1, day: day), .init(b: 2, real: 0.2)])
        #expect(try await Sample.filter { $0.real.isIn([0.1, 7]) }.ids() == [1])
        #expect(try await Sample.filter { $0.flag.isIn([false]) }.ids() == [2])
        #expect(try await Sample.filter { $0.day.isIn([day]) }.ids() == [1])
        let session = try await LoginSession.create(token: [1, 2])
        #expect(try await LoginSession.filter { $0.token.isIn([[1, 2]]) }.count() == 1)
        #expect(try await LoginSession.filter { $0.id.isIn([session.id]) }.count() == 1)
    }

    private static func arithmeticAndFallbacksCompute(_: BehaviourContext) async throws {
        let rows = try await Post.select { ($0.id, $0.viewCount * 2 - 1, $0.rating.or(0), $0.title.length) }.all()
        #expect(rows.map(\.1) == [9, 3, 1, 9])
        #expect(rows.map(\.2) == [4.5, 0, 3, 0])
        #expect(rows.map(\.3) == [3, 3, 5, 4])
        #expect(try await Post.filter { $0.viewCount + $0.id > 6 }.ids() == [4])
    }
}
