import BlogConfiguration
import BlogModels
import BlogSite
import Foundation
import ORM
import ORMSQLite

extension Checkup {
    /// What there is to say of the site's database and what it holds.
    func database(_ site: Site) async -> [Finding] {
        let place: DatabasePlace
        do {
            place = try OpenSite.place(of: site, options, console)
        } catch {
            return [Finding("database", .error, Self.message(error))]
        }
        do {
            switch place.kind {
            case .memory: return [Finding("database", .note, "in memory: it is gone after each run")]
            case .file(let path):
                guard place.isThere else {
                    return [Finding("database", .note, "\(path) is not there yet", advice: "blog import makes it")]
                }
                let database = try await Database.open(SQLiteDriver(readingOnly: path))
                return try await database.closing { database in
                    try await file(path, database) + rows(of: database) + privacy(path, database)
                        + replicas(site, of: database)
                }
            case .server(let address):
                return try await place.open { database in
                    try await server(place, database) + connection(address) + rows(of: database)
                        + replicas(site, of: database)
                }
            }
        } catch {
            // A server's message names its place itself.
            let name = place.path.map { "\($0): " } ?? ""
            return [Finding("database", .error, name + Self.message(error))]
        }
    }

    // MARK: Engines

    private func file(_ path: String, _ database: Database) async throws -> [Finding] {
        let version = try await Rows<String>.raw("SELECT sqlite_version()").get(on: database)
        let size = Self.megabytes((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        let finding = Finding("database", .good, "\(path), \(size), SQLite \(version)")
        let broken = try await Rows<String>.raw("SELECT quick_check FROM pragma_quick_check(1)").get(on: database)
        if broken == "ok" { return [finding] }
        return [
            finding, Finding("integrity", .error, broken, advice: "restore a backup, or delete it and import again"),
        ]
    }

    private func server(_ place: DatabasePlace, _ database: Database) async throws -> [Finding] {
        let engine: String
        let size: Int
        if database.dialect.name == "postgres" {
            engine =
                "PostgreSQL "
                + (try await Rows<String>.raw("SELECT current_setting('server_version')").get(on: database))
            size = try await Rows<Int>.raw("SELECT pg_database_size(current_database())").get(on: database)
        } else {
            let version = try await Rows<String>.raw("SELECT VERSION()").get(on: database)
            engine = version.contains("MariaDB") ? "MariaDB \(version.prefix { $0 != "-" })" : "MySQL \(version)"
            size = try await Rows<Int>.raw(
                """
                SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS SIGNED) FROM information_schema.tables
                WHERE table_schema = DATABASE()
                """
            ).get(on: database)
        }
        return [Finding("database", .good, "\(place.description), \(Self.megabytes(size)), \(engine)")]
    }

    /// A server elsewhere should be sure to be the one, and its connection closed to strangers.
    private func connection(_ address: ServerAddress) -> [Finding] {
        guard address.host != nil, ![.verifyCA, .verifyFull].contains(address.tls) else { return [] }
        let text =
            address.tls == .require
            ? "nobody verifies that the server is the right one" : "passwords and rows may travel in the clear"
        return [
            Finding(
                "connection", .note, "tls=\(address.tls.rawValue): \(text)",
                advice: "end the database’s URL in ?tls=verify-full, unless only you use the network in between")
        ]
    }

    private func replicas(_ site: Site, of primary: Database) async throws -> [Finding] {
        var findings: [Finding] = []
        guard try await primary.hasTable(SiteState.schema.table) else { return findings }
        for place in try Replicas(of: site, options, console).places {
            func finding(_ level: Finding.Level, _ text: String, _ advice: String? = nil) {
                findings.append(Finding("replica", level, "\(place.description) \(text)", advice: advice))
            }
            guard place.isThere else {
                finding(.warning, "is not there", "build and stats read from the database itself")
                continue
            }
            do {
                switch try await place.open({ try await Replicas.standing(of: $0, to: primary) }) {
                case .current: finding(.good, "has all that the database has")
                case .behind: finding(.note, "is behind", "build and stats read elsewhere until it has caught up")
                case .foreign: finding(.warning, "follows another database", "take it out of the replicas")
                }
            } catch {
                finding(.warning, "cannot be read: \(Self.message(error))", "build and stats read elsewhere meanwhile")
            }
        }
        return findings
    }

    // MARK: Rows

    private func rows(of database: Database) async throws -> [Finding] {
        var findings: [Finding] = []
        do {
            switch try await BlogSchema.standing(of: database) {
            case .current: findings.append(Finding("schema", .good, "up to date"))
            case .new:
                return [Finding("schema", .note, "the database is empty", advice: "blog import makes its tables")]
            case .older(_, let missing):
                let names = missing.joined(separator: ", ")
                return [
                    Finding(
                        "schema", .warning, "migrations are pending: \(names)", advice: "blog migrate up applies them")
                ]
            }
        } catch {
            return [Finding("schema", .error, Self.message(error), advice: "blog migrate status tells more")]
        }
        let posts = try await Post.filter { $0.published }.count(on: database)
        findings.append(Finding("posts", .good, "\(posts.grouped) published"))
        let next = try await NextChange.after(console.now, on: database)
        findings.append(
            Finding(
                "next change", .good,
                next.map { "a post or page comes or goes at \(Instant($0).rfc3339)" } ?? "nothing is scheduled"))
        return findings + (try await waiting(on: database))
    }

    private func waiting(on database: Database) async throws -> [Finding] {
        var findings: [Finding] = []
        let orphans = try await Comment.filter { $0.post == nil }.count(on: database)
        if orphans > 0 {
            findings.append(
                Finding(
                    "orphans", .note, "\(orphans.grouped) comments wait for their post",
                    advice: "blog comment list --orphans names them"))
        }
        let pending = try await Comment.filter { $0.status == .pending }.count(on: database)
        if pending > 0 {
            findings.append(
                Finding(
                    "moderation", .note, "\(pending.grouped) comments wait for a decision",
                    advice: "blog comment list --pending names them"))
        }
        return findings
    }

    private func privacy(_ path: String, _ database: Database) async throws -> [Finding] {
        guard Self.isReadByAll(path), try await BlogSchema.standing(of: database) == .current,
            try await User.filter({ $0.email != nil || $0.passwordHash != nil }).exists(on: database)
        else { return [] }
        return [
            Finding(
                "privacy", .warning, "everybody on this machine can read e-mail addresses and password hashes",
                advice: "chmod o-r \(path)")
        ]
    }

    private static func isReadByAll(_ path: String) -> Bool {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        return mode & 0o004 != 0
    }
}
