import BlogConfiguration
import BlogModels
import BlogSite
import ORM
import ORMMigrationCommands
import ORMMigrations
import ORMMySQL
import ORMPostgres
import ORMSQLite

extension Console: MigrationConsole {}

/// `blog migrate`: the schema of the site's database. Its migrations are built into the program.
enum BlogMigrations: MigrationProject {
    static let models = BlogSchema.models
    static let migrations = Migrations.all
    static let drivers: [any URLDriver.Type] = [SQLiteDriver.self]
    static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect(), MySQLDialect()]
    static let folder: String? = nil

    static func style(_ options: GlobalOptions) -> MigrationOutputStyle {
        MigrationOutputStyle(isJSON: options.json, isQuiet: options.quiet)
    }

    static func withDatabase<Result: Sendable>(
        _ options: GlobalOptions, _ console: Console, for purpose: MigrationPurpose,
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        guard purpose != .look else {
            return try await OpenSite.withDatabase(site, options, console) { database, _ in try await body(database) }
        }
        return try await SiteLock.with(stateFolder: site.root + "/.blog") {
            try await OpenSite.withDatabase(site, options, console) { database, driver in
                if purpose != .enter { try await backUp(database, driver, for: purpose, console) }
                let result = try await body(database)
                if purpose != .down { try await completeState(of: database) }
                return result
            }
        }
    }

    /// Keeps a copy of a file that has something to lose.
    private static func backUp(
        _ database: Database, _ driver: SQLiteDriver, for purpose: MigrationPurpose, _ console: Console
    ) async throws {
        let standing = try await BlogSchema.standing(of: database)
        guard let path = driver.path else { return }
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

extension MakeCommand: ConsoleCommand where Project == BlogMigrations {}
extension UpCommand: ConsoleCommand where Project == BlogMigrations {}
extension DownCommand: ConsoleCommand where Project == BlogMigrations {}
extension StatusCommand: ConsoleCommand where Project == BlogMigrations {}
extension HistoryCommand: ConsoleCommand where Project == BlogMigrations {}
extension HeadsCommand: ConsoleCommand where Project == BlogMigrations {}
extension SQLCommand: ConsoleCommand where Project == BlogMigrations {}
extension CheckCommand: ConsoleCommand where Project == BlogMigrations {}
extension InspectCommand: ConsoleCommand where Project == BlogMigrations {}
