package import BlogModels
package import ORM

/// Which comments to list: the newest first.
package struct CommentList: Sendable {
    package var status: CommentStatus?
    /// The slug or id of a post.
    package var post: String?
    /// Only comments whose post is not there.
    package var orphans = false
    /// A part of the text, the name or the e-mail address, in upper or lower case.
    package var search: String?
    package var limit = 20
    package var offset = 0

    package init() {}

    /// The comments, with their number in all. What was deleted shows only when it is asked for.
    package func page(on database: Database) async throws -> ORM.Page<CommentLine> {
        let list = self
        return try await database.transaction(.readOnly) { transaction in
            try await CommentLine.select(list.query(on: transaction).order({ $0.createdAt.desc }, { $0.id.desc }))
                .page(limit: list.limit, offset: list.offset, on: transaction)
        }
    }

    /// The comments as threads, the oldest first; limit and offset count threads.
    package func threads(on database: Database) async throws -> ORM.Page<CommentThread> {
        let list = self
        return try await database.transaction(.readOnly) { transaction in
            let comments = try await CommentLine.select(
                list.query(on: transaction).order({ $0.createdAt.asc }, { $0.id.asc })
            ).all(on: transaction)
            let threads = CommentThread.build(comments)
            return ORM.Page(
                items: Array(threads.dropFirst(list.offset).prefix(list.limit)), total: threads.count,
                limit: list.limit, offset: list.offset)
        }
    }

    private func query(on session: any Session) async throws -> Query<Comment> {
        var comments = Comment.query
        if let status {
            comments = comments.filter { $0.status == status }
        } else {
            comments = comments.filter { $0.status != .deleted }
        }
        if let post {
            let id = try await Lookup.post(post, on: session).id
            comments = comments.filter { $0.post.id == id }
        }
        if orphans { comments = comments.filter { $0.post == nil } }
        if let search, !search.isEmpty {
            comments = comments.filter {
                $0.content.icontains(search) || $0.authorName.icontains(search) || $0.authorEmail.icontains(search)
            }
        }
        return comments
    }
}
