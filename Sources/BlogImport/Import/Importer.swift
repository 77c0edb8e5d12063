package import BlogConfiguration
import BlogModels
package import Foundation
package import ORM

/// Reads a site's sources into its database.
///
/// The caller holds the site's lock and has prepared the tables. Each source is one transaction; with a dry run all of them
/// are one, which is rolled back.
package struct Importer: Sendable {
    private let site: Site
    private let database: Database
    private let options: ImportOptions
    private let now: @Sendable () -> Date
    private let progress: @Sendable (ImportProgress) -> Void
    private let openDatabase: @Sendable (_ path: String) async throws -> Database

    /// - `now`: the clock that says which files are too young to be trusted unread. No row gets its time.
    /// - `progress`: called between files, from one task at a time.
    /// - `openDatabase`: opens an SQLite database that is only read, for sources that are one.
    package init(
        site: Site, database: Database, options: ImportOptions = ImportOptions(),
        now: @escaping @Sendable () -> Date = { Date() },
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in },
        openDatabase: @escaping @Sendable (_ path: String) async throws -> Database
    ) {
        self.site = site
        self.database = database
        self.options = options
        self.now = now
        self.progress = progress
        self.openDatabase = openDatabase
    }

    /// Imports all sources, or the paths that the options name.
    ///
    /// Throws ``ImportError``, an `ORMError` when the database fails, or `CancellationError`; then the source that was at work
    /// has changed nothing, and those before it are done.
    package func run() async throws -> ImportReport {
        let start = ContinuousClock.now
        let plan = try SourcePlan(site: site, options: options, openDatabase: openDatabase)
        var report = ImportReport()
        report.notes = plan.notes
        if options.isDryRun {
            report.add(try await dryRun(plan))
        } else {
            report.add(try await importAll(plan))
        }
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    private func importAll(_ plan: SourcePlan) async throws -> ImportReport {
        let state = try await SiteState.get(1, on: database)
        let old = cacheFile.read()
        var cache = currentCache(old, state)
        var report = ImportReport()
        for source in plan.sources {
            let outcome = try await source.run(in: context(database, seen: cache.folders[source.name]))
            report.add(outcome.report)
            cache.folders[source.name] = outcome.seen
        }
        try await report.countUsersAndTags(on: database)
        cache.generation = try await SiteState.get(1, on: database).importGeneration
        if cache != old {
            do {
                try cacheFile.write(cache)
            } catch {
                report.warnings.append(
                    Diagnostic(
                        .warning, path: ".blog/import-cache",
                        message: "cannot be written, so the next import reads every file: \(error.localizedDescription)"
                    ))
            }
        }
        return report
    }

    private var cacheFile: ScanCacheFile { ScanCacheFile(path: "\(site.root)/.blog/import-cache") }

    /// What the last import saw, if that was of this database as it is.
    private func currentCache(_ old: ScanCache?, _ state: SiteState) -> ScanCache {
        var cache = ScanCache(databaseID: state.databaseID.uuidString, generation: state.importGeneration)
        if let old, old.databaseID == cache.databaseID, old.generation == cache.generation {
            cache.folders = old.folders
        }
        return cache
    }

    /// Carries the report out of a transaction that is rolled back.
    private struct DryRunEnded: Error {
        var report: ImportReport
    }

    private func dryRun(_ plan: SourcePlan) async throws -> ImportReport {
        do {
            return try await database.transaction { transaction -> ImportReport in
                let cache = currentCache(cacheFile.read(), try await SiteState.get(1, on: transaction))
                var report = ImportReport()
                for source in plan.sources {
                    report.add(try await source.run(in: context(transaction, seen: cache.folders[source.name])).report)
                }
                try await report.countUsersAndTags(on: transaction)
                throw DryRunEnded(report: report)
            }
        } catch let ended as DryRunEnded {
            return ended.report
        }
    }

    private func context(_ session: any Session, seen: ScanCache.Folder?) -> ImportContext {
        ImportContext(
            site: site, session: session, options: options,
            startedAt: Int(now().timeIntervalSince1970 * 1_000_000_000), seen: seen, progress: progress)
    }
}
