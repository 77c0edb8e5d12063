@testable import ORM
@testable import ORMSQLite
import ORMTesting
import Testing

@Suite struct DatabaseURLTests {
    @Test func everyOptionIsRead() throws {
        let url = try DatabaseURL(
            "SQLite://blog.sqlite3?min_size=1&max_size=8&max_queries=50000&max_inactive_connection_lifetime=300&acquire_timeout=0.5"
        )
        #expect(url.scheme == "sqlite")
        #expect(url.location == "blog.sqlite3")
        #expect(
            url.pool
                == PoolOptions(
                    minSize: 1, maxSize: 8, maxQueries: 50_000, maxInactiveConnectionLifetime: .seconds(300),
                    acquireTimeout: .milliseconds(500)))
    }

    @Test func optionsLeftOutHaveTheirDefaultsAndZeroMeansNever() throws {
        #expect(try DatabaseURL("sqlite://x").pool == PoolOptions())
        #expect(try DatabaseURL("sqlite://x?").pool == PoolOptions())
        #expect(
            try DatabaseURL("sqlite://x?min_size=0&max_queries=0&max_inactive_connection_lifetime=0").pool
                == PoolOptions())
    }

    @Test(arguments: [
        ("sqlite://blog.sqlite3", "blog.sqlite3"), ("sqlite:///var/blog.sqlite3", "/var/blog.sqlite3"),
        ("sqlite://a%20b%3F%25.sqlite3?max_size=2", "a b?%.sqlite3"), ("sqlite://gr%C3%BC%c3%9fe", "grüße"),
        ("sqlite://:memory:", nil), ("sqlite://%3Amemory%3A?acquire_timeout=1", nil),
    ])
    func aURLNamesAFile(_ url: String, _ path: String?) throws {
        #expect(try SQLiteDriver(url: url).path == path)
    }

    @Test func aRelativePathMayStartFromAnotherFolder() throws {
        #expect(try SQLiteDriver(url: "sqlite://data/x", relativeTo: "/a %41?b").path == "/a %41?b/data/x")
        #expect(try SQLiteDriver(url: "sqlite:///data/x", relativeTo: "/site").path == "/data/x")
        #expect(try SQLiteDriver(url: "sqlite://:memory:", relativeTo: "/site").path == nil)
    }

    @Test(arguments: [
        ("", "a database URL starts with its engine, as in sqlite://blog.sqlite3"),
        ("blog.sqlite3", "a database URL starts with its engine, as in sqlite://blog.sqlite3"),
        ("://x", "a database URL starts with its engine, as in sqlite://blog.sqlite3"),
        ("geheim word://x", "a database URL starts with its engine, as in sqlite://blog.sqlite3"),
        ("sqlite://", "the SQLite URL names no file: sqlite://blog.sqlite3"),
        (
            "sqlite://x?geheim=1",
            "the database URL has an unknown option: expected one of min_size, max_size, max_queries, "
                + "max_inactive_connection_lifetime, acquire_timeout"
        ),
        ("sqlite://x?max_size=0", "max_size in the database URL is a whole number from 1: max_size=10"),
        ("sqlite://x?max_size=geheim", "max_size in the database URL is a whole number from 1: max_size=10"),
        ("sqlite://x?max_size", "max_size in the database URL is a whole number from 1: max_size=10"),
        ("sqlite://x?min_size=-1", "min_size in the database URL is a whole number from 0: min_size=10"),
        ("sqlite://x?min_size=1.5", "min_size in the database URL is a whole number from 0: min_size=10"),
        ("sqlite://x?min_size=3&max_size=2", "min_size is greater than max_size: no pool can be both"),
        ("sqlite://x?max_size=1&max_size=2", "the database URL gives max_size twice: leave one out"),
        (
            "sqlite://x?acquire_timeout=nan",
            "acquire_timeout in the database URL is a number of seconds: acquire_timeout=30 or acquire_timeout=0.5"
        ),
        (
            "sqlite://x?acquire_timeout=1e300",
            "acquire_timeout in the database URL is a number of seconds: acquire_timeout=30 or acquire_timeout=0.5"
        ),
        ("sqlite://x?acquire_timeout=0", "acquire_timeout must be positive: seconds, such as 30"),
        (
            "sqlite://geheim%zz",
            "the location in the database URL has a % without two hexadecimal digits: write % as %25"
        ),
        (
            "sqlite://geheim%4",
            "the location in the database URL has a % without two hexadecimal digits: write % as %25"
        ),
        ("sqlite://geheim%ff", "the location in the database URL is not valid UTF-8 text once its % are decoded"),
        ("sqlite://geheim%00", "the location in the database URL is not valid UTF-8 text once its % are decoded"),
        (
            "sqlite://:memory:?max_queries=1",
            "a SQLite database in memory lives in one connection: of the options only acquire_timeout makes sense"
        ),
        ("postgres://geheim@x", "a SQLite URL starts with sqlite://"),
    ])
    func aURLThatMakesNoSenseIsRefusedAndNotRepeated(_ url: String, _ message: String) async {
        let error = await ormError { _ = try SQLiteDriver(url: url) }
        #expect(error?.code == .configuration)
        #expect(error?.message == message)
        #expect(error?.description.contains("geheim") == false)
    }

    @Test func aURLOpensADatabaseWithTheDriverOfItsScheme() async throws {
        try await withFolder { folder in
            let db = try await Database.open(
                url: "sqlite://\(folder)/a%20b.sqlite3?min_size=2&max_size=3", drivers: [SQLiteDriver.self])
            try await db.createSchema(for: [Tag.self])
            try await Tag.create(name: "one", on: db)
            #expect(try await Tag.count(on: db) == 1)
            await db.close()
            let again = try await Database.open(SQLiteDriver(path: folder + "/a b.sqlite3"))
            #expect(try await Tag.count(on: again) == 1)
            await again.close()
        }
    }

    @Test(arguments: [
        ("postgres", "PostgresDriver of ORMPostgres, which the package trait Postgres builds: add it to drivers"),
        ("mariadb", "MySQLDriver of ORMMySQL, which the package trait MySQL builds: add it to drivers"),
    ])
    func aServerWithoutItsDriverSaysWhatIsMissing(_ scheme: String, _ missing: String) async {
        let error = await ormError {
            _ = try await Database.open(url: "\(scheme)://ada:geheim@db/blog", drivers: [SQLiteDriver.self])
        }
        #expect(error?.code == .configuration)
        #expect(error?.message == "\(scheme):// needs the driver \(missing)")
    }

    @Test func anUnknownEngineIsRefusedWithThoseThatThereAre() async {
        let error = await ormError {
            _ = try await Database.open(url: "oracle://ada:geheim@db/blog", drivers: [SQLiteDriver.self])
        }
        #expect(
            error?.message
                == "no driver knows the engine of the database URL: expected one of mariadb://, mysql://, postgres://, postgresql://, sqlite://"
        )
    }

    @Test func optionsInCodeAreCheckedLikeThoseOfAURL() async {
        for pool in [
            PoolOptions(maxSize: 0), PoolOptions(minSize: -1), PoolOptions(minSize: 2, maxSize: 1),
            PoolOptions(maxQueries: 0), PoolOptions(maxInactiveConnectionLifetime: .zero),
            PoolOptions(acquireTimeout: .zero),
        ] {
            let error = await ormError { _ = try await Database.open(SQLiteDriver(path: "/nowhere/x", pool: pool)) }
            #expect(error?.code == .configuration)
        }
    }
}
