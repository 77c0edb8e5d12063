import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Writes comments of any source, in batches: new rows in the order of their ids, then changed ones.
///
/// A comment may come before the one it answers, even in an earlier batch: ``finish()`` links those.
struct CommentWriter {
    private let transaction: Transaction
    private let moderation: CommentSettings.Moderation
    /// What became of the comments.
    private(set) var counts = ImportReport.Counts()
    private(set) var refusals: [Diagnostic] = []
    /// The highest id that is in the table: ids of new rows rise.
    private var highestID: Int
    private var refusedIDs: Set<Int> = []
    /// Answers to comments that are not in the table yet, by what they answer.
    private var waiting: [Int: [Int]] = [:]

    /// - `firstID`: the lowest id that a new comment has.
    init(firstID: Int, moderation: CommentSettings.Moderation, on transaction: Transaction) {
        highestID = firstID - 1
        self.moderation = moderation
        self.transaction = transaction
    }

    /// Whether any row was written.
    var hasWritten: Bool { counts.created + counts.updated > 0 }

    /// Writes comments, new ones in the order of their ids, and gives the ids of those that are written or were right
    /// already.
    mutating func write(_ targets: [CommentTarget]) async throws -> Set<Int> {
        let created = try await create(targets.filter(\.isNew))
        return created.union(try await update(targets.filter { !$0.isNew }))
    }

    /// Links the answers whose comment came after them.
    mutating func finish() async throws {
        for (parent, answers) in waiting.sorted(by: { $0.key < $1.key }) where !refusedIDs.contains(parent) {
            try await Comment.filter { $0.id.isIn(answers) }
                .update(.set(\.parent, .id(parent)), .set(\.updatedAt) { $0.updatedAt }, on: transaction)
        }
        waiting = [:]
    }

    private mutating func create(_ targets: [CommentTarget]) async throws -> Set<Int> {
        guard let last = targets.last else { return [] }
        var rows = targets
        for index in rows.indices { postpone(&rows[index], rowID: rows[index].id) }
        var written: Set<Int> = []
        while !rows.isEmpty {
            let (moderation, transaction) = (moderation, transaction)
            let result = try await SavepointBatch.write(rows, on: transaction) { chunk in
                // The revisions that triggers would give them, each with an update of its own.
                let counter = try await SiteState.get(1, on: transaction).changeCounter
                try await Comment.insert(
                    chunk.enumerated().map { $1.newComment(moderation, revision: counter + 1 + $0) }, on: transaction)
                return chunk.map(\.id)
            }
            written.formUnion(result.outputs.joined())
            let failed = Set(result.refusals.map(\.record.id))
            rows = []
            for refused in result.refusals {
                // An answer to a comment that is refused itself is good without it.
                if let parent = refused.record.parentID, failed.contains(parent) || refusedIDs.contains(parent) {
                    var row = refused.record
                    row.parentID = nil
                    rows.append(row)
                } else {
                    refuse(refused)
                }
            }
        }
        highestID = max(highestID, last.id)
        counts.created += written.count
        return written
    }

    /// Leaves out the comment that a comment answers, if that is not in the table (yet).
    private mutating func postpone(_ target: inout CommentTarget, rowID: Int) {
        guard let parent = target.parentID else { return }
        if refusedIDs.contains(parent) {
            target.parentID = nil
        } else if parent > (target.isNew ? rowID : highestID) {
            waiting[parent, default: []].append(rowID)
            target.parentID = nil
        }
    }

    private mutating func update(_ targets: [CommentTarget]) async throws -> Set<Int> {
        var written: Set<Int> = []
        for start in stride(from: 0, to: targets.count, by: 500) {
            let chunk = Array(targets[start..<min(start + 500, targets.count)])
            let ids = chunk.map(\.id)
            let rows = Dictionary(
                uniqueKeysWithValues: try await Comment.filter { $0.id.isIn(ids) }.all(on: transaction)
                    .map { ($0.id, $0) })
            var marks = try await LocalMarks.load(.comment, rows: ids, on: transaction)
            var changes: [(target: CommentTarget, row: Comment)] = []
            for var target in chunk {
                guard var row = rows[target.id] else { continue }
                postpone(&target, rowID: row.id)
                row.take(target, moderation, &marks)
                if row.changedColumns.isEmpty {
                    counts.unchanged += 1
                    written.insert(target.id)
                } else {
                    row.updatedAt = target.draft.date.asStored
                    changes.append((target, row))
                }
            }
            let (saved, refusals) = try await SavepointBatch.save(changes, on: transaction)
            for refused in refusals { refuse(refused) }
            counts.updated += saved.count
            written.formUnion(saved)
            try await marks.deleteSpent(on: transaction)
        }
        return written
    }

    private mutating func refuse(_ refused: SavepointBatch.Refusal<CommentTarget>) {
        if refused.record.isNew { refusedIDs.insert(refused.record.id) }
        refusals.append(
            refused.record.draft.place.diagnostic("the database refuses it: \(refused.error.message)"))
    }
}

extension CommentTarget {
    fileprivate func initialStatus(_ moderation: CommentSettings.Moderation) -> CommentStatus {
        draft.status ?? (moderation == .approved ? .approved : .pending)
    }

    fileprivate func newComment(_ moderation: CommentSettings.Moderation, revision: Int) -> Comment.New {
        Comment.New(
            id: id, format: draft.format, post: postID.map { .id($0) }, threadKey: thread,
            author: authorID.map { .id($0) }, parent: parentID.map { .id($0) }, externalID: draft.externalID,
            source: source, authorName: draft.name, authorURL: draft.url, authorEmail: draft.email,
            status: initialStatus(moderation), createdAt: draft.date, updatedAt: draft.date,
            revision: revision, content: draft.content)
    }
}

extension Comment {
    /// Sets the columns that the source has other values for, except those that a command owns.
    fileprivate mutating func take(
        _ target: CommentTarget, _ moderation: CommentSettings.Moderation, _ marks: inout LocalMarks
    ) {
        let draft = target.draft
        assign("content", \.content, draft.content, text: draft.content, &marks)
        if format != draft.format { format = draft.format }
        // Where a comment has found its post, it stays, until its source names another.
        if post == nil || threadKey != target.thread, post?.id != target.postID {
            post = target.postID.map { .id($0) }
        }
        if threadKey != target.thread { threadKey = target.thread }
        if author?.id != target.authorID { author = target.authorID.map { .id($0) } }
        if parent?.id != target.parentID { parent = target.parentID.map { .id($0) } }
        if externalID != draft.externalID { externalID = draft.externalID }
        if source != target.source { source = target.source }
        assign("authorName", \.authorName, draft.name, text: draft.name, &marks)
        if authorURL != draft.url { authorURL = draft.url }
        if authorEmail != draft.email { authorEmail = draft.email }
        let date = draft.date.asStored
        if createdAt != date { createdAt = date }
        if updatedAt != date { updatedAt = date }
        // Moderation is the database's, unless the source itself says something of it, or comes back after it was gone.
        if target.returns {
            if !marks.has("status", of: id) { status = target.initialStatus(moderation) }
        } else if let status = draft.status {
            assign("status", \.status, status, text: status.rawValue, &marks)
        }
    }
}
