import BlogConfiguration
import BlogImport
import BlogSite
import Foundation
import ORM
import ORMSQLite

extension OpenSite {
    /// Imports, with progress where someone watches.
    func runImport(_ options: ImportOptions, _ console: Console, _ global: GlobalOptions) async throws -> ImportReport {
        let progress = ProgressLine(console, isQuiet: global.quiet)
        defer { progress.finish() }
        let importer = Importer(
            site: site, database: database, options: options,
            progress: {
                progress.show(
                    "Reading \($0.source)", done: $0.done, total: $0.total, unit: $0.unit == .bytes ? .bytes : .pieces)
            },
            openDatabase: { try await Database.open(SQLiteDriver(readingOnly: $0)) })
        return try await importer.run()
    }

    /// Builds, with progress where someone watches.
    func runBuild(_ flags: BuildFlags, _ console: Console, _ global: GlobalOptions) async throws -> BuildReport {
        let progress = ProgressLine(console, isQuiet: global.quiet)
        defer { progress.finish() }
        var options = BuildOptions(now: try flags.instant(in: site.configuration.timeZone))
        options.force = flags.force
        options.atomic = flags.atomic
        options.drafts = flags.drafts
        options.future = flags.future
        options.baseURL = flags.baseURL
        options.templateMetrics = flags.templateMetrics
        if global.verbose, !global.quiet { options.rendered = { console.note("rendered \($0)") } }
        options.progress = { done, total in progress.show("Rendering", done: done, total: total) }
        let output = flags.output.map { absolutePath($0, console) }
        let settings = options
        return try await reading(console, global) { database in
            try await SiteBuilder(database: database, site: site, output: output, options: settings).build()
        }
    }
}

extension BuildFlags {
    /// The instant to build for: `--now`, or the clock's.
    func instant(in zone: TimeZone) throws -> Date {
        guard let now else { return Date() }
        return try SourceDate.read(now, in: zone)
    }
}

/// A path as the user means it: relative to where the command runs.
func absolutePath(_ path: String, _ console: Console) -> String {
    URL(filePath: path, relativeTo: URL(filePath: console.currentDirectory, directoryHint: .isDirectory))
        .standardizedFileURL.path
}
