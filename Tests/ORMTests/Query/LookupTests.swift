import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct LookupTests {
    // MARK: Comparisons and NULL

    @Test func equalityWithAnOptionalColumnMeansWhatItMeansInSwift() async throws {
        #expect(try await Post.filter { $0.rating == 3 }.ids() == [3])
        #expect(try await Post.filter { $0.rating != 3 }.ids() == [1, 2, 4])
        #expect(try await Post.filter { $0.rating == nil }.ids() == [2, 4])
        #expect(try await Post.filter { $0.rating != nil }.ids() == [1, 3])
    }

    @Test func excludeIsTheOtherHalfOfFilterWithNullsInIt() async throws {
        #expect(try await Post.exclude { $0.rating == 3 }.ids() == [1, 2, 4])
        #expect(try await Post.exclude { $0.rating > 4 }.ids() == [2, 3, 4])
        #expect(try await Post.filter { !($0.rating <= 4) }.ids() == [1, 2, 4])
        #expect(try await User.exclude { $0.fullName.contains("Ada") }.ids() == [2, 3])
        #expect(try await User.exclude { $0.fullName.isIn(["Ada Lovelace"]) }.ids() == [2, 3])
    }

    @Test func comparisonsOfOptionalColumnsAreFalseForNull() async throws {
        #expect(try await Post.filter { $0.rating > 3 }.ids() == [1])
        #expect(try await Post.filter { $0.rating >= 3 }.ids() == [1, 3])
        #expect(try await Post.filter { $0.rating < 4 }.ids() == [3])
        #expect(try await Post.filter { $0.rating <= 4.5 }.ids() == [1, 3])
    }

    @Test func rangesIncludeBothEndsAndLeaveOutNull() async throws {
        #expect(try await Post.filter { 2...5 ~= $0.viewCount }.ids() == [1, 2, 4])
        #expect(try await Post.filter { 3...4.5 ~= $0.rating }.ids() == [1, 3])
        #expect(try await Post.exclude { 3...4 ~= $0.rating }.ids() == [1, 2, 4])
    }

    @Test func twoOptionalColumnsAreEqualWhenBothAreNull() async throws {
        #expect(try await Comment.filter { $0.parent.author.fullName == $0.author.fullName }.ids() == [1, 3])
        #expect(try await Comment.filter { $0.parent.author.fullName != $0.author.fullName }.ids() == [2, 4])
    }

    @Test func aBooleanColumnIsAConditionByItselfAndCanUseItsIndex() async throws {
        #expect(try await Post.filter { $0.published }.ids() == [1, 3, 4])
        #expect(try await Post.exclude { $0.published }.ids() == [2])
        #expect(try await User.filter { !$0.isActive }.ids() == [3])
        let sql = try await recorded { () async throws in
            _ = try await Post.filter { $0.published }.count()
            _ = try await Post.exclude { $0.published }.count()
        }
        #expect(
            sql == [
                #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (t0."published" = 1)"#,
                #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (t0."published" = 0)"#,
            ])
        for statement in sql {
            #expect(
                try await rows(of: "EXPLAIN QUERY PLAN \(statement)", PlanDecoder())
                    == ["SEARCH t0 USING COVERING INDEX posts_published_created_at_index (published=?)"])
        }
    }

    // MARK: Conditions as values

    @Test func aSelectedConditionIsNeverNull() async throws {
        let equal = try await Post.select { ($0.id, $0.rating == 3, $0.rating != 3, $0.rating == nil) }.all()
        #expect(equal.map(\.1) == [false, false, true, false])
        #expect(equal.map(\.2) == [true, true, false, true])
        #expect(equal.map(\.3) == [false, true, false, true])
        let other = try await Post.select {
            ($0.id, $0.rating > 3, !(!($0.rating > 3)), !(!($0.rating > 3) && $0.published), $0.rating.isIn([3, nil]))
        }.all()
        #expect(other.map(\.1) == [true, false, false, false])
        #expect(other.map(\.2) == [true, false, false, false])
        #expect(other.map(\.3) == [true, true, false, false])
        #expect(other.map(\.4) == [false, true, true, true])
    }

    @Test func conditionsCanBeComparedWithEachOther() async throws {
        #expect(try await Post.filter { $0.published == ($0.rating > 4) }.ids() == [1, 2])
        #expect(try await Post.filter { ($0.rating > 4) == $0.published }.ids() == [1, 2])
        #expect(try await Post.filter { ($0.rating == 3) != ($0.rating > 4) }.ids() == [1, 3])
    }

    @Test func aConditionOrdersFalseBeforeTrue() async throws {
        #expect(try await Post.order({ ($0.rating > 4).desc }, { $0.id.asc }).ids() == [1, 2, 3, 4])
        #expect(try await Post.order({ ($0.rating == 3).asc }, { $0.id.asc }).ids() == [1, 2, 4, 3])
    }

    // MARK: Text

    @Test(.withTags(["100%", "100x", "a_b", "axb", #"back\slash"#])) func percentAndUnderscoreMeanThemselves()
        async throws
    {
        #expect(try await Tag.filter { $0.name.contains("0%") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.icontains("A_") }.ids() == [3])
        #expect(try await Tag.filter { $0.name.hasPrefix("100%") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.hasSuffix("_b") }.ids() == [3])
        #expect(try await Tag.filter { $0.name.contains(#"\"#) }.ids() == [5])
    }

    @Test(.withTags(["ÅSA", "åsa", "Straße", "STRASSE", "ΟΔΟΣ", "οδος", "Привет", "İ"]))
    func lookupsWithAnIFoldTheCaseOfAllOfUnicode() async throws {
        #expect(try await Tag.filter { $0.name.iequals("åSA") }.ids() == [1, 2])
        #expect(try await Tag.filter { $0.name.icontains("Ås") }.ids() == [1, 2])
        #expect(try await Tag.filter { $0.name.iequals("straße") }.ids() == [3, 4])
        #expect(try await Tag.filter { $0.name.ihasSuffix("SSE") }.ids() == [3, 4])
        #expect(try await Tag.filter { $0.name.iequals("οδοσ") }.ids() == [5, 6])
        #expect(try await Tag.filter { $0.name.ihasPrefix("ПРИ") }.ids() == [7])
        #expect(try await Tag.filter { $0.name.contains("ås") }.ids() == [2])
    }

    @Test(.withTags(["ab", "b"])) func prefixesAndSuffixesLongerThanTheTextDoNotMatch() async throws {
        #expect(try await Tag.filter { $0.name.hasSuffix("ab") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.hasSuffix("xab") }.ids() == [])
        #expect(try await Tag.filter { $0.name.hasPrefix("abc") }.ids() == [])
        #expect(try await Tag.filter { $0.name.ihasSuffix("XAB") }.ids() == [])
    }

    @Test(arguments: ["contains", "icontains", "hasPrefix", "ihasPrefix", "hasSuffix", "ihasSuffix"])
    func theEmptyTextIsInEveryTextButNotInNull(_ lookup: String) async throws {
        let query = User.filter { user in
            switch lookup {
            case "contains": user.fullName.contains("")
            case "icontains": user.fullName.icontains("")
            case "hasPrefix": user.fullName.hasPrefix("")
            case "ihasPrefix": user.fullName.ihasPrefix("")
            case "hasSuffix": user.fullName.hasSuffix("")
            default: user.fullName.ihasSuffix("")
            }
        }
        #expect(try await query.ids() == [1])
    }

    @Test(.withTags(["👩‍👩‍👧 family", "é", "e"])) func aCharacterOfSeveralBytesIsOneCharacter() async throws {
        #expect(try await Tag.filter { $0.name.hasPrefix("👩‍👩‍👧") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.hasSuffix("é") }.ids() == [2])
        #expect(try await Tag.filter { $0.name.length == 1 }.ids() == [2, 3])
    }

    // MARK: Lists

    @Test func nothingIsInAnEmptyList() async throws {
        #expect(try await Post.filter { $0.rating.isIn([]) }.ids() == [])
        #expect(try await Post.exclude { $0.rating.isIn([]) }.ids() == [1, 2, 3, 4])
        #expect(try await Post.exclude { $0.viewCount.isIn([]) }.ids() == [1, 2, 3, 4])
    }

    @Test func nilInAListMeansNull() async throws {
        #expect(try await Post.filter { $0.rating.isIn([3, nil]) }.ids() == [2, 3, 4])
        #expect(try await Post.exclude { $0.rating.isIn([3, nil]) }.ids() == [1])
        #expect(try await Post.filter { $0.rating.isIn([nil]) }.ids() == [2, 4])
        #expect(try await Post.exclude { $0.rating.isIn([3]) }.ids() == [1, 2, 4])
    }

    @Test func aListOfTenThousandValuesIsOneStatementAndOneValue() async throws {
        let sql = try await recorded { () async throws in
            #expect(try await Post.filter { $0.id.isIn(3...10_002) }.order { $0.id.desc }.limit(5).ids() == [4, 3])
            #expect(try await Post.exclude { $0.id.isIn(3...10_002) }.count() == 2)
            #expect(try await User.filter { $0.username.isIn((0..<10_000).map { "user\($0)" } + ["bob"]) }.ids() == [2])
        }
        #expect(
            sql[1]
                == #"SELECT COUNT(*) FROM "posts" AS t0 WHERE (NOT (t0."id" IN (SELECT value FROM json_each(?))))"#)
    }

    private static let oddTexts = [
        "it's", "\"quoted\"", "back\\slash", "tab\there", "🦄 emoji", "\u{1}", "a,b", "[]", "null", "12", "é",
    ]

    @Test(.withTags(oddTexts)) func listsHoldAnyText() async throws {
        let names = Self.oddTexts
        #expect(try await Tag.filter { $0.name.isIn(names) }.count() == names.count)
        for (index, name) in names.enumerated() {
            #expect(try await Tag.filter { $0.name.isIn([name]) }.ids() == [index + 1])
        }
    }

    @Test(.tables(Sample.self, LoginSession.self)) func listsHoldEveryTypeOfValue() async throws {
        let day = Date(timeIntervalSince1970: 1_700_000_000.123456)
        try await Sample.insert([.init(a: 1, flag: true, real: 0.1, day: day), .init(b: 2, real: 0.2)])
        #expect(try await Sample.filter { $0.real.isIn([0.1, 7]) }.ids() == [1])
        #expect(try await Sample.filter { $0.flag.isIn([false]) }.ids() == [2])
        #expect(try await Sample.filter { $0.day.isIn([day]) }.ids() == [1])
        let session = try await LoginSession.create(token: [1, 2])
        #expect(try await LoginSession.filter { $0.token.isIn([[1, 2]]) }.count() == 1)
        #expect(try await LoginSession.filter { $0.id.isIn([session.id]) }.count() == 1)
    }

    // MARK: Expressions

    @Test func arithmeticAndFallbacksCompute() async throws {
        let rows = try await Post.select { ($0.id, $0.viewCount * 2 - 1, $0.rating.or(0), $0.title.length) }.all()
        #expect(rows.map(\.1) == [9, 3, 1, 9])
        #expect(rows.map(\.2) == [4.5, 0, 3, 0])
        #expect(rows.map(\.3) == [3, 3, 5, 4])
        #expect(try await Post.filter { $0.viewCount + $0.id > 6 }.ids() == [4])
    }

    @Test(.tables(Awkward.self)) func aPropertyMayHaveTheNameOfSomethingInTheLibrary() async throws {
        try await Awkward.create(
            path: "/a", relations: 3, default: "d", in: 1, index: 42, row: "r", now: "n", session: "s")
        let row = try await Awkward.filter { $0.path == "/a" && $0.relations == 3 && $0.default == "d" && $0.in == 1 }
            .get()
        #expect(row.index == 42)
        #expect([row.path, row.default, row.row, row.now, row.session] == ["/a", "d", "r", "n", "s"])
        let columns = Awkward.schema.columns.map(\.name)
        #expect(columns == ["id", "path", "relations", "default", "in", "index", "row", "now", "session"])
        var changed = row
        changed.index = 43
        changed.row = "R"
        try await changed.save()
        #expect(try await Awkward.get(row.id).index == 43)
    }
}
