import ORM
import ORMMySQL
import ORMPostgres
import ORMSQLite

/// The engines that this program knows. It is the one place that says so; which of the servers' drivers it has is decided when it is built.
enum Engines {
    /// The drivers that this build has.
    static let drivers: [any URLDriver.Type] = {
        var drivers: [any URLDriver.Type] = [SQLiteDriver.self]
        #if Postgres
            drivers.append(PostgresDriver.self)
        #endif
        #if MySQL
            drivers.append(MySQLDriver.self)
        #endif
        return drivers
    }()

    /// The dialects that migrations are written for, whatever the build: SQL is text.
    static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect(), MySQLDialect()]

    /// The driver for a scheme; throws with what to do where the build lacks it.
    static func driver(for scheme: String) throws -> any URLDriver.Type {
        if let driver = drivers.first(where: { $0.schemes.contains(scheme) }) { return driver }
        let known = drivers.compactMap { $0.schemes.first.map { $0 + "://" } }.joined(separator: ", ")
        guard let trait = traits[scheme] else {
            // The URL may hold a password, so the message says only how it starts.
            throw CommandError(
                "unknown database “\(scheme.isEmpty ? "…" : scheme + "://…")”: expected sqlite://blog.sqlite3, postgres://… or mysql://…",
                .configuration)
        }
        throw CommandError(
            "this build of blog has no driver for \(scheme)://, only for \(known): make install WITH=\"\(trait)\" installs one that has it",
            .configuration)
    }

    /// The package traits that bring the drivers of servers, by scheme.
    private static let traits = [
        "postgres": "Postgres", "postgresql": "Postgres", "mysql": "MySQL", "mariadb": "MySQL",
    ]
}
