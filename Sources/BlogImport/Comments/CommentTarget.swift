import BlogModels

/// A comment with the row that it is or becomes.
struct CommentTarget: Sendable {
    var draft: CommentDraft
    /// The source's name, for comments that share a file; see ``BlogModels/Comment/source``.
    var source: String?
    var id: Int
    var isNew: Bool
    /// It was hidden because its source had it no more, and is there again.
    var returns = false
    /// What the source names as its post.
    var thread: String
    var postID: Int?
    var authorID: Int?
    var parentID: Int?
}
