import BlogConfiguration
import BlogModels
import BlogSite
import Foundation
import ORM
import ORMSQLite
import Templates

/// Looks whether a site can be imported, built and read: changes nothing, and makes nothing.
struct Checkup {
    /// What was found about one thing.
    struct Finding: Equatable {
        enum Level: String { case good, note, warning, error }

        var name: String
        var level: Level
        var text: String
        /// What to do about it.
        var advice: String?

        init(_ name: String, _ level: Level, _ text: String, advice: String? = nil) {
            (self.name, self.level, self.text, self.advice) = (name, level, text, advice)
        }
    }

    private let options: GlobalOptions
    private let console: Console

    init(_ options: GlobalOptions, _ console: Console) {
        self.options = options
        self.console = console
    }

    /// All findings, in the order in which a person would look.
    func findings() async -> [Finding] {
        var findings = [Finding("blog", .good, Program.version)]
        let site: Site
        do {
            site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        } catch {
            return findings + [Finding("site", .error, Self.message(error))]
        }
        findings.append(Finding("site", .good, site.root))
        findings.append(theme(site))
        findings += await database(site)
        findings += folders(site)
        findings.append(lock(site))
        return findings
    }

    private func theme(_ site: Site) -> Finding {
        do {
            let report = try ThemeTools.check(site)
            if report.hasErrors {
                return Finding("theme", .error, report.summary, advice: "blog template check names them")
            }
            return Finding("theme", report.findings.isEmpty ? .good : .warning, report.summary)
        } catch {
            return Finding("theme", .error, Self.message(error))
        }
    }

    // MARK: The database

    private func database(_ site: Site) async -> [Finding] {
        let driver: SQLiteDriver
        do {
            driver = try OpenSite.driver(for: OpenSite.databaseURL(of: site, options, console), root: site.root)
        } catch {
            return [Finding("database", .error, Self.message(error))]
        }
        guard let path = driver.path else {
            return [Finding("database", .note, "in memory: it is gone after each run")]
        }
        guard FileManager.default.fileExists(atPath: path) else {
            return [Finding("database", .note, "\(path) is not there yet", advice: "blog import makes it")]
        }
        do {
            let database = try await Database.open(SQLiteDriver(readingOnly: path))
            do {
                let findings = try await self.findings(of: database, at: path)
                await database.close()
                return findings
            } catch {
                await database.close()
                throw error
            }
        } catch {
            return [Finding("database", .error, "\(path): \(Self.message(error))")]
        }
    }

    private func findings(of database: Database, at path: String) async throws -> [Finding] {
        let version = try await Rows<String>.raw("SELECT sqlite_version()").get(on: database)
        let size = Self.megabytes((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        var findings = [Finding("database", .good, "\(path), \(size), SQLite \(version)")]
        do {
            switch try await BlogSchema.standing(of: database) {
            case .current: findings.append(Finding("schema", .good, "up to date"))
            case .new:
                return findings + [
                    Finding("schema", .note, "the database is empty", advice: "blog import makes its tables")
                ]
            case .older(_, let missing):
                let names = missing.joined(separator: ", ")
                return findings + [
                    Finding(
                        "schema", .warning, "migrations are pending: \(names)", advice: "blog migrate up applies them")
                ]
            }
        } catch {
            return findings + [Finding("schema", .error, Self.message(error), advice: "blog migrate status tells more")]
        }
        let broken = try await Rows<String>.raw("SELECT quick_check FROM pragma_quick_check(1)").get(on: database)
        if broken != "ok" {
            findings.append(
                Finding("integrity", .error, broken, advice: "restore a backup, or delete it and import again"))
        }
        let posts = try await Post.filter { $0.published }.count(on: database)
        findings.append(Finding("posts", .good, "\(posts.grouped) published"))
        let next = try await NextChange.after(console.now, on: database)
        findings.append(
            Finding(
                "next change", .good,
                next.map { "a post or page comes or goes at \(Instant($0).rfc3339)" } ?? "nothing is scheduled"))
        findings += try await waiting(on: database)
        if Self.isReadByAll(path),
            try await User.filter({ $0.email != nil || $0.passwordHash != nil }).exists(on: database)
        {
            findings.append(
                Finding(
                    "privacy", .warning, "everybody on this machine can read e-mail addresses and password hashes",
                    advice: "chmod o-r \(path)"))
        }
        return findings
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

    // MARK: Files

    private func folders(_ site: Site) -> [Finding] {
        var findings: [Finding] = []
        for path in ["", "/output", "/.blog"] {
            let folder = site.root + path
            guard FileManager.default.fileExists(atPath: folder) else { continue }
            if access(folder, R_OK | W_OK | X_OK) != 0 {
                findings.append(
                    Finding(
                        "permissions", .error, "\(folder) cannot be written by \(NSUserName())",
                        advice: "chown or chmod it, or run as its owner"))
            }
        }
        if findings.isEmpty { findings.append(Finding("permissions", .good, "all folders can be written")) }
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: site.root))?[.systemFreeSize] as? Int
        if let free {
            let isLow = free < 200_000_000
            findings.append(
                Finding(
                    "disk space", isLow ? .warning : .good, "\(Self.megabytes(free)) free",
                    advice: isLow ? "a build writes next to what is published before it replaces it" : nil))
        }
        let home = site.root + "/output/index.html"
        let built = try? FileManager.default.attributesOfItem(atPath: home)[.modificationDate] as? Date
        findings.append(
            built.map { Finding("output", .good, "the home page is of \(LocalText(site).minute($0))") }
                ?? Finding("output", .note, "nothing is built yet", advice: "blog regenerate"))
        return findings
    }

    private func lock(_ site: Site) -> Finding {
        let descriptor = Foundation.open(site.root + "/.blog/lock", O_RDONLY)
        guard descriptor >= 0 else { return Finding("lock", .good, "free") }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else {
            return Finding("lock", .note, "another run of blog is at work on this site")
        }
        return Finding("lock", .good, "free")
    }

    // MARK: Text

    private static func message(_ error: any Error) -> String {
        Failure(error)?.message ?? "\(error)"
    }

    private static func megabytes(_ bytes: Int) -> String {
        bytes >= 10_000_000_000 ? "\(bytes / 1_000_000_000) GB" : "\(max(1, bytes / 1_000_000)) MB"
    }

    private static func isReadByAll(_ path: String) -> Bool {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        return mode & 0o004 != 0
    }
}
