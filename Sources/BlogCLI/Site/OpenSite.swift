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
    /// What to read from where nothing is written.
    var replicas: Replicas?

    /// The folder for manifest, caches and lock.
    var stateFolder: String { site.root + "/.blog" }

    /// Finds the site, opens its database, makes, upgrades or checks its tables, runs `body` and closes it again.
    static func with<Result>(
        _ options: GlobalOptions, _ console: Console, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        return try await withDatabase(site, options, console) { database, place in
            try await prepare(database, place, site, console, isLocked: false)
            let replicas = try Replicas(of: site, options, console)
            return try await body(OpenSite(site: site, database: database, replicas: replicas))
        }
    }

    /// Runs `body` with the database to read from, which may be a replica.
    func reading<Result>(
        _ console: Console, _ options: GlobalOptions, _ body: (Database) async throws -> Result
    ) async throws -> Result {
        guard let replicas else { return try await body(database) }
        return try await replicas.reading(database) { note in
            if options.verbose { console.note("note: \(note)") }
        } _: {
            try await body($0)
        }
    }

    /// The same under the site's lock: for commands that change the site. The lock comes first, so that two runs never make
    /// the tables of a new database at once. `isSparing`: for runs that have use for the memory themselves, as builds have.
    static func withLock<Result>(
        _ options: GlobalOptions, _ console: Console, wait: Duration = .zero, isSparing: Bool = false,
        _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        var place = try place(of: site, options, console)
        if isSparing { place = place.sparing }
        return try await locked(site, [place], wait: wait) {
            try await place.open { database in
                try await prepare(database, place, site, console, isLocked: true)
                let replicas = try Replicas(of: site, options, console)
                return try await body(OpenSite(site: site, database: database, replicas: replicas))
            }
        }
    }

    /// Runs `body` while no other run works on the site, nor on one of the databases from another machine.
    static func locked<Result>(
        _ site: Site, _ places: [DatabasePlace], wait: Duration = .zero, _ body: () async throws -> Result
    ) async throws -> Result {
        let start = ContinuousClock.now
        return try await SiteLock.with(stateFolder: site.root + "/.blog", wait: wait) {
            try await DatabaseLock.with(places, until: start.advanced(by: wait), body)
        }
    }

    /// The same for a run that only tells what it would do: nothing is made, neither `.blog/` nor a database. What has no
    /// database yet is tried on one in memory.
    static func withoutChanges<Result>(
        _ options: GlobalOptions, _ console: Console, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let stateFolder = site.root + "/.blog"
        let place = try place(of: site, options, console)
        guard let database = try await existing(place) else {
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

    /// The database, open, when it is there and has tables of ours.
    private static func existing(_ place: DatabasePlace) async throws -> Database? {
        guard place.isThere else { return nil }
        let database = try await place.open()
        do {
            if try await database.hasTable("site_state") { return database }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
        return nil
    }

    /// Opens the database as it is, runs `body` and closes it again.
    static func withDatabase<Result>(
        _ site: Site, _ options: GlobalOptions, _ console: Console,
        _ body: (Database, DatabasePlace) async throws -> Result
    ) async throws -> Result {
        let place = try place(of: site, options, console)
        return try await place.open { try await body($0, place) }
    }

    /// A database as it is for a run that changes nothing: an older one is refused.
    private static func with<Result>(
        _ site: Site, _ database: Database, _ body: (OpenSite) async throws -> Result
    ) async throws -> Result {
        try await database.closing { database in
            try await BlogSchema.prepare(database)
            return try await body(OpenSite(site: site, database: database))
        }
    }

    /// The database that the options, the environment or blog.yml name.
    static func place(of site: Site, _ options: GlobalOptions, _ console: Console) throws -> DatabasePlace {
        let url = options.database ?? console.environment["DATABASE_URL"] ?? site.configuration.database
        return try DatabasePlace(url, root: site.root)
    }
}
