import ORM
import ORMSQLite
import ORMTesting
import Testing

/// Gives each test a fresh database in memory of its own, bound to its task.
struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let fixture: Fixture

    var isRecursive: Bool { true }

    @concurrent
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, fixture.models) { _ in
            try await fixture.seed()
            try await function()
        }
    }
}

extension Trait where Self == DatabaseTrait {
    /// A small blog: see ``Fixture/blog``.
    static var blog: DatabaseTrait { DatabaseTrait(fixture: .blog) }
    /// People and their bosses: see ``Fixture/people``.
    static var people: DatabaseTrait { DatabaseTrait(fixture: .people) }
    /// A tree of which a part is deleted softly: see ``Fixture/deletedEntries``.
    static var deletedEntries: DatabaseTrait { DatabaseTrait(fixture: .deletedEntries) }
    /// The guide's tables with nothing but these tags, numbered from 1.
    static func withTags(_ names: [String]) -> DatabaseTrait { DatabaseTrait(fixture: .withTags(names)) }
    /// Empty tables of these models.
    static func tables(_ models: any Model.Type...) -> DatabaseTrait { DatabaseTrait(fixture: Fixture(models)) }
}
