import BlogModels
package import ORM
import ORMMigrations
import Testing

/// One thing that holds of migrations on every server: of the blog's own, triggers included, and of changes of all kinds.
///
/// ```swift
/// @Test(.timeLimit(.minutes(10)), arguments: MigrationBehaviour.cases)
/// func onAServer(_ behaviour: MigrationBehaviour) async throws {
///     try await withMariaDB { first in
///         try await withMariaDB { second in try await behaviour.run(on: first, second, triggers: 30) }
///     }
/// }
/// ```
package struct MigrationBehaviour: Sendable, CustomTestStringConvertible {
    /// What holds, as a sentence.
    package let testDescription: String
    private let body: @Sendable (Context) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (Context) async throws -> Void) {
        testDescription = name
        self.body = body
    }

    /// Runs it on two empty databases; expectations that fail are issues of the current test.
    ///
    /// - `triggers`: how many the blog's migrations make on this engine.
    package func run(on driver: any Driver, _ other: any Driver, triggers: Int) async throws {
        try await body(Context(driver: driver, other: other, triggers: triggers))
    }

    /// What a case works with.
    struct Context: Sendable {
        let driver: any Driver
        /// Another empty database.
        let other: any Driver
        let triggers: Int
    }

    /// All of them.
    package static let cases: [MigrationBehaviour] = [
        MigrationBehaviour("a new database is what the models say", aNewDatabaseIsWhatTheModelsSay),
        MigrationBehaviour("all of it can be undone and done again", allOfItCanBeUndoneAndDoneAgain),
        MigrationBehaviour("the triggers number what readers see", theTriggersNumberWhatReadersSee),
        MigrationBehaviour("programs that migrate at once do it once", programsThatMigrateAtOnceDoItOnce),
        MigrationBehaviour(
            "changes lead to the same tables as making them anew", changesLeadToTheSameTablesAsMakingThemAnew),
    ]

    private static func aNewDatabaseIsWhatTheModelsSay(_ test: Context) async throws {
        try await Database.open(test.driver).closing { migrated in
            try await BlogSchema.prepare(migrated)
            #expect(try await BlogSchema.standing(of: migrated) == .current)
            let found = try await SchemaInspector.inspect(migrated)
            #expect(found.notes.count == test.triggers)
            #expect(found.notes.allSatisfy { $0.contains(" is a trigger on ") })
            try await Database.open(test.other).closing { made in
                // What the server prints of an expression is another text than the one that was written, so that two databases are held
                // against each other.
                try await made.createSchema(for: BlogSchema.models)
                let wanted = try await SchemaInspector.inspect(made)
                #expect(try found.schema.isEquivalent(to: wanted.schema, in: migrated.dialect))
                #expect(wanted.notes == [])
            }
        }
    }

    private static func allOfItCanBeUndoneAndDoneAgain(_ test: Context) async throws {
        try await Database.open(test.driver).closing { database in
            let migrator = try Migrator(database, Migrations.all)
            try await migrator.up()
            let first = try await SchemaInspector.inspect(database)
            try await migrator.down(to: Migrator.zero)
            let empty = try await SchemaInspector.inspect(database)
            #expect(empty.schema == SchemaState())
            #expect(empty.notes == [])
            #expect(try await BlogSchema.standing(of: database) == .new)
            try await migrator.up()
            #expect(try await SchemaInspector.inspect(database) == first)
        }
    }

    private static func theTriggersNumberWhatReadersSee(_ test: Context) async throws {
        try await Database.open(test.driver).closing { database in
            try await BlogSchema.prepare(database)
            try await database.use {
                let before = try await SiteState.get(1).changeCounter
                let author = try await User.create(username: "ada")
                var post = try await Post.create(title: "One", slug: "one", author: .init(author), content: "…")
                let made = try await Post.get(post.id).revision
                #expect(made > before)
                post.title = "Two"
                try await post.save()
                let changed = try await Post.get(post.id).revision
                #expect(changed > made)
                #expect(try await SiteState.get(1).changeCounter == changed)
                try await Post.filter { $0.id == post.id }.update(
                    .set(\.viewCount, 7), .set(\.updatedAt) { $0.updatedAt })
                #expect(try await Post.get(post.id).revision == changed)
                try await post.delete()
                #expect(try await SiteState.get(1).changeCounter > changed)
            }
        }
    }

    private static func programsThatMigrateAtOnceDoItOnce(_ test: Context) async throws {
        let runs = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await Database.open(test.driver).closing {
                        try await Migrator($0, Migrations.all).up().map(\.name)
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(runs.sorted() == Migrations.all.map(\.name).sorted())
    }
}
