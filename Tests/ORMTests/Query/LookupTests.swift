import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct LookupTests {
    // MARK: Comparisons and NULL

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

    // MARK: Text

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

    // MARK: Lists

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

    // MARK: Expressions

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
