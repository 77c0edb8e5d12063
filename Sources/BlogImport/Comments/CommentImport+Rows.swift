import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension CommentImport {
    /// Writes the comments and gives the ids of those that are written or were right already.
    mutating func write(_ targets: [CommentTarget]) async throws -> Set<Int> {
        let created = try await create(targets.filter(\.isNew))
        return created.union(try await update(targets.filter { !$0.isNew }))
    }

    /// Parents before their answers, whatever the order of the files.
    private mutating func create(_ targets: [CommentTarget]) async throws -> Set<Int> {
        let moderation = context.site.configuration.comments.moderation
        var waiting = Set(targets.map(\.id))
        var left = targets
        var written: Set<Int> = []
        while !left.isEmpty {
            let ready = left.filter { $0.parentID.map(waiting.contains) != true }
            left.removeAll { $0.parentID.map(waiting.contains) != true }
            waiting.subtract(ready.map(\.id))
            let result = try await SavepointBatch.write(ready, on: transaction) { chunk in
                try await Comment.insert(chunk.map { $0.newComment(moderation) }).map(\.id)
            }
            refuse(result.refusals)
            written.formUnion(result.outputs.joined())
        }
        for target in targets where written.contains(target.id) {
            report.comments.created += 1
            wrote = true
            finish(target)
        }
        return written
    }

    private mutating func update(_ targets: [CommentTarget]) async throws -> Set<Int> {
        let moderation = context.site.configuration.comments.moderation
        var written: Set<Int> = []
        for start in stride(from: 0, to: targets.count, by: 500) {
            let chunk = Array(targets[start..<min(start + 500, targets.count)])
            let ids = chunk.map(\.id)
            let rows = Dictionary(
                uniqueKeysWithValues: try await Comment.filter { $0.id.isIn(ids) }.all().map { ($0.id, $0) })
            var marks = try await LocalMarks.load(.comment, rows: ids, on: transaction)
            var changes: [(target: CommentTarget, row: Comment)] = []
            for target in chunk {
                guard var row = rows[target.id] else { continue }
                let wasGone = records[target.path]?.isPresent == false
                row.take(target, wasGone: wasGone, moderation, &marks)
                if row.changedColumns.isEmpty {
                    report.comments.unchanged += 1
                    finish(target)
                    written.insert(target.id)
                } else {
                    row.updatedAt = target.record.date.asStored
                    changes.append((target, row))
                }
            }
            let (saved, refusals) = try await SavepointBatch.save(changes, on: transaction)
            refuse(refusals)
            for (target, _) in changes where saved.contains(target.id) {
                report.comments.updated += 1
                wrote = true
                finish(target)
            }
            written.formUnion(saved)
            try await marks.deleteSpent(on: transaction)
        }
        return written
    }

    private mutating func refuse(_ refusals: [SavepointBatch.Refusal<CommentTarget>]) {
        for refused in refusals {
            report.refusals.append(
                Diagnostic(
                    path: files.display(refused.record.path), line: 1,
                    message: "the database refuses it: \(refused.error.message)"))
        }
    }

    /// A comment that waits for its parent is read again next time: the parent's file may come without a change of this one.
    private mutating func finish(_ target: CommentTarget) {
        if !target.lacksParent { finished[target.path] = ScanCache.Entry(stamp: target.stamp, kind: .comment) }
    }
}

extension CommentTarget {
    /// The status that the file itself gives the comment, `nil` when it says nothing.
    fileprivate var fileStatus: CommentStatus? {
        if record.isSpam { return .spam }
        return record.isApproved.map { $0 ? .approved : .pending }
    }

    fileprivate func initialStatus(_ moderation: CommentSettings.Moderation) -> CommentStatus {
        fileStatus ?? (moderation == .approved ? .approved : .pending)
    }

    fileprivate func newComment(_ moderation: CommentSettings.Moderation) -> Comment.New {
        Comment.New(
            id: id, content: record.message, format: record.isHTML ? .html : .markdown, post: postID.map { .id($0) },
            threadKey: thread, author: authorID.map { .id($0) }, parent: parentID.map { .id($0) },
            externalID: record.externalID, authorName: record.name, authorURL: record.url, authorEmail: record.email,
            status: initialStatus(moderation), createdAt: record.date, updatedAt: record.date)
    }
}

extension Comment {
    fileprivate mutating func take(
        _ target: CommentTarget, wasGone: Bool, _ moderation: CommentSettings.Moderation, _ marks: inout LocalMarks
    ) {
        let record = target.record
        assign("content", \.content, record.message, text: record.message, &marks)
        let format: CommentFormat = record.isHTML ? .html : .markdown
        if self.format != format { self.format = format }
        // Where a comment has found its post, it stays, until its file is moved.
        if post == nil || threadKey != target.thread, post?.id != target.postID {
            post = target.postID.map { .id($0) }
        }
        if threadKey != target.thread { threadKey = target.thread }
        if author?.id != target.authorID { author = target.authorID.map { .id($0) } }
        if parent?.id != target.parentID { parent = target.parentID.map { .id($0) } }
        if externalID != record.externalID { externalID = record.externalID }
        assign("authorName", \.authorName, record.name, text: record.name, &marks)
        if authorURL != record.url { authorURL = record.url }
        if authorEmail != record.email { authorEmail = record.email }
        let date = record.date.asStored
        if createdAt != date { createdAt = date }
        if updatedAt != date { updatedAt = date }
        // Moderation is the database's, unless the file itself says something of it, or comes back after it was gone.
        if wasGone {
            if !marks.has("status", of: id) { status = target.initialStatus(moderation) }
        } else if let status = target.fileStatus {
            assign("status", \.status, status, text: status.rawValue, &marks)
        }
    }
}
