import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Web servers' logs of requests: `logs/access.log*`, plain or gzip, in the common, combined or Caddy's format, which is
/// recognised line by line.
///
/// Each line is counted once, however often the log is read and however it rotates in between; see ``AccessLogFile``. Only
/// sums for each hour are kept: no address, no agent, no request.
struct AccessLogSource: Source {
    let name: String
    /// Relative to the site's root, or absolute.
    let pattern: String
    /// The site's folder.
    let root: String
    /// The files to read instead of all that the pattern matches.
    let files: [String]?

    /// A file that has, or may have, lines that were not counted yet.
    private struct Candidate {
        var path: String
        var stamp: FileStamp
        var head: LogHead
        var isPacked: Bool
    }

    func run(in context: ImportContext) async throws -> SourceOutcome {
        var run = Run(seen: context.seen ?? .init(fingerprint: ""))
        if context.options.readsAll { run.seen.entries = [:] }
        let paths = files ?? FilePattern.paths(pattern, in: root)
        if paths.isEmpty { run.report.notes.append("\(pattern): no such file, nothing counted") }
        var candidates: [Candidate] = []
        for path in paths { if let candidate = candidate(path, &run) { candidates.append(candidate) } }
        // What is gone need not be remembered; a path of the command line says nothing of the others.
        if files == nil { run.seen.entries = run.seen.entries.filter { paths.contains($0.key) } }
        guard !candidates.isEmpty else { return run.outcome(startedAt: context.startedAt) }
        let known = try await AccessLogFile.order { $0.id.asc }.all(on: context.session).map(LogRecord.init)
        run.identity = LogIdentity(known)
        try await count(candidates, &run, context)
        run.report.sortMessages()
        let views = run.views
        // A log of which nothing is counted yet need not be known.
        let news = run.identity.records.filter { $0.bytes > 0 && !known.contains($0) }
        if !news.isEmpty {
            run.report = try await context.session.transaction(.readWrite) { [report = run.report] transaction in
                var report = report
                try await Self.write(news, on: transaction)
                if !views.isEmpty {
                    var table = try await HourlyViewTable(source: ViewSource.accessLogs, on: transaction)
                    report.take(try await table.add(views))
                }
                try await SiteState.raiseGeneration(on: transaction)
                return report
            }
        }
        return run.outcome(startedAt: context.startedAt)
    }

    /// A file as it begins; `nil` for one that is the same as last time or no log.
    private func candidate(_ path: String, _ run: inout Run) -> Candidate? {
        let absolute = path.hasPrefix("/") ? path : "\(root)/\(path)"
        if let entry = run.seen.entries[path], entry.stamp == FileStamp(path: absolute) { return nil }
        run.report.filesRead += 1
        run.seen.entries[path] = nil
        do {
            let stream = try LogStream(path: absolute, named: path)
            var head = LogHead(
                bytes: [], device: stream.device, inode: Int(truncatingIfNeeded: stream.stamp.inode))
            do {
                head.bytes = try LogPieces.head(of: stream)
            } catch {
                run.report.refusals.append(Self.diagnostic(error, path))
            }
            return Candidate(path: path, stamp: stream.stamp, head: head, isPacked: stream.isPacked)
        } catch {
            run.report.refusals.append(error)
            return nil
        }
    }

    private func count(_ candidates: [Candidate], _ run: inout Run, _ context: ImportContext) async throws {
        let order = run.identity.order(candidates.map(\.head))
        let total = candidates.reduce(0) { $0 + $1.stamp.size }
        var done = 0
        var counters: [LogCounter] = []
        for index in order {
            try Task.checkCancellation()
            let file = candidates[index]
            // A first line that is still being written: nothing to count, nothing to know the log by.
            guard let line = file.head.lineDigest else {
                if !file.head.bytes.isEmpty || file.stamp.size == 0 { run.finished[file.path] = file.stamp }
                continue
            }
            let place = run.identity.identify(file.head, line: line)
            let record = run.identity.records[place]
            if !file.isPacked, file.stamp.size <= record.bytes {
                run.finished[file.path] = file.stamp
                continue
            }
            if counters.isEmpty { counters = try await makeCounters(context) }
            let (start, name) = (done, name)
            let reading: LogReading
            do {
                let absolute = file.path.hasPrefix("/") ? file.path : "\(root)/\(file.path)"
                (reading, counters) = try await LogReading.count(
                    absolute, named: file.path, from: record.bytes, lines: record.lines, counters: counters,
                    progress: { bytes in
                        context.progress(
                            ImportProgress(source: name, done: min(start + bytes, total), total: total, unit: .bytes))
                    })
            } catch let diagnostic as Diagnostic {
                run.report.refusals.append(diagnostic)
                continue
            }
            done += file.stamp.size
            run.identity.advance(place, to: reading.offset, lines: reading.lines, head: file.head)
            if run.take(reading, of: file.path) { run.finished[file.path] = file.stamp }
        }
        run.take(counters, hosts: context.site.configuration.host, of: pattern)
    }

    private func makeCounters(_ context: ImportContext) async throws -> [LogCounter] {
        let configuration = context.site.configuration
        let counter = LogCounter(
            paths: try await PostPaths.load(configuration, on: context.session), host: configuration.host,
            timeZone: configuration.timeZone)
        return Array(repeating: counter, count: max(1, ProcessInfo.processInfo.activeProcessorCount))
    }

    private static func write(_ records: [LogRecord], on transaction: Transaction) async throws {
        var ids = try await AccessLogFile.idSequence(on: transaction) { $0.id }
        var new: [AccessLogFile.New] = []
        for record in records {
            guard let id = record.id else {
                new.append(
                    AccessLogFile.New(
                        id: ids.next(), device: record.device, inode: record.inode, lineDigest: record.lineDigest,
                        headDigest: record.headDigest, headLength: record.headLength, readBytes: record.bytes,
                        readLines: record.lines))
                continue
            }
            try await AccessLogFile.filter { $0.id == id }.update(
                .set(\.device, record.device), .set(\.inode, record.inode), .set(\.headDigest, record.headDigest),
                .set(\.headLength, record.headLength), .set(\.readBytes, record.bytes),
                .set(\.readLines, record.lines), on: transaction)
        }
        try await AccessLogFile.insert(new, on: transaction)
    }

    fileprivate static func diagnostic(_ fault: LogStream.Fault, _ path: String) -> Diagnostic {
        switch fault {
        case .unreadable(let reason): Diagnostic(path: path, message: "cannot be read to its end: \(reason)")
        case .truncated:
            Diagnostic(path: path, message: "the gzip file ends too early; its lines up to there are counted")
        case .damaged:
            Diagnostic(path: path, message: "the gzip file is damaged; its lines up to there are counted")
        }
    }
}

/// What one run of a source gathers.
private struct Run {
    var report = ImportReport()
    var seen: ScanCache.Folder
    /// Files that are done with.
    var finished: [String: FileStamp] = [:]
    var identity = LogIdentity([])
    var views: [HourlyViewTable.Key: Int] = [:]

    init(seen: ScanCache.Folder) {
        self.seen = seen
    }

    /// Notes what came of a file, and says whether it is done with.
    mutating func take(_ reading: LogReading, of path: String) -> Bool {
        let formats = "expected the common or combined format, or Caddy's JSON"
        if reading.isForeign {
            report.refusals.append(
                Diagnostic(
                    path: path, line: 1, message: "no line is a request of a known log format, \(formats)",
                    excerpt: reading.firstBad?.excerpt))
            return false
        }
        if let bad = reading.firstBad {
            let what = reading.unreadable == 1 ? "a line is" : "\(reading.unreadable) lines, this one first, are"
            report.refusals.append(
                Diagnostic(
                    path: path, line: bad.number, message: "\(what) of no known log format, \(formats)",
                    excerpt: bad.excerpt))
        }
        if let fault = reading.fault { report.refusals.append(AccessLogSource.diagnostic(fault, path)) }
        if reading.endsInLongLine {
            report.refusals.append(
                Diagnostic(
                    path: path, line: reading.lines + 1,
                    message: "a line of more than \(LogPieces.lineLimit) bytes without an end"))
        }
        return reading.fault == nil && !reading.endsInLongLine
    }

    mutating func take(_ counters: [LogCounter], hosts: String, of pattern: String) {
        for counter in counters {
            report.logs += counter.tally
            // As it is where it is the first: a large log has a million sums.
            if views.isEmpty { views = counter.views } else { views.merge(counter.views, uniquingKeysWith: +) }
        }
        if report.logs.otherHosts > 0, report.logs.otherHosts + report.logs.unreadable == report.logs.lines {
            report.warnings.append(
                Diagnostic(
                    .warning, path: pattern, message: "all requests are for other hosts than \(hosts), so none counts",
                    suggestion: "\"url\" in blog.yml names the site's host"))
        }
    }

    func outcome(startedAt: Int) -> SourceOutcome {
        var seen = seen
        for (path, stamp) in finished where !stamp.isYoung(at: startedAt) {
            seen.entries[path] = ScanCache.Entry(stamp: stamp, kind: nil)
        }
        return SourceOutcome(report: report, seen: seen)
    }
}

extension LogRecord {
    fileprivate init(_ row: AccessLogFile) {
        self.init(
            id: row.id, device: row.device, inode: row.inode, lineDigest: row.lineDigest, headDigest: row.headDigest,
            headLength: row.headLength, bytes: row.readBytes, lines: row.readLines)
    }
}
