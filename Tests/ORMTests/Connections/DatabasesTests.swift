@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Model("events")
struct Event {
    @PrimaryKey var id: Int
    var name: String
    var userID: Int
}

/// A relation across databases, when its two models live apart.
@Model("visits")
struct Visit {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var event: One<Event>
}

@Suite struct DatabasesTests {
    private static let main: [any Model.Type] = [Tag.self, Post.self, User.self, PostTag.self, Comment.self]

    private func withDatabases(
        routers: [any Router] = [],
        _ body: nonisolated(nonsending) (Databases, _ main: Database, _ analytics: Database) async throws -> Void
    ) async throws {
        let (main, analytics) = (
            try await Database.open(SQLiteDriver.inMemory), try await Database.open(SQLiteDriver.inMemory)
        )
        let databases = try Databases(
            ["default": main, "analytics": analytics],
            models: ["default": Self.main, "analytics": [Event.self, Visit.self]], routers: routers)
        try await databases.createSchema()
        try await body(databases, main, analytics)
        await databases.close()
    }

    @Test func verbsGoWhereTheirModelLives() async throws {
        try await withDatabases { databases, main, analytics in
            try await databases.use {
                try await Tag.create(name: "swift")
                let event = try await Event.create(name: "login", userID: 1)
                try await Visit.insert([.init(event: .init(event)), .init(event: .init(event))])
                #expect(try await Tag.count() == 1)
                #expect(try await Event.filter { $0.userID == 1 }.page(limit: 1, offset: 0).total == 1)
                #expect(try await Visit.prefetch(\.event).all().map { try $0.event.name } == ["login", "login"])
                #expect(try await Event.count(on: databases["analytics"]) == 1)
                #expect(await ormError { _ = try await Event.count(on: databases["default"]) }?.code == .database)
            }
            #expect(try await Tag.count(on: main) == 1)
            #expect(try await Event.count(on: analytics) == 1)
            #expect(try await !main.hasTable("events"))
            #expect(try await !analytics.hasTable("tags"))
        }
    }

    @Test func aVerbThatLeavesTheDatabaseOfItsTransactionIsRefused() async throws {
        try await withDatabases { databases, main, analytics in
            try await databases.use {
                try await databases["default"].transaction { (_) async throws -> Void in
                    try await Tag.create(name: "swift")
                    let error = await ormError { try await Event.create(name: "login", userID: 1) }
                    #expect(error?.code == .configuration)
                    #expect(
                        error?.message
                            == "Event lives in the database analytics, but this is a transaction of default: no transaction spans two; "
                            + "call it outside, or pass on: to say that you mean it")
                    #expect(await ormError { _ = try await Event.count() }?.code == .configuration)
                    try await Event.create(name: "meant", userID: 1, on: analytics)
                    try await analytics.transaction { (_) async throws -> Void in
                        try await Event.create(name: "own transaction", userID: 1)
                        // The transaction of its own database is still open around this one.
                        try await Tag.create(name: "orm")
                    }
                }
                #expect(try await Tag.count() == 2)
                #expect(try await Event.order { $0.id.asc }.all().map(\.name) == ["meant", "own transaction"])
            }
        }
    }

    @Test func aRelationAcrossDatabasesIsRefusedBeforeAnySQL() async throws {
        let log = QueryLog()
        let (main, analytics) = (
            try await Database.open(SQLiteDriver.inMemory, observers: [log]),
            try await Database.open(SQLiteDriver.inMemory, observers: [log])
        )
        let error = await ormError {
            _ = try Databases(
                ["default": main, "analytics": analytics],
                models: ["default": [Event.self], "analytics": [Visit.self]])
        }
        #expect(error?.code == .configuration)
        #expect(
            error?.message
                == "visits.event_id points to Event, which lives in default and not in analytics: a foreign key cannot cross databases; "
                + "store the id as a plain column")
        #expect(log.sql == [])
        await main.close()
        await analytics.close()
    }

    @Test func aRouterMayAllowOrForbidARelation() async throws {
        struct Opinion: Router {
            let isAllowed: Bool
            func allowsRelation(from model: any Model.Type, to target: any Model.Type) -> Bool? { isAllowed }
        }
        let db = try await Database.open(SQLiteDriver.inMemory)
        let allowed = await ormError {
            _ = try Databases(
                ["a": db, "b": db], models: ["a": [Event.self], "b": [Visit.self]], routers: [Opinion(isAllowed: true)])
        }
        #expect(allowed == nil)
        let forbidden = await ormError {
            _ = try Databases(["a": db], models: ["a": [Event.self, Visit.self]], routers: [Opinion(isAllowed: false)])
        }
        #expect(forbidden?.message == "visits.event_id points to Event, which a router forbids")
        await db.close()
    }

    @Test func setUpsThatMakeNoSenseAreRefused() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        let twice = await ormError {
            _ = try Databases(["a": db, "b": db], models: ["a": [Tag.self], "b": [Tag.self]])
        }
        #expect(twice?.message == "Tag is listed twice: a model lives in one database")
        let nowhere = await ormError { _ = try Databases(["a": db, "b": db], models: ["c": [Tag.self]]) }
        #expect(nowhere?.message == "there is no database “c”: known are a, b")
        let target = await ormError { _ = try Databases(["a": db], models: ["a": [Visit.self]]) }
        #expect(target?.message == "Event is listed for no database: add it to models")
        let databases = try Databases(["a": db], models: ["a": [Tag.self]])
        #expect(await ormError { _ = try databases["b"] }?.message == "there is no database “b”: known are a")
        try await databases.use { () async throws -> Void in
            #expect(
                await ormError { _ = try await Event.count() }?.message
                    == "Event is listed for no database: add it to models")
            #expect(
                await ormError { _ = try await Rows<Int>.raw("SELECT 1").all() }?.message
                    == "a statement without a model says nothing of its database: pass on: try databases[\"…\"]")
            #expect(try await Rows<Int>.raw("SELECT 1").all(on: databases["a"]) == [1])
        }
        await databases.close()
    }

    @Test func routersAreAskedInTheirOrder() async throws {
        struct Elsewhere: Router {
            let name: String
            func databaseForWrite(_ model: any Model.Type, _ context: RoutingContext) -> String? {
                model == Event.self ? name : nil
            }
            func databaseForRead(_ model: any Model.Type, _ context: RoutingContext) -> String? {
                model == Event.self ? name : nil
            }
            func allowsMigration(of model: any Model.Type, on database: String) -> Bool? {
                model == Event.self ? database == name : nil
            }
        }
        let (first, second) = (
            try await Database.open(SQLiteDriver.inMemory), try await Database.open(SQLiteDriver.inMemory)
        )
        let databases = try Databases(
            ["first": first, "second": second], models: ["first": [Event.self, Tag.self]],
            routers: [Elsewhere(name: "second"), Elsewhere(name: "nowhere")])
        #expect(databases.models(on: "first").map { "\($0)" } == ["Tag"])
        #expect(databases.models(on: "second").map { "\($0)" } == ["Event"])
        try await databases.createSchema()
        try await databases.use {
            try await Event.create(name: "x", userID: 1)
            try await Tag.create(name: "y")
        }
        #expect(try await Event.count(on: second) == 1)
        #expect(try await Tag.count(on: first) == 1)
        await databases.close()
    }

    @Test func aDatabaseBoundInsideIsBoundAlone() async throws {
        try await withDatabases { databases, main, _ in
            try await databases.use {
                try await main.use { () async throws -> Void in
                    try await Tag.create(name: "x")
                    #expect(await ormError { _ = try await Event.count() }?.code == .database)
                }
            }
        }
    }

    @Test func aTransactionOfAnotherDatabaseIsUsedByAllVerbsInIt() async throws {
        let other = try await Database.open(SQLiteDriver.inMemory)
        try await other.createSchema(for: guideModels)
        try await withDatabases { databases, main, _ in
            try await databases.use {
                try await other.transaction { _ in _ = try await Tag.create(name: "other") }
                try await Tag.create(name: "main")
            }
            #expect(try await Tag.all(on: main).map(\.name) == ["main"])
        }
        #expect(try await Tag.all(on: other).map(\.name) == ["other"])
        await other.close()
    }

    @Test func tablesAreNotCreatedInProduction() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        let databases = try Databases(["a": db], models: ["a": [Tag.self]])
        let error = await ormError { try await databases.createSchema(environment: .production) }
        #expect(error?.code == .configuration)
        #expect(error?.message == "createSchema is not for production: change the database by migrations")
        #expect(try await !db.hasTable("tags"))
        try await databases.createSchema(environment: .test)
        #expect(try await db.hasTable("tags"))
        await db.close()
    }

    @Test(
        arguments: [
            (nil, .development), ("", .development), ("Local", .development), ("dev", .development), ("test", .test),
            ("CI", .test), ("production", .production), ("prod", .production), ("staging", .production),
        ] as [(String?, DeploymentEnvironment)])
    func anUnknownEnvironmentIsTakenForProduction(_ name: String?, _ expected: DeploymentEnvironment) {
        #expect(DeploymentEnvironment(name) == expected)
    }
}
