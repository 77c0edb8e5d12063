import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// One comment source's import, inside its transaction.
struct CommentImport {
    let source: CommentSource
    let files: SourceFiles
    let context: ImportContext
    let transaction: Transaction
    var report: ImportReport
    /// The source's files, by path.
    var records: [String: ImportedFile]
    var finished: [String: ScanCache.Entry] = [:]
    var wrote = false
    /// The lowest id of a new comment.
    private var firstNewID = 1

    init(
        _ source: CommentSource, files: SourceFiles, report: ImportReport, context: ImportContext,
        transaction: Transaction
    ) async throws {
        self.source = source
        self.files = files
        self.context = context
        self.transaction = transaction
        self.report = report
        let name = source.name
        let rows = try await ImportedFile.filter { $0.source == name && $0.kind == .comment }.all()
        records = Dictionary(rows.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func perform(
        _ readings: [(file: ScannedFile, reading: SourceFiles.Reading<CommentRecord>)]
    ) async throws {
        report.countUnchanged(files.unchanged.values.map(\.kind))
        report.add(files.scan.problems)
        var read: [ReadFile<CommentRecord>] = []
        for (file, reading) in readings {
            switch reading {
            case .refused(let diagnostic): report.refusals.append(diagnostic)
            case .same(let stamp):
                report.comments.unchanged += 1
                finished[file.path] = ScanCache.Entry(stamp: stamp, kind: .comment)
            case .read(let file):
                report.warnings += file.content.warnings
                read.append(file)
            }
        }
        let planned = try await plan(read)
        let written = try await write(planned)
        try await retireVanished(claimed: Set(planned.map(\.target.id)))
        let fileRecords = planned.filter { written.contains($0.target.id) }.map { planned in
            FileRecord(
                path: planned.file.path, kind: .comment, digest: planned.file.digest, bodyDigest: planned.file.digest,
                rowID: planned.target.id)
        }
        if try await FileRecord.write(fileRecords, of: source.name, known: records, on: transaction) { wrote = true }
        if try await OrphanComments.attach(on: transaction, report: &report) { wrote = true }
        if wrote {
            try await SiteState.raiseGeneration(on: transaction)
        }
        report.sortMessages()
    }

    // MARK: Plan

    /// A file with the row that its comment is or becomes.
    private struct Planned: Sendable {
        var file: ReadFile<CommentRecord>
        var target: CommentTarget
        /// It names a comment to answer that is not there (yet): it is to be read again.
        var lacksParent = false
    }

    private mutating func plan(_ read: [ReadFile<CommentRecord>]) async throws -> [Planned] {
        guard !read.isEmpty else { return [] }
        let existing: [Int] = try await Comment.order { $0.id.asc }.select { $0.id }.all()
        let known = Set(existing)
        var matcher = IdentityMatcher()
        for record in records.values {
            if let row = record.rowID, known.contains(row) { matcher.rowsByPath[record.path] = row }
        }
        matcher.vanished = vanished.compactMap { record in
            record.rowID.flatMap { known.contains($0) ? (record.path, record.bodyDigest, $0) : nil }
        }
        let matches = matcher.match(
            read.map { .init(path: $0.path, uid: nil, bodyDigest: $0.digest, key: "") })
        var ids = IDSequence(after: known.max() ?? 0)
        ids.skip(to: records.values.compactMap(\.rowID).max())
        let resolver = try await ThreadResolver.load(on: transaction)
        let people = try await CommentAuthors.load(on: transaction)
        firstNewID = ids.upcoming
        var planned = zip(read, matches).map { file, match in
            let thread = CommentSource.thread(of: file.path)
            return Planned(
                file: file,
                target: CommentTarget(
                    draft: CommentDraft(file.content, file: files.display(file.path)), id: match.rowID ?? ids.next(),
                    isNew: match == .new, returns: records[file.path]?.isPresent == false, thread: thread,
                    postID: resolver.post(for: thread), authorID: people.user(for: file.content)))
        }
        var links = try await self.links(planned)
        for index in planned.indices { answer(&planned[index], &links) }
        return planned
    }

    /// The threads that the targets are in, with those of their comments that were not read.
    private func links(_ planned: [Planned]) async throws -> ThreadLinks {
        var links = ThreadLinks()
        let threads = Set(planned.map(\.target.thread))
        let byPath = Dictionary(planned.map { ($0.file.path, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try await Comment.filter { $0.threadKey.isIn(threads) && $0.source == nil }.order { $0.id.asc }
            .select { ($0.id, $0.threadKey, $0.externalID, $0.parent.id) }.all()
        let answering = Set(rows.filter { $0.3 != nil }.map(\.0))
        for file in files.scan.files {
            let thread = CommentSource.thread(of: file.path)
            guard threads.contains(thread), CommentSource.isComment(file.path) else { continue }
            if let read = byPath[file.path] {
                links.append(read.target.id, beginsThread: read.file.content.parent == nil, to: thread)
            } else {
                let row = records[file.path]?.rowID
                links.append(row, beginsThread: row.map { !answering.contains($0) } ?? true, to: thread)
            }
        }
        let own = Set(planned.map(\.target.id))
        for (id, thread, externalID, parent) in rows where !own.contains(id) {
            if let externalID { links.externalIDs[thread, default: [:]][externalID] = id }
            if let parent { links.note(id, answers: parent) }
        }
        for target in planned.map(\.target).reversed() {
            guard let externalID = target.draft.externalID else { continue }
            links.externalIDs[target.thread, default: [:]][externalID] = target.id
        }
        return links
    }

    private mutating func answer(_ planned: inout Planned, _ links: inout ThreadLinks) {
        let target = planned.target
        switch links.parent(of: target.id, named: planned.file.content.parent, in: target.thread) {
        case nil: break
        case .comment(let id): planned.target.parentID = id
        case .missing:
            planned.lacksParent = true
            warn(target, "the comment it answers is not there, so it begins a thread")
        case .circle: warn(target, "it answers itself, so it begins a thread")
        }
        if target.postID == nil { warn(target, "no post \"\(target.thread)\", so the comment waits for one") }
    }

    private mutating func warn(_ target: CommentTarget, _ message: String) {
        report.warnings.append(target.draft.place.diagnostic(message, .warning))
    }

    // MARK: Write

    /// Writes the comments and gives the ids of those that are written or were right already.
    private mutating func write(_ planned: [Planned]) async throws -> Set<Int> {
        var writer = CommentWriter(
            firstID: firstNewID, moderation: context.site.configuration.comments.moderation, on: transaction)
        let written = try await writer.write(planned.map(\.target))
        try await writer.finish()
        report.comments += writer.counts
        report.refusals += writer.refusals
        if writer.hasWritten { wrote = true }
        for planned in planned where written.contains(planned.target.id) && !planned.lacksParent {
            finished[planned.file.path] = ScanCache.Entry(stamp: planned.file.stamp, kind: .comment)
        }
        return written
    }

    // MARK: What is gone

    private var vanished: [ImportedFile] {
        let present = Set(files.files.map(\.path))
        return records.values.filter { $0.isPresent && !present.contains($0.path) && files.isGone($0.path) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Hides the comments whose files are gone, or with `--prune` deletes those that nobody answers.
    private mutating func retireVanished(claimed: Set<Int>) async throws {
        let gone = vanished
        let moved = gone.filter { $0.rowID.map(claimed.contains) == true }
        try await forget(moved)
        var left = gone.filter { $0.rowID.map(claimed.contains) != true }
        if context.options.prunes {
            left += records.values.filter {
                !$0.isPresent && $0.rowID.map(claimed.contains) != true && files.isGone($0.path)
            }
            let rows = left.compactMap(\.rowID)
            guard !rows.isEmpty else { return }
            let deleted = try await VanishedComments.delete(rows, on: transaction)
            report.comments.deleted += deleted.count
            try await forget(left.filter { $0.rowID.map(deleted.contains) == true })
            left = left.filter { $0.isPresent && $0.rowID.map(deleted.contains) != true }
        }
        guard !left.isEmpty else { return }
        let rows = left.compactMap(\.rowID)
        report.comments.updated += try await VanishedComments.hide(rows, on: transaction)
        let ids = left.map(\.id)
        try await ImportedFile.filter { $0.id.isIn(ids) }.update(.set(\.isPresent, false))
        wrote = true
    }

    private mutating func forget(_ gone: [ImportedFile]) async throws {
        guard !gone.isEmpty else { return }
        let ids = gone.map(\.id)
        try await ImportedFile.filter { $0.id.isIn(ids) }.delete()
        for record in gone { records[record.path] = nil }
        wrote = true
    }
}
