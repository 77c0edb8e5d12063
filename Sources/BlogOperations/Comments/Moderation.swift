import BlogModels
package import ORM

/// Decides about comments: lets them be seen, or not.
package struct Moderation: Sendable {
    package struct Outcome: Sendable, Hashable {
        /// The comments that were named, in that order; of deletions the answers to them too.
        package var comments: [CommentLine]
        /// How many of them have another status now.
        package var changed: Int
    }

    private let status: CommentStatus
    private let includesReplies: Bool

    package static let approve = Moderation(status: .approved, includesReplies: false)
    package static let spam = Moderation(status: .spam, includesReplies: false)
    /// Deletes comments and all answers to them. The rows stay, marked: a comment's file would bring a row that is gone back
    /// with the next import.
    package static let delete = Moderation(status: .deleted, includesReplies: true)

    /// Decides about all of these comments or, when one is not there, about none.
    @discardableResult
    package func apply(to ids: [Int], on database: Database) async throws -> Outcome {
        let (status, includesReplies) = (status, includesReplies)
        return try await database.transaction { transaction in
            var comments = try await Lookup.comments(ids, on: transaction)
            if includesReplies { comments += try await replies(to: comments) }
            var changed = 0
            for var comment in comments where comment.status != status {
                try await LocalFields.set(
                    "status", of: comment.id, .comment, from: comment.status.rawValue, to: status.rawValue,
                    on: transaction)
                comment.status = status
                // The comment's own date, which its source gives, stays.
                let unmoved = comment.updatedAt
                comment.updatedAt = unmoved
                try await comment.save()
                changed += 1
            }
            let wanted = comments.map(\.id)
            let lines = try await CommentLine.select(Comment.filter { $0.id.isIn(wanted) }).all(on: transaction)
            return Outcome(
                comments: wanted.compactMap { id in lines.first { $0.id == id } }, changed: changed)
        }
    }

    /// The answers to some comments, the answers to those, and so on: one statement for each level.
    private func replies(to comments: [Comment]) async throws -> [Comment] {
        var known = Set(comments.map(\.id))
        var level = comments.map(\.id)
        var found: [Comment] = []
        while !level.isEmpty {
            let parents = level.map(Optional.init)
            let next = try await Comment.filter { $0.parent.id.isIn(parents) }.order { $0.id.asc }.all()
                .filter { !known.contains($0.id) }
            known.formUnion(next.map(\.id))
            found += next
            level = next.map(\.id)
        }
        return found
    }
}
