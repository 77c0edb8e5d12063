import BlogConfiguration
import BlogModels
import Foundation
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMSQLite

extension Console: MigrationConsole {}

/// `blog migrate`: the schema of the site's database. Its migrations are built into the program.
enum BlogMigrations: MigrationProject {
    static let models = BlogSchema.models
    static let migrations = Migrations.all
    static let drivers = Engines.drivers
    static let dialects = Engines.dialects
    static let folder: String? = nil

    static func style(_ options: GlobalOptions) -> MigrationOutputStyle {
        MigrationOutputStyle(isJSON: options.json, isQuiet: options.quiet)
    }

    static func withDatabase<Result: Sendable>(
        _ options: GlobalOptions, _ console: Console, for purpose: MigrationPurpose,
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let place = try OpenSite.place(of: site, options, console)
        guard purpose != .look else { return try await place.open(body) }
        return try await OpenSite.locked(site, [place]) {
            try await place.open { database in
                if purpose != .enter { try await backUp(database, place, for: purpose, console) }
                let result = try await body(database)
                if purpose != .down { try await completeState(of: database) }
                return result
            }
        }
    }

    /// Keeps a copy of a file that has something to lose. A server has its own backups.
    private static func backUp(
        _ database: Database, _ place: DatabasePlace, for purpose: MigrationPurpose, _ console: Console
    ) async throws {
        let standing = try await BlogSchema.standing(of: database)
        guard let path = place.path else { return }
        switch standing {
        case .older(let version, _): try await OpenSite.backUp(database, at: path, version: version, console)
        case .current where purpose == .down:
            try await OpenSite.backUp(database, at: path, version: Migrations.all.last?.name ?? "", console)
        case .new, .current: break
        }
    }

    /// Writes the row about the database, as soon as there is a table for it.
    private static func completeState(of database: Database) async throws {
        if try await BlogSchema.standing(of: database) == .current { try await BlogSchema.state(of: database) }
    }
}

// MARK: Copies

extension BlogMigrations {
    static func withDatabases<Result: Sendable>(
        from source: String?, to target: String, _ options: GlobalOptions, _ console: Console, isDryRun: Bool,
        _ body: (_ source: Database, _ target: Database) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        let from =
            try source.map { try DatabasePlace($0, root: site.root) } ?? OpenSite.place(of: site, options, console)
        let to = try DatabasePlace(target, root: site.root)
        guard from.isThere else {
            throw CommandError("there is no \(from.description) to copy", .missingInput)
        }
        if from.kind == to.kind { throw CommandError("\(from.description) cannot be copied to itself", .usage) }
        guard !isDryRun else {
            return try await from.open { source in
                // What is not there is as empty as a new one, and looking must not make it.
                guard to.isThere else {
                    return try await Database.open(SQLiteDriver.inMemory).closing {
                        try await body(source, $0)
                    }
                }
                return try await to.open { try await body(source, $0) }
            }
        }
        return try await OpenSite.locked(site, [from, to]) {
            try await from.open { source in try await to.open { try await body(source, $0) } }
        }
    }

    /// A copy is another database: it will go ways of its own, and what was cached beside the site is not good for both.
    @Sendable static func completeCopy(_ transaction: Transaction) async throws {
        try await SiteState.query.update(.set(\.databaseID, UUID()), on: transaction)
    }
}

extension MakeCommand: ConsoleCommand where Project == BlogMigrations {}
extension UpCommand: ConsoleCommand where Project == BlogMigrations {}
extension DownCommand: ConsoleCommand where Project == BlogMigrations {}
extension StatusCommand: ConsoleCommand where Project == BlogMigrations {}
extension HistoryCommand: ConsoleCommand where Project == BlogMigrations {}
extension HeadsCommand: ConsoleCommand where Project == BlogMigrations {}
extension SQLCommand: ConsoleCommand where Project == BlogMigrations {}
extension CheckCommand: ConsoleCommand where Project == BlogMigrations {}
extension InspectCommand: ConsoleCommand where Project == BlogMigrations {}
extension CopyCommand: ConsoleCommand where Project == BlogMigrations {}
