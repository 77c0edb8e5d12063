import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.blog) struct ConflictTests {
    @Test func aConflictingRowUpdatesTheOneThatIsThere() async throws {
        let sql = try await recorded { () async throws in
            let users = try await User.insert(
                [.init(username: "ada", fullName: "A. L."), .init(username: "dan", fullName: "Dan")],
                onConflict: .update(\.fullName, on: \.username))
            #expect(users.map(\.id) == [1, 4])
            #expect(users.map(\.fullName) == ["A. L.", "Dan"])
            #expect(users[0].updatedAt >= users[0].createdAt)
        }
        #expect(
            sql.first == """
                INSERT INTO "users" AS t0 ("id", "username", "full_name", "is_active", "created_at", "updated_at") \
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("username") DO UPDATE SET \
                "full_name" = excluded."full_name", "updated_at" = excluded."updated_at" \
                RETURNING "id", "username", "full_name", "is_active", "created_at", "updated_at"
                """)
        #expect(try await User.get(1).fullName == "A. L.")
        #expect(try await User.count() == 4)
    }

    @Test func aConflictingRowMayChangeByExpressionsOverItself() async throws {
        let rule = ConflictRule<Hit>.update(on: \.page, .set(\.count) { $0.count + 10 }, .set(\.note, "again"))
        try await withHits {
            let hits = try await Hit.insert(
                [.init(page: "/"), .init(page: "/a", count: 5), .init(page: "/")], onConflict: rule)
            #expect(hits.map(\.page) == ["/", "/a", "/"])
            #expect(hits.map(\.count) == [1, 5, 11])
            #expect(hits.map(\.note) == ["", "", "again"])
            #expect(hits.map(\.id) == [1, 2, 1])
        }
    }

    @Test func aConflictingRowMayBeReplaced() async throws {
        try await withHits {
            let old = try await Hit.create(page: "/", count: 3, note: "old", day: "mon")
            let rows = try await Hit.insert([.init(page: "/", note: "new")], onConflict: .replace(on: \.page))
            #expect(rows.map(\.id) == [old.id])
            #expect(rows.map(\.count) == [1])
            #expect(rows.map(\.note) == ["new"])
            #expect(rows.map(\.createdAt) == [old.createdAt])
        }
    }

    private func withHits(_ body: nonisolated(nonsending) () async throws -> Void) async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Hit.self]) { _ in try await body() }
    }
}

@Model("hits")
private struct Hit {
    @PrimaryKey var id: Int
    @Column(.unique) var page: String
    var count: Int = 1
    var note: String = ""
    var day: String?
    @Timestamp(.created) var createdAt: Date
}
