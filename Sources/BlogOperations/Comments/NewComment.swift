import BlogConfiguration
package import BlogModels
package import ORM

/// A comment to add to a post, by one of the blog's users or a guest.
package struct NewComment: Sendable {
    /// The slug or id of the post.
    package var post: String
    /// Markdown.
    package var content: String
    /// The username or id of the user who comments; `nil` for a guest.
    package var user: String?
    /// The guest's name.
    package var name: String?
    package var email: String?
    package var url: String?
    /// The comment that this one answers.
    package var parent: Int?
    package var status = CommentStatus.approved

    package init(post: String, content: String) {
        self.post = post
        self.content = content
    }

    /// Adds the comment. Throws `.missing`, `.invalid`, or `.conflict` for an answer to a comment on another post; then it adds
    /// nothing.
    @discardableResult
    package func add(on database: Database) async throws -> CommentLine {
        let text = content.trimmed
        guard !text.isEmpty else {
            throw OperationError(.invalid, field: "content", "the comment has no text")
        }
        let email = try self.email.flatMap(UserFields.email)
        let url = try self.url.flatMap(UserFields.url)
        let new = self
        return try await namingFields {
            try await database.transaction { transaction in
                let post = try await Lookup.post(new.post, on: transaction)
                let user: User? =
                    if let user = new.user { try await Lookup.user(user, on: transaction) } else { nil }
                let name = (user.map { $0.fullName ?? $0.username } ?? new.name ?? "").trimmed
                guard !name.isEmpty else {
                    throw OperationError(.invalid, field: "name", "a comment needs a name or a user")
                }
                if let user, !user.isActive {
                    throw OperationError(.conflict, field: "user", "the user \(user.username) is deactivated")
                }
                if let parent = new.parent { try await check(parent, isOn: post, transaction) }
                let comment = try await Comment.create(
                    post: .init(post), threadKey: post.slug, author: user.map { .init($0) },
                    parent: new.parent.map { .id($0) }, authorName: name, authorURL: url, authorEmail: email,
                    status: new.status, content: text)
                return try await CommentLine.of(comment.id, on: transaction)
            }
        }
    }

    private func check(_ parent: Int, isOn post: Post, _ session: any Session) async throws {
        guard let comment = try await Comment.find(parent, on: session), comment.status != .deleted else {
            throw OperationError(.missing, field: "reply-to", "there is no comment \(parent)")
        }
        guard comment.post?.id == post.id else {
            throw OperationError(
                .conflict, field: "reply-to", "the comment \(parent) is on another post than \(post.slug)")
        }
    }
}

extension CommentLine {
    /// One comment.
    static func of(_ id: Int, on session: any Session) async throws -> CommentLine {
        guard let line = try await select(Comment.filter { $0.id == id }).first(on: session) else {
            throw OperationError(.missing, field: "comment", "there is no comment \(id)")
        }
        return line
    }
}
