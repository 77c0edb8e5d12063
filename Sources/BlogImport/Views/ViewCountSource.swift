import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Counts of views from elsewhere, in one file; see ``ViewCountFile``.
///
/// The file says how things are, not what to add: an import makes its counts the source's own, whatever they were. Counts
/// without a date stand at 1970-01-01, those of a day at its midnight in the site's zone. Several lines for one post and hour
/// add up.
struct ViewCountSource: Source {
    let name: String
    /// For messages.
    let file: String
    /// The file, absolute.
    let path: String

    func run(in context: ImportContext) async throws -> SourceOutcome {
        var report = ImportReport()
        let timeZone = context.site.configuration.timeZone
        let fingerprint = timeZone.identifier
        var seen = context.seen.flatMap { $0.fingerprint == fingerprint ? $0 : nil } ?? .init(fingerprint: fingerprint)
        guard FileManager.default.fileExists(atPath: path) else {
            report.notes.append("\(file): no such file, nothing imported")
            seen.entries = [:]
            if context.options.prunes { report.take(try await replace([:], keeping: [], in: context)) }
            return SourceOutcome(report: report, seen: seen)
        }
        if !context.options.readsAll, let entry = seen.entries[file], entry.stamp == FileStamp(path: path) {
            return SourceOutcome(report: report, seen: seen)
        }
        seen.entries = [:]
        report.filesRead = 1
        do {
            let (bytes, stamp) = try FileReader.contents(of: path, named: file)
            let counts = try ViewCountFile(SourceText(path: file, bytes: bytes), timeZone: timeZone)
            let outcome = try await write(counts, &report, in: context)
            report.take(outcome)
            // A line that was refused is looked at again: its post may come.
            if report.refusals.isEmpty, !stamp.isYoung(at: context.startedAt) {
                seen.entries[file] = ScanCache.Entry(stamp: stamp, kind: nil)
            }
        } catch let diagnostic as Diagnostic {
            report.refusals.append(diagnostic)
        }
        return SourceOutcome(report: report, seen: seen)
    }

    private func write(
        _ counts: ViewCountFile, _ report: inout ImportReport, in context: ImportContext
    ) async throws -> HourlyViewTable.Outcome {
        let slugs = try await Post.order { $0.id.asc }.select { ($0.slug, $0.id) }.all(on: context.session)
        let bySlug = Dictionary(slugs.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
        let paths = try await PostPaths.load(context.site.configuration, on: context.session)
        var scratch: [UInt8] = []
        func find(_ name: String) -> Int? {
            if let post = bySlug[name] { return post }
            return Array(name.utf8).withUnsafeBufferPointer { paths.place(at: $0, .backslash, &scratch)?.post }
        }
        report.refusals += counts.refusals
        // A file of refused lines alone is another kind of file, and says nothing of the counts.
        if counts.lines.isEmpty, !counts.refusals.isEmpty { return .init() }
        var views: [HourlyViewTable.Key: Int] = [:]
        for line in counts.lines {
            guard let post = find(line.post) else {
                report.refusals.append(counts.diagnostic(line, "no post has the slug or path \"\(line.post)\""))
                continue
            }
            let hour = line.date.map { Int(($0.timeIntervalSince1970 / 3600).rounded(.down)) } ?? 0
            views[HourlyViewTable.Key(post: post, hour: hour), default: 0] += line.views
        }
        report.sortMessages()
        return try await replace(views, keeping: Set(counts.refusedPosts.compactMap(find)), in: context)
    }

    private func replace(
        _ views: [HourlyViewTable.Key: Int], keeping kept: Set<Int>, in context: ImportContext
    ) async throws -> HourlyViewTable.Outcome {
        let name = name
        return try await context.session.transaction(.readWrite) { transaction in
            // A source of nothing leaves no trace.
            if views.isEmpty, try await !ViewSource.filter({ $0.name == name }).exists() { return .init() }
            var table = try await HourlyViewTable(source: name, on: transaction)
            let outcome = try await table.replace(views, keeping: kept)
            if outcome.rows.created + outcome.rows.updated + outcome.rows.deleted > 0 {
                try await SiteState.raiseGeneration(on: transaction)
            }
            return outcome
        }
    }
}
