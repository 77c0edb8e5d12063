import BlogModels

// Users, tags and posts are objects, not values: many places hold one, and a copy of a value would count a reference to each of
// its texts.

/// A user of the blog, as far as pages and JSON may show it: the password's hash is never loaded.
final class AuthorRecord: Sendable {
    let id: Int
    let username: String
    let fullName: String?
    let bio: String?
    /// The author's own web site.
    let website: String?
    /// Loaded only when `api.include_email` says so; nil otherwise.
    let email: String?
    let isActive: Bool
    let createdAt: Instant
    let revision: Int

    init(
        id: Int, username: String, fullName: String? = nil, bio: String? = nil, website: String? = nil,
        email: String? = nil, isActive: Bool = true, createdAt: Instant, revision: Int = 0
    ) {
        self.id = id
        self.username = username
        self.fullName = fullName
        self.bio = bio
        self.website = website
        self.email = email
        self.isActive = isActive
        self.createdAt = createdAt
        self.revision = revision
    }

    /// What readers see: the full name, else the username.
    var name: String {
        if let fullName, !fullName.isEmpty { return fullName }
        return username
    }
}

/// A tag.
final class TagRecord: Sendable {
    let id: Int
    let name: String
    let slug: String
    let revision: Int

    init(id: Int, name: String, slug: String, revision: Int = 0) {
        self.id = id
        self.name = name
        self.slug = slug
        self.revision = revision
    }
}

/// A post without its body: what lists, feeds and links between posts need of it.
final class PostRecord: Sendable {
    let id: Int
    let title: String
    let slug: String
    /// The post's own path, where its author chose one.
    let path: String?
    let excerpt: String?
    /// False for a draft.
    let published: Bool
    /// All views.
    let viewCount: Int
    /// The views that pages show: under `views: {publish: daily}` those before the last midnight.
    let shownViewCount: Int
    /// The first is the author, the others are co-authors in their order.
    let authorIDs: [Int]
    /// In the order of the post's own list.
    let tagIDs: [Int]
    let createdAt: Instant
    let updatedAt: Instant
    /// Nil for an undated post.
    let publishedAt: Instant?
    let expiresAt: Instant?
    let language: String?
    let image: String?
    let layout: String?
    let revision: Int
    let comments: CommentSummary

    init(
        id: Int, title: String, slug: String, path: String? = nil, excerpt: String? = nil, published: Bool = true,
        viewCount: Int = 0, shownViewCount: Int = 0, authorIDs: [Int], tagIDs: [Int] = [], createdAt: Instant,
        updatedAt: Instant, publishedAt: Instant? = nil, expiresAt: Instant? = nil, language: String? = nil,
        image: String? = nil, layout: String? = nil, revision: Int = 0, comments: CommentSummary = CommentSummary()
    ) {
        self.id = id
        self.title = title
        self.slug = slug
        self.path = path
        self.excerpt = excerpt
        self.published = published
        self.viewCount = viewCount
        self.shownViewCount = shownViewCount
        self.authorIDs = authorIDs
        self.tagIDs = tagIDs
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.publishedAt = publishedAt
        self.expiresAt = expiresAt
        self.language = language
        self.image = image
        self.layout = layout
        self.revision = revision
        self.comments = comments
    }
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
