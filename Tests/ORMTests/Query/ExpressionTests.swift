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

    // MARK: Numbers

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

    @Test func integersBecomeText() async throws {
        let query = Post.select { $0.title + "-" + $0.id.asText }
        #expect(
            try query.sql()
                == #"SELECT ((t0."title" || ?) || CAST(t0."id" AS TEXT)) FROM "posts" AS t0 ORDER BY t0."id""#)
        #expect(try await query.all() == ["One-1", "Two-2", "Three-3", "Four-4"])
    }
}
