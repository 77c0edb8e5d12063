import BlogConfiguration
import BlogSite
import Foundation
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

    let options: GlobalOptions
    let console: Console

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
        findings.append(await lock(site))
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

    private func lock(_ site: Site) async -> Finding {
        if isLocked(site) { return Finding("lock", .note, "another run of blog is at work on this site") }
        // A database that cannot be asked is told of already.
        if let place = try? OpenSite.place(of: site, options, console), await isLocked(place) {
            return Finding("lock", .note, "another run of blog is at work on this database")
        }
        return Finding("lock", .good, "free")
    }

    private func isLocked(_ site: Site) -> Bool {
        let descriptor = Foundation.open(site.root + "/.blog/lock", O_RDONLY)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private func isLocked(_ place: DatabasePlace) async -> Bool {
        do {
            try await DatabaseLock.with([place], until: .now) {}
            return false
        } catch {
            return (error as? SiteError)?.code == .locked
        }
    }

    // MARK: Text

    static func message(_ error: any Error) -> String {
        Failure(error)?.message ?? "\(error)"
    }

    static func megabytes(_ bytes: Int) -> String {
        bytes >= 10_000_000_000 ? "\(bytes / 1_000_000_000) GB" : "\(max(1, bytes / 1_000_000)) MB"
    }
}
