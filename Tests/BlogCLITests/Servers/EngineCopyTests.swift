#if Postgres || MySQL
    import BlogModels
    import MigrationFixtures
    import ORM
    import ORMMigrations
    import ORMTesting
    import ServerSupport
    import Testing

    @testable import BlogCLI

    /// Copies between engines.
    @Suite(.serialized) struct EngineCopyTests {
        /// Databases of all engines, each empty: SQLite first and last.
        private func withDatabases(_ body: ([Database]) async throws -> Void) async throws {
            var urls = ["sqlite://:memory:"]
            for engine in ServerEngine.allCases { urls.append(try engine.shared.makeDatabase()) }
            urls.append("sqlite://:memory:")
            var databases: [Database] = []
            for url in urls { databases.append(try await DatabasePlace(url, root: "/").open()) }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body(databases)) } catch { outcome = .failure(error) }
            for database in databases { await database.close() }
            try outcome.get()
        }

        private static func rows<Row: Model>(_ model: Row.Type, _ database: Database) async throws -> [String] {
            try await Row.all(on: database).map { "\($0)" }.sorted()
        }

        @Test(.timeLimit(.minutes(10))) func everyTypeOfColumnAndKeyIsTheSameOnEveryEngine() async throws {
            let migrations = try CopyFixture.migrations(Engines.dialects[0], Engines.dialects[1], Engines.dialects[2])
            try await withDatabases { databases in
                try await Migrator(databases[0], migrations).up()
                try await CopyFixture.seed(databases[0])
                var copies: Set<[CopiedTable]> = []
                for (source, target) in zip(databases, databases.dropFirst()) {
                    copies.insert(try await DatabaseCopy(from: source, to: target, migrations).run())
                    for model in CopyFixture.models {
                        let (old, new) = (try await Self.rows(model, source), try await Self.rows(model, target))
                        #expect(new == old)
                    }
                    // Later rows get keys behind those that were copied, and go again, so that the next copy is of the same rows.
                    let tag = try await Tag.create(name: "next", on: target)
                    #expect(tag.id == 254)
                    try await tag.delete(on: target)
                }
                #expect(copies.count == 1)
            }
        }

        @Test(.timeLimit(.minutes(10))) func whatFailsLeavesNoRowAndAllTriggers() async throws {
            try await withDatabases { databases in
                try await BlogSchema.prepare(databases[0])
                try await databases[0].use {
                    let ada = try await BlogModels.User.create(username: "ada")
                    for number in 0..<150 {
                        try await BlogModels.Post.create(
                            title: "\(number)", slug: "\(number)", author: .init(ada), content: "…")
                    }
                }
                for target in databases.dropFirst() {
                    let copy = try DatabaseCopy(from: databases[0], to: target, Migrations.all)
                    await #expect(throws: Broken(number: 7)) { try await copy.run { _ in throw Broken(number: 7) } }
                    #expect(try await BlogSchema.standing(of: target) == .current)
                    #expect(try await BlogModels.Post.count(on: target) == 0)
                    try await copy.run()
                    #expect(try await BlogModels.Post.count(on: target) == 150)
                    // Counted by a trigger.
                    let before = try await SiteState.get(1, on: target).changeCounter
                    try await target.run(script: "UPDATE posts SET title = 'x' WHERE id = 1")
                    #expect(try await SiteState.get(1, on: target).changeCounter == before + 1)
                    #expect(try await BlogModels.Post.get(1, on: target).revision == before + 1)
                }
            }
        }
    }
#endif
