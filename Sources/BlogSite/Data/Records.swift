import BlogModels

/// A user of the blog, as far as pages and JSON may show it: the password's hash is never loaded.
struct AuthorRecord: Sendable, Hashable {
    var id: Int
    var username: String
    var fullName: String?
    var bio: String?
    /// The author's own web site.
    var website: String?
    /// Loaded only when `api.include_email` says so; nil otherwise.
    var email: String?
    var isActive = true
    var createdAt: Instant
    var revision = 0

    /// What readers see: the full name, else the username.
    var name: String {
        if let fullName, !fullName.isEmpty { return fullName }
        return username
    }
}

/// A tag.
struct TagRecord: Sendable, Hashable {
    var id: Int
    var name: String
    var slug: String
    var revision = 0
}

/// A post without its body: what lists, feeds and links between posts need of it.
struct PostRecord: Sendable, Hashable {
    var id: Int
    var title: String
    var slug: String
    /// The post's own path, where its author chose one.
    var path: String?
    var excerpt: String?
    /// False for a draft.
    var published = true
    /// All views.
    var viewCount = 0
    /// The views that pages show: under `views: {publish: daily}` those before the last midnight.
    var shownViewCount = 0
    /// The first is the author, the others are co-authors in their order.
    var authorIDs: [Int]
    /// In the order of the post's own list.
    var tagIDs: [Int] = []
    var createdAt: Instant
    var updatedAt: Instant
    /// Nil for an undated post.
    var publishedAt: Instant?
    var expiresAt: Instant?
    var language: String?
    var image: String?
    var layout: String?
    var revision = 0
    var comments = CommentSummary()
}

/// What is known of a post's approved comments without loading them.
struct CommentSummary: Sendable, Hashable {
    var count = 0
    /// The greatest revision among them: every insertion and edit raises it, a deletion lowers the count.
    var latestRevision = 0
    /// The blog's users among those who comment; their names show.
    var authorIDs: [Int] = []
}

/// A page outside the stream, without its body.
struct PageRecord: Sendable, Hashable {
    var id: Int
    /// With both slashes.
    var path: String
    var title: String
    var excerpt: String?
    var published = true
    var createdAt: Instant
    var updatedAt: Instant
    var publishedAt: Instant?
    var expiresAt: Instant?
    var language: String?
    var image: String?
    var layout: String?
    var revision = 0
}

/// The text of a post or page, as its author wrote it.
struct BodyText: Sendable, Hashable {
    var text = ""
    var format = TextFormat.markdown
}

/// An approved comment.
struct CommentRecord: Sendable, Hashable {
    /// How the body is written; both kinds are hostile input.
    enum Format: Sendable, Hashable { case markdown, html }

    var id: Int
    var postID: Int
    var parentID: Int?
    /// Nil for a guest.
    var authorID: Int?
    var authorName: String
    var authorURL: String?
    var content: String
    var format = Format.markdown
    var createdAt: Instant
    /// The comment's id in the files of its post's thread, by which another file names it as what it answers; nil for one
    /// that came from elsewhere.
    var threadID: String?
}

/// An old path and the post or page it leads to.
struct AliasRecord: Sendable, Hashable {
    var path: String
    var postID: Int?
    var pageID: Int?
}

/// A post or page that has a folder of its own, whose other files are published beside it.
struct BundleRecord: Sendable, Hashable {
    /// The source's folder: relative to the site's root, or absolute.
    var source: String
    /// Begins with that of the source.
    var folder: String
    var postID: Int?
    var pageID: Int?
}

/// A file that a post or page came from.
struct DocumentFile: Sendable, Hashable {
    /// The source's folder: relative to the site's root, or absolute.
    var source: String
    /// Relative to its source.
    var path: String
    var postID: Int?
    var pageID: Int?
}

/// Everything of the database that a build keeps in memory: rows without bodies.
struct SiteRows: Sendable {
    var authors: [AuthorRecord] = []
    var tags: [TagRecord] = []
    var posts: [PostRecord] = []
    var pages: [PageRecord] = []
    var aliases: [AliasRecord] = []
    /// In no order that counts.
    var documents: [DocumentFile] = []
    /// When posts were read, for the statistics page, up to the instant that pages show views of.
    var viewHistory: ViewHistory?
}
