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

    /// The same for a run that only tells what it would do: nothing is made, neither `.blog/` nor a database. What has no
    /// database yet is tried on one in memory.
    static func withoutChanges<Result>(
        _ options: GlobalOptions, _ console: Console, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let stateFolder = site.root + "/.blog"
        let driver = try driver(for: databaseURL(of: site, options, console), root: site.root)
        var database: Database?
        if driver.path.map({ FileManager.default.fileExists(atPath: $0) }) ?? true {
            let opened = try await Database.open(driver)
            do {
                if try await opened.hasTable("site_state") { database = opened }
            } catch {
                await opened.close()
                throw error
            }
            if database == nil { await opened.close() }
        }
        guard let database else {
            return try await with(site, try await Database.open(SQLiteDriver.inMemory), body)
        }
        // Another run may be at work; whoever has never run holds no lock.
        guard FileManager.default.fileExists(atPath: stateFolder + "/lock") else {
            return try await with(site, database, body)
        }
        do {
            return try await SiteLock.with(stateFolder: stateFolder) { try await with(site, database, body) }
        } catch {
            await database.close()
            throw error
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
        let driver = try driver(for: databaseURL(of: site, options, console), root: site.root)
        return try await closing(try await Database.open(driver)) { try await body($0, driver) }
    }

    /// A database as it is for a run that changes nothing: an older one is refused.
    private static func with<Result>(
        _ site: Site, _ database: Database, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        try await closing(database) { database in
            try await BlogSchema.prepare(database)
            return try await body(OpenSite(site: site, database: database))
        }
    }

    private static func closing<Result>(
        _ database: Database, _ body: (Database) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    static func databaseURL(of site: Site, _ options: GlobalOptions, _ console: Console) -> String {
        options.database ?? console.environment["DATABASE_URL"] ?? site.configuration.database
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
