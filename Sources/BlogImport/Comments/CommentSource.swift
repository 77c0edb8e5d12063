import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Comment files: `content/comments/SLUG/*.yml`, one comment each.
struct CommentSource: Source {
    let name: String
    /// The folder, absolute.
    let root: String
    /// The same for messages.
    let displayName: String
    /// Paths below the folder that are to be imported; empty = all.
    let scopes: [String]

    func run(in context: ImportContext) async throws -> SourceOutcome {
        let timeZone = context.site.configuration.timeZone
        let fingerprint = "1|\(timeZone.identifier)"
        var seen = context.seen.flatMap { $0.fingerprint == fingerprint ? $0 : nil } ?? .init(fingerprint: fingerprint)
        if context.options.readsAll { seen.entries = [:] }
        let files = SourceFiles(
            root: root, name: displayName, scopes: scopes, seen: seen.entries, skipping: { _ in false },
            accepting: Self.isComment)
        var report = ImportReport()
        if files.scan.isMissing {
            report.notes.append("\(displayName): no such folder, nothing imported")
            return SourceOutcome(report: report, seen: seen)
        }
        if files.files.isEmpty { report.notes.append("\(displayName): nothing to import") }
        guard files.hasNews(since: seen.entries) || context.options.prunes else {
            report.countUnchanged(seen.entries.values.map(\.kind))
            return SourceOutcome(report: report, seen: seen)
        }
        // A file that is not among the seen ones is read whatever its bytes are: it may wait for its parent.
        let digests = try await digests(on: context.session).filter { [seen] in seen.entries[$0.key] != nil }
        let total = files.changed.count
        let readings = try await files.readChanged(
            digests: digests,
            progress: { context.progress(ImportProgress(source: name, done: $0, total: total)) },
            { bytes, path, name throws(Diagnostic) in
                guard path.contains("/") else {
                    throw Diagnostic(path: name, line: 1, message: "a comment in no post's folder")
                }
                return try CommentRecord(try SourceText(path: name, bytes: bytes), timeZone: timeZone)
            })
        report.filesRead = total
        let start = report
        let known = seen
        return try await context.session.transaction(.readWrite) { transaction in
            var run = try await CommentImport(
                self, files: files, report: start, context: context, transaction: transaction)
            try await run.perform(readings)
            var seen = known
            seen.entries = files.merged(into: known.entries)
            for (path, entry) in run.finished where !entry.stamp.isYoung(at: context.startedAt) {
                seen.entries[path] = entry
            }
            return SourceOutcome(report: run.report, seen: seen)
        }
    }

    /// Whether a file may be a comment, by its ending.
    static func isComment(_ path: String) -> Bool {
        let lowercased = path.lowercased()
        return [".yml", ".yaml", ".json"].contains { lowercased.hasSuffix($0) }
    }

    private func digests(on session: any Session) async throws -> [String: String] {
        let source = name
        let rows = try await ImportedFile.filter { $0.source == source && $0.isPresent && $0.rowID != nil }
            .select { ($0.path, $0.digest) }.all(on: session)
        return Dictionary(rows.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The folder that a comment's file is in, which names its post: `hello-world`.
    static func thread(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
