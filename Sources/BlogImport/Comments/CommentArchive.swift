import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// A comment of an archive: a file, made by another comment system, that holds the comments of all pages.
struct ArchivedComment: Sendable {
    /// Has an id.
    var draft: CommentDraft
    /// The id of the comment that it answers.
    var parent: String?
    /// The id of its thread.
    var thread: String
    /// The comment system knows that the e-mail address is its author's: an address alone proves nothing.
    var hasVerifiedEmail = false
}

/// A page that the comments of an archive are about.
struct ArchivedThread: Sendable, Hashable {
    /// What may name its post: identifiers, then addresses.
    var names: [String]
    var place: RecordPlace
}

/// Reads an archive from front to back. It is read twice, so that its texts need not be in memory.
protocol ArchiveReader {
    /// By their ids; all of them once the last comment was read.
    var threads: [String: ArchivedThread] { get }
    /// Records that are no comments, with the reasons.
    var refusals: [Diagnostic] { get }
    /// What is worth a line.
    var notes: [String] { get }

    /// The next comment that can be read; `nil` at the end. Throws a ``Diagnostic`` when the archive itself is broken.
    mutating func next() async throws -> ArchivedComment?
}

/// The import of an archive, inside its transaction.
struct ArchiveImport {
    /// The source's name: `disqus:export.xml`.
    let source: String
    let displayName: String
    let context: ImportContext
    let transaction: Transaction
    /// Whether comments that the archive has no more are to be hidden: not when only a part of the source was named.
    let retires: Bool
    private(set) var report = ImportReport()
    private var hasAdopted = false

    init(source: String, displayName: String, context: ImportContext, transaction: Transaction, retires: Bool) {
        self.source = source
        self.displayName = displayName
        self.context = context
        self.transaction = transaction
        self.retires = retires
    }

    /// Says that the comments of an earlier export were given to this source.
    mutating func noteAdoption(_ note: String) {
        report.notes.append(note)
        hasAdopted = true
    }

    /// Imports all comments; `makeReader` begins to read the archive.
    mutating func perform<Reader: ArchiveReader>(_ makeReader: () async throws -> Reader) async throws {
        var outline = try await makeReader()
        var (plan, threadIndices) = try await plan(&outline)
        report.refusals += outline.refusals
        report.notes += outline.notes
        plan.link()
        let threads = try await resolve(outline.threads, threadIndices, plan)
        var reader = try await makeReader()
        var writer = CommentWriter(
            firstID: plan.firstNewID, moderation: context.site.configuration.comments.moderation, on: transaction)
        try await write(plan, threads, from: &reader, with: &writer)
        try await writer.finish()
        report.comments += writer.counts
        report.refusals += writer.refusals
        var wrote = writer.hasWritten || hasAdopted
        if retires, try await retire(plan.vanishedRows) { wrote = true }
        try await finish(plan, wrote: wrote)
    }

    // MARK: First reading

    private func plan(_ reader: inout some ArchiveReader) async throws -> (CommentPlan, [String: Int]) {
        let name = source
        let rows = try await Comment.filter { $0.source == name }.order { $0.id.asc }.select { ($0.id, $0.externalID) }
            .all(on: transaction)
        var known: [String: Int] = [:]
        for (id, externalID) in rows { if let externalID { known[externalID] = id } }
        var plan = CommentPlan(known: known, ids: try await Comment.idSequence(on: transaction) { $0.id })
        var threads: [String: Int] = [:]
        while let comment = try await reader.next() {
            guard let externalID = comment.draft.externalID else { continue }
            let thread = threads[comment.thread] ?? threads.count
            threads[comment.thread] = thread
            plan.add(externalID, answers: comment.parent, in: thread, isHidden: comment.draft.status == .deleted)
        }
        return (plan, threads)
    }

    /// A thread with its post.
    private struct Thread {
        var key: String
        var postID: Int?
    }

    /// The post of each thread, in the order of their indices. Threads without one are reported.
    private mutating func resolve(
        _ threads: [String: ArchivedThread], _ indices: [String: Int], _ plan: CommentPlan
    ) async throws -> [Thread] {
        let resolver = try await ThreadResolver.load(on: transaction)
        var counts: [Int: Int] = [:]
        for entry in plan.entries where !entry.isSuperseded { counts[entry.thread, default: 0] += 1 }
        var result = [Thread](repeating: Thread(key: ""), count: indices.count)
        for (id, index) in indices {
            let known = threads[id]
            let names = known?.names ?? []
            let found = names.lazy.compactMap { name in resolver.post(for: name).map { (name, $0) } }.first
            // The address, if there is one, is what a post that comes later is most likely to have had.
            let key = ThreadKey.short(found?.0 ?? names.last ?? "\(source)#\(id)")
            result[index] = Thread(key: key, postID: found?.1)
            guard found == nil else { continue }
            let place = known?.place ?? RecordPlace(path: displayName)
            let what = known == nil ? "the thread \"\(id)\" is not in the file" : "no post for the thread \"\(key)\""
            report.warnings.append(
                place.diagnostic("\(what), so its comments wait for one (\(counts[index] ?? 0))", .warning))
        }
        return result
    }

    // MARK: Second reading

    private mutating func write(
        _ plan: CommentPlan, _ threads: [Thread], from reader: inout some ArchiveReader,
        with writer: inout CommentWriter
    ) async throws {
        let people = try await CommentAuthors.load(on: transaction)
        var batch: [CommentTarget] = []
        var index = 0
        while let comment = try await reader.next() {
            guard comment.draft.externalID != nil else { continue }
            guard plan.entries.indices.contains(index) else { break }
            let entry = plan.entries[index]
            index += 1
            if entry.isSuperseded { continue }
            let thread = threads[entry.thread]
            batch.append(
                CommentTarget(
                    draft: entry.isStub ? comment.draft.stub : comment.draft, source: source, id: entry.rowID,
                    isNew: entry.isNew, thread: thread.key, postID: thread.postID,
                    authorID: comment.hasVerifiedEmail ? people.user(email: comment.draft.email) : nil,
                    parentID: entry.parentID))
            if batch.count == 1000 {
                try Task.checkCancellation()
                _ = try await writer.write(batch)
                batch.removeAll(keepingCapacity: true)
                context.progress(ImportProgress(source: source, done: index, total: plan.entries.count))
            }
        }
        _ = try await writer.write(batch)
        guard index == plan.entries.count, try await reader.next() == nil else {
            throw Diagnostic(path: displayName, message: "the file changed while it was read; import it again")
        }
    }

    // MARK: Afterwards

    private mutating func retire(_ rows: [Int]) async throws -> Bool {
        guard !rows.isEmpty else { return false }
        if context.options.prunes {
            report.comments.deleted += try await VanishedComments.delete(rows, on: transaction).count
        }
        let hidden = try await VanishedComments.hide(rows, on: transaction)
        report.comments.updated += hidden
        return hidden > 0 || report.comments.deleted > 0
    }

    private mutating func finish(_ plan: CommentPlan, wrote: Bool) async throws {
        if plan.looseAnswers > 0 {
            report.notes.append(
                "\(displayName): \(plan.looseAnswers) answers to comments that are not there begin threads of their own"
            )
        }
        if plan.repetitions > 0 {
            report.notes.append("\(displayName): \(plan.repetitions) comments come again; what is said last counts")
        }
        let attached = try await OrphanComments.attach(on: transaction, report: &report)
        if wrote || attached {
            try await SiteState.raiseGeneration(on: transaction)
        }
        report.sortMessages()
    }
}

extension CommentDraft {
    /// What stands for a deleted comment whose answers are not.
    var stub: CommentDraft {
        var stub = self
        stub.name = "Deleted"
        stub.url = nil
        stub.email = nil
        stub.content = "This comment was deleted."
        stub.format = .markdown
        stub.status = .approved
        return stub
    }
}
