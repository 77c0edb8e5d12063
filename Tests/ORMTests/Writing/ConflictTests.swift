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

    @Test func aRuleIsForTheConstraintThatItNames() async throws {
        let error = await ormError {
            try await User.insert([.init(id: 1, username: "new")], onConflict: .ignore(on: \.username))
        }
        #expect(error?.database?.kind == .unique(columns: ["users.id"]))
        #expect(try await User.insert([.init(username: "ada")], onConflict: .ignore(on: \.username)).isEmpty)
        let noIndex = await ormError {
            try await User.insert([.init(username: "x")], onConflict: .update(\.username, on: \.fullName))
        }
        #expect(noIndex?.code == .database)
    }

    @Test func aPairOfColumnsIsAConstraintToo() async throws {
        let rows = try await PostTag.insert(
            [.init(post: .id(1), tag: .id(1)), .init(post: .id(1), tag: .id(3))], onConflict: .ignore(on: \.post, \.tag)
        )
        #expect(rows.map(\.tag.id) == [3])
        let (link, created) = try await PostTag.getOrCreate(.init(post: .id(1), tag: .id(1)), on: \.post, \.tag)
        #expect(link.id == 1 && !created)
        #expect(try await PostTag.getOrCreate(.init(post: .id(2), tag: .id(1)), on: \.post, \.tag).created)
    }

    @Test func updateOrCreateDoesOneOfTheTwo() async throws {
        let (old, isNew) = try await User.updateOrCreate(.init(username: "bob", fullName: "Bob"), on: \.username)
        #expect((old.id, old.fullName, isNew) == (2, "Bob", false))
        let (made, isMade) = try await User.updateOrCreate(.init(username: "eva", fullName: "Eva"), on: \.username)
        #expect((made.id, made.fullName, isMade) == (4, "Eva", true))
        #expect(try await User.get(2).fullName == "Bob")
    }

    @Test func updateOrCreateMakesOneRowHoweverManyAskAtOnce() async throws {
        let created = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await User.updateOrCreate(.init(username: "wanted", fullName: "\(index)"), on: \.username)
                        .created
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(created == 1)
        #expect(try await User.filter { $0.username == "wanted" }.count() == 1)
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
