import BlogConfiguration
import BlogModels
import BlogSite
import Foundation
import ORM
import ORMSQLite

/// A site with its database open: what most commands work on.
struct OpenSite: Sendable {
    let site: Site
    let database: Database

    /// The folder for manifest, caches and lock.
    var stateFolder: String { site.root + "/.blog" }

    /// Finds the site, opens its database, makes, upgrades or checks its tables, runs `body` and closes it again.
    static func with<Result>(
        _ options: GlobalOptions, _ console: Console, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        return try await with(site, options, console, isLocked: false, body)
    }

    /// The same under the site's lock: for commands that change the site. The lock comes first, so that two runs never make
    /// the tables of a new database at once.
    static func withLock<Result>(
        _ options: GlobalOptions, _ console: Console, wait: Duration = .zero, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        return try await SiteLock.with(stateFolder: site.root + "/.blog", wait: wait) {
            try await with(site, options, console, isLocked: true, body)
        }
    }

    private static func with<Result>(
        _ site: Site, _ options: GlobalOptions, _ console: Console, isLocked: Bool,
        _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        try await withDatabase(site, options, console) { database, driver in
            try await prepare(database, driver, site, console, isLocked: isLocked)
            return try await body(OpenSite(site: site, database: database))
        }
    }

    /// Opens the database as it is, runs `body` and closes it again.
    static func withDatabase<Result>(
        _ site: Site, _ options: GlobalOptions, _ console: Console,
        _ body: (Database, SQLiteDriver) async throws -> Result
    ) async throws -> Result {
        let url = options.database ?? console.environment["DATABASE_URL"] ?? site.configuration.database
        let driver = try driver(for: url, root: site.root)
        let database = try await Database.open(driver)
        do {
            let result = try await body(database, driver)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// The driver that a URL names. A relative SQLite path is meant from the site's root, wherever the command runs.
    static func driver(for url: String, root: String) throws -> SQLiteDriver {
        let scheme = url.firstRange(of: "://").map { String(url[..<$0.lowerBound]) } ?? ""
        switch scheme {
        case "sqlite": break
        case "postgres", "postgresql", "mysql", "mariadb":
            throw CommandError("this build of blog has no driver for \(scheme): it knows sqlite://", .configuration)
        default:
            // The URL may hold a password, so the message says only how it starts.
            throw CommandError(
                "unknown database “\(scheme.isEmpty ? "…" : scheme + "://…")”: expected sqlite://blog.sqlite3",
                .configuration)
        }
        return try SQLiteDriver(url: url, relativeTo: root)
    }
}
