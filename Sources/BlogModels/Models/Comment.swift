package import FoundationEssentials
package import ORM

/// Where a comment stands in moderation. Only approved ones are published.
package enum CommentStatus: String, ColumnEnum {
    case approved, pending, spam, deleted
}

/// What a comment's body is written in. Both are hostile input and are cleaned before they are shown.
package enum CommentFormat: String, ColumnEnum {
    case markdown, html
}

/// A reader's comment. A guest has a name and no `author`; one of the blog's users has an `author` too.
@Model("comments")
package struct Comment {
    @PrimaryKey package var id: Int
    package var content: String
    package var format: CommentFormat = .markdown
    /// `nil` for an orphan: its post is not there yet; `threadKey` says which one it waits for.
    @ForeignKey(onDelete: .cascade) package var post: One<Post>?
    /// The slug, file stem or path that the comment's source names as its post.
    @Column(.max(500), .indexed) package var threadKey: String
    @ForeignKey(onDelete: .setNull) package var author: One<User>?
    @ForeignKey(onDelete: .cascade) package var parent: One<Comment>?
    /// The id that the source gives the comment.
    @Column(.max(200)) package var externalID: String?
    @Column(.max(200)) package var authorName: String
    @Column(.max(2000)) package var authorURL: String?
    /// Private: for moderation only, never published.
    @Column(.max(320)) package var authorEmail: String?
    package var status: CommentStatus = CommentStatus.approved
    @Timestamp(.created) package var createdAt: Date
    @Timestamp(.updated) package var updatedAt: Date
    package var revision: Int = 0

    @HasMany(\Comment.parent) package var replies: Many<Comment>

    package static var options: Options<Comment> {
        .init(order: [.asc(\.createdAt), .asc(\.id)], indexes: [.on(\.post, \.createdAt)])
    }
}
