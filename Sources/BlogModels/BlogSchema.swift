package import FoundationEssentials
package import ORM
import ORMMigrations

/// The blog's tables: which models there are, and how a database comes to have them.
package enum BlogSchema {
    /// All models of the blog, tables that others point to first.
    package static let models: [any Model.Type] = [
        User.self, Post.self, Page.self, Comment.self, Tag.self, PostTag.self, PostAuthor.self, Alias.self,
        ViewSource.self, HourlyView.self, AccessLogFile.self, ImportedFile.self, LocalMark.self, SiteState.self,
    ]

    /// How a database stands to this program.
    package enum Standing: Sendable, Hashable {
        /// It is empty.
        case new
        /// It has the schema that the program knows.
        case current
        /// Migrations are missing; `version` is the last one it has.
        case older(version: String, missing: [String])
    }

    /// How a database stands to this program.
    ///
    /// Throws `.migration` when it is newer than the program, or holds other tables.
    package static func standing(of database: Database) async throws -> Standing {
        let all = try await Migrator(database, Migrations.all).status()
        let applied = all.filter { $0.applied != nil }
        guard let version = applied.last(where: { $0.standing != .unknown })?.name ?? applied.last?.name else {
            for model in models where try await database.hasTable(model.schema.table) {
                throw ORMError(
                    .migration,
                    "the database holds a table \(model.schema.table), and no migration of this program has made it: name an empty database"
                )
            }
            return .new
        }
        let unknown = all.filter { $0.standing == .unknown }.map(\.name)
        guard unknown.isEmpty else {
            throw ORMError(
                .migration,
                "the database is newer than this program, or another program’s: it has the migration \(unknown.joined(separator: ", "))"
            )
        }
        if let changed = all.first(where: { $0.standing == .changed })?.name {
            throw ORMError(
                .migration,
                "the database was made by another build of this program: its migration \(changed) is another one")
        }
        let missing = all.filter { $0.applied == nil }.map(\.name)
        return missing.isEmpty ? .current : .older(version: version, missing: missing)
    }

    /// Makes the tables of a new database and upgrades those of an older one; leaves one that has them as it is.
    ///
    /// Throws `.migration`, and changes nothing, when the database is newer than the program or holds other tables, and when it is older
    /// and there is no `backup`: a server's database has other users, and is upgraded on purpose only.
    /// - `databaseID`: what a new database is to be known by; see ``SiteState/databaseID``.
    /// - `backup`: makes a copy of an older database before it is upgraded, given the last migration that it has.
    @discardableResult
    package static func prepare(
        _ database: Database, databaseID: UUID = UUID(), backup: ((_ version: String) async throws -> Void)? = nil
    ) async throws -> SiteState {
        switch try await standing(of: database) {
        case .current: break
        case .new: try await Migrator(database, Migrations.all).up()
        case .older(let version, let missing):
            guard let backup else {
                throw ORMError(
                    .migration,
                    "the database has the schema of \(version) and lacks \(missing.joined(separator: ", ")): blog migrate up upgrades it"
                )
            }
            try await backup(version)
            try await Migrator(database, Migrations.all).up()
        }
        return try await state(of: database, databaseID: databaseID)
    }

    /// The one row about the database, made when it is missing.
    @discardableResult
    package static func state(of database: Database, databaseID: UUID = UUID()) async throws -> SiteState {
        if let state = try await SiteState.find(1, on: database) { return state }
        // Two runs may come here at once.
        try await SiteState.insert([.init(id: 1, databaseID: databaseID)], onConflict: .ignore, on: database)
        return try await SiteState.get(1, on: database)
    }
}
