import BlogModels
package import ORM

/// A post with its text, its comments and whose each field is.
package struct PostDetail: Sendable {
    package var line: PostLine
    /// Markdown.
    package var content: String
    package var coAuthors: [PostLine.Author]
    /// All comments but the deleted ones, answers under what they answer.
    package var threads: [CommentThread]
    package var pendingCount: Int
    /// The post's file, relative to the site's folder.
    package var file: String?
    /// Fields that a command has set, see ``LocalFields``.
    package var local: [LocalFields.Owned]

    /// The post that a slug or an id names.
    package static func of(_ name: String, on database: Database) async throws -> PostDetail {
        try await database.transaction(.readOnly) { transaction in
            let post = try await Lookup.post(name, on: transaction)
            let id = post.id
            let lines = try await PostLine.select(Post.filter { $0.id == id }).all(on: transaction)
            guard let line = try await PostLine.tagged(lines, on: transaction).first else {
                throw OperationError(.missing, field: "post", "there is no post \(id)")
            }
            let coAuthors = try await PostAuthor.filter { $0.post.id == id }.order({ $0.position.asc }, { $0.id.asc })
                .select(into: PostLine.Author.init) { ($0.author.id, $0.author.username) }.all(on: transaction)
            let comments = try await CommentLine.select(
                Comment.filter { $0.post.id == id && $0.status != .deleted }
                    .order({ $0.createdAt.asc }, { $0.id.asc })
            ).all(on: transaction)
            return PostDetail(
                line: line, content: post.content, coAuthors: coAuthors, threads: CommentThread.build(comments),
                pendingCount: comments.count { $0.status == .pending },
                file: try await LocalFields.file(.post, row: id, on: transaction),
                local: try await LocalFields.owned(.post, row: id, on: transaction))
        }
    }
}
