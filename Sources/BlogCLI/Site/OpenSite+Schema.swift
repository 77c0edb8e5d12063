import BlogConfiguration
import BlogModels
import BlogSite
import Foundation
import ORM

extension OpenSite {
    /// Makes the tables of a new database. One of an older program is upgraded, under the site's lock and behind a backup, when it is a
    /// file of ours; else the person is told to do it: a server's database has other users, and its own backups.
    static func prepare(
        _ database: Database, _ place: DatabasePlace, _ site: Site, _ console: Console, isLocked: Bool
    ) async throws {
        guard case .older = try await BlogSchema.standing(of: database), let path = place.path else {
            try await BlogSchema.prepare(database)
            return
        }
        func upgrade() async throws {
            try await BlogSchema.prepare(database) { version in
                try await backUp(database, at: path, version: version, console)
            }
        }
        if isLocked { return try await upgrade() }
        try await SiteLock.with(stateFolder: site.root + "/.blog") { try await upgrade() }
    }

    /// Copies a SQLite file beside itself, to a name with the version that it has; never over another file.
    static func backUp(_ database: Database, at path: String, version: String, _ console: Console) async throws {
        var copy = "\(path).\(version).backup"
        var count = 1
        while FileManager.default.fileExists(atPath: copy) {
            count += 1
            copy = "\(path).\(version).backup-\(count)"
        }
        // Whole and consistent, whatever else is going on: https://sqlite.org/lang_vacuum.html#vacuuminto
        try await SQLText("VACUUM INTO \(copy)").execute(on: database)
        console.note("The database is changed to the schema of this program; as it was it is kept in \(copy)")
    }
}
