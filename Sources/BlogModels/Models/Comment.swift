package import FoundationEssentials
package import ORM

/// Where a comment stands in moderation. Only approved ones are published.
package enum CommentStatus: String, ColumnEnum {
    case approved, pending, spam, deleted
}

/// A reader's comment. A guest has a name and no `author`; one of the blog's users has an `author` too.
@Model("comments")
package struct Comment {
    @PrimaryKey package var id: Int
    /// What `content` is written in: hostile input either way, cleaned before it is shown.
    @Column(.max(20)) package var format: TextFormat = .markdown
    /// `nil` for an orphan: its post is not there yet; `threadKey` says which one it waits for.
    @ForeignKey(onDelete: .cascade) package var post: One<Post>?
    /// The slug, file stem or path that the comment's source names as its post.
    @Column(.max(500), .indexed) package var threadKey: String
    @ForeignKey(onDelete: .setNull) package var author: One<User>?
    @ForeignKey(onDelete: .cascade) package var parent: One<Comment>?
    /// The id that the source gives the comment; it is unique within `source`, or where that is `nil` within the thread.
    @Column(.max(200)) package var externalID: String?
    /// The source of a comment that shares its file with others: `disqus:export.xml`. `nil` for a file of its own, which
    /// ``ImportedFile`` knows, and for a comment made by a command.
    @Column(.max(500)) package var source: String?
    @Column(.max(200)) package var authorName: String
    @Column(.max(2000)) package var authorURL: String?
    /// Private: for moderation only, never published.
    @Column(.max(320)) package var authorEmail: String?
    @Column(.max(20)) package var status: CommentStatus = CommentStatus.approved
    @Timestamp(.created) package var createdAt: Date
    @Timestamp(.updated) package var updatedAt: Date
    package var revision: Int = 0
    /// Last, because a database reads through a long text to what stands behind it.
    package var content: String

    @HasMany(\Comment.parent) package var replies: Many<Comment>

    package static var options: Options<Comment> {
        .init(order: [.asc(\.createdAt), .asc(\.id)], indexes: [.on(\.post, \.status, \.createdAt)])
    }
}
