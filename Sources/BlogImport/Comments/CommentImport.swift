import BlogConfiguration
import BlogModels
import Crypto
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
        let targets = try await plan(read)
        let written = try await write(targets)
        try await retireVanished(claimed: Set(targets.map(\.id)))
        let fileRecords = targets.filter { written.contains($0.id) }.map { target in
            FileRecord(
                path: target.path, kind: .comment, digest: target.digest, bodyDigest: target.digest, rowID: target.id)
        }
        if try await FileRecord.write(fileRecords, of: source.name, known: records, on: transaction) { wrote = true }
        if try await OrphanComments.attach(on: transaction, report: &report) { wrote = true }
        if wrote {
            try await SiteState.filter { $0.id == 1 }.update(.set(\.importGeneration) { $0.importGeneration + 1 })
        }
        report.sortMessages()
    }

    // MARK: Plan

    private mutating func plan(_ read: [ReadFile<CommentRecord>]) async throws -> [CommentTarget] {
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
        var targets = zip(read, matches).map { file, match in
            let thread = CommentSource.thread(of: file.path)
            return CommentTarget(
                path: file.path, stamp: file.stamp, digest: file.digest, record: file.content, match: match,
                id: match.rowID ?? ids.next(), thread: thread, postID: resolver.post(for: thread),
                authorID: people.user(for: file.content))
        }
        var links = try await self.links(targets)
        for index in targets.indices { answer(&targets[index], &links) }
        return targets
    }

    /// The threads that the targets are in, with those of their comments that were not read.
    private func links(_ targets: [CommentTarget]) async throws -> ThreadLinks {
        var links = ThreadLinks()
        let threads = Set(targets.map(\.thread))
        let idsByPath = Dictionary(targets.map { ($0.path, $0.id) }, uniquingKeysWith: { first, _ in first })
        for file in files.scan.files {
            let thread = CommentSource.thread(of: file.path)
            guard threads.contains(thread), CommentSource.isComment(file.path) else { continue }
            links.order[thread, default: []].append(idsByPath[file.path] ?? records[file.path]?.rowID)
        }
        let rows = try await Comment.filter { $0.threadKey.isIn(threads) }.order { $0.id.asc }
            .select { ($0.id, $0.threadKey, $0.externalID, $0.parent.id) }.all()
        let own = Set(targets.map(\.id))
        for (id, thread, externalID, parent) in rows where !own.contains(id) {
            if let externalID { links.externalIDs[thread, default: [:]][externalID] = id }
            links.parents[id] = parent
        }
        for target in targets.reversed() {
            guard let externalID = target.record.externalID else { continue }
            links.externalIDs[target.thread, default: [:]][externalID] = target.id
        }
        return links
    }

    private mutating func answer(_ target: inout CommentTarget, _ links: inout ThreadLinks) {
        switch links.parent(of: target.id, named: target.record.parent, in: target.thread) {
        case nil: break
        case .comment(let id): target.parentID = id
        case .missing:
            target.lacksParent = true
            warn(target, "the comment it answers is not there, so it begins a thread")
        case .circle: warn(target, "it answers itself, so it begins a thread")
        }
        if target.postID == nil { warn(target, "no post \"\(target.thread)\", so the comment waits for one") }
    }

    private mutating func warn(_ target: CommentTarget, _ message: String) {
        report.warnings.append(Diagnostic(.warning, path: files.display(target.path), line: 1, message: message))
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
            var deleted: Set<Int> = []
            // From the ends of the threads inwards, until only answered comments are left.
            while true {
                let ends = try await Comment.filter { $0.id.isIn(rows) && $0.replies.count == 0 }.select { $0.id }.all()
                if ends.isEmpty { break }
                report.comments.deleted += try await Comment.filter { $0.id.isIn(ends) }.delete()
                deleted.formUnion(ends)
            }
            let ids = deleted
            try await LocalMark.filter { $0.kind == .comment && $0.rowID.isIn(ids) }.delete()
            try await forget(left.filter { $0.rowID.map(deleted.contains) == true })
            left = left.filter { $0.isPresent && $0.rowID.map(deleted.contains) != true }
        }
        guard !left.isEmpty else { return }
        let rows = left.compactMap(\.rowID)
        let shown = try await Comment.filter { $0.id.isIn(rows) && $0.status.isIn([.approved, .pending]) }
            .select { $0.id }.all()
        report.comments.updated += try await Comment.filter { $0.id.isIn(shown) }
            .update(.set(\.status, .deleted), .set(\.updatedAt) { $0.updatedAt })
        // A moderator's "spam" outlasts the file; an approval does not.
        try await LocalMark.filter { $0.kind == .comment && $0.rowID.isIn(shown) && $0.field == "status" }.delete()
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

/// Which comments are by the blog's own users.
///
/// A name proves nothing. A file may name the user (`author: ada`), which only those who write the site's files can do, or
/// has the user's e-mail address or its MD5 hash, as Staticman stores it.
struct CommentAuthors: Sendable {
    private var byUsername: [String: Int] = [:]
    private var byEmail: [String: Int] = [:]

    static func load(on session: any Session) async throws -> CommentAuthors {
        var authors = CommentAuthors()
        let users = try await User.order { $0.id.asc }.select { ($0.id, $0.username, $0.email) }.all(on: session)
        for (id, username, email) in users {
            authors.byUsername[username] = id
            guard let address = email?.lowercased() else { continue }
            authors.byEmail[address] = id
            authors.byEmail[
                Insecure.MD5.hash(data: Data(address.utf8)).map {
                    String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
                }.joined()] = id
        }
        return authors
    }

    func user(for record: CommentRecord) -> Int? {
        if let author = record.author, let user = byUsername[author] { return user }
        return record.email.flatMap { byEmail[$0.lowercased()] }
    }
}
