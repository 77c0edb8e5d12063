import BlogConfiguration
import BlogModels

/// The kinds of objects in the JSON API, each described once: what is written and what `openapi.json` says come from here.
/// The order of the fields is part of the format.
struct APIShapes: Sendable {
    let userRow: JSONShape<AuthorRecord>
    let user: JSONShape<AuthorRecord>
    let tag: JSONShape<TagRecord>
    let tagPage: JSONShape<TagPage>
    /// A post by its position in the index.
    let postSummary: JSONShape<Int>
    let post: JSONShape<PostPage>
    let searchDocument: JSONShape<Int>

    /// A post with what its document needs beside the index.
    struct PostPage: Sendable {
        var position: Int
        /// As its author wrote it.
        var content: String
        var document: RenderedDocument
        var threads: [CommentThreads.Node]
    }

    /// A tag with the posts that its document has.
    struct TagPage: Sendable {
        var tag: TagRecord
        var posts: [Int]
        var pagination: Pagination
    }

    init(site: SiteContext) {
        let index = site.index
        userRow = Self.userRow(site)
        user = Self.user(site)
        tag = JSONShape("Tag", "A tag.", Self.countedTag(index) { $0 })
        let about = PostFields<Int>(site) { $0 }
        let summary = JSONShape(
            "PostSummary", "A post without its text.",
            about.names + about.author + [
                about.viewCount,
                .integer("comment_count", "How many comments it has") { index.posts[$0].post.comments.count },
            ] + about.dates)
        postSummary = summary
        searchDocument = JSONShape(
            "SearchDocument", "A post as a search shows it.",
            about.names + [
                .text(
                    "author", "The username of the first author",
                    orNull: { index.authors(of: index.posts[$0].post).first?.username }),
                .texts("tags", "The names of its tags") { index.tags(of: index.posts[$0].post).map(\.name) },
                about.viewCount, about.created,
            ])
        post = Self.post(site)
        tagPage = JSONShape(
            "TagWithPosts", "A tag with the tags that go with it and its newest posts.",
            Self.countedTag(index) { $0.tag } + [
                .list("related", "Tags that posts often have beside it", Self.relatedTag) {
                    index.relatedTags(of: $0.tag)
                },
                .list("posts", "The newest posts with the tag", summary) { $0.posts },
                .object("pagination", "How much of the list this is", .pagination) { $0.pagination },
            ])
    }

    // MARK: Users

    private typealias UserField = JSONShape<AuthorRecord>.Field

    private static let userIdentity: [JSONShape<AuthorRecord>.Field] = [
        .integer("id", "The user's number") { $0.id }, .text("username", "The name in addresses") { $0.username },
    ]

    private static func userNames(_ site: SiteContext) -> [JSONShape<AuthorRecord>.Field] {
        let email: [JSONShape<AuthorRecord>.Field] =
            site.configuration.api.includeEmail ? [.text("email", "The e-mail address", orNull: { $0.email })] : []
        return userIdentity + email + [.text("full_name", "The name to show", orNull: { $0.fullName })]
    }

    private static func postCount(_ index: SiteIndex) -> JSONShape<AuthorRecord>.Field {
        .integer("post_count", "How many posts have the user as their first author") {
            index.firstAuthored(by: $0).count
        }
    }

    private static func userRow(_ site: SiteContext) -> JSONShape<AuthorRecord> {
        JSONShape("UserSummary", "An active user of the blog.", userNames(site) + [postCount(site.index)])
    }

    private static func user(_ site: SiteContext) -> JSONShape<AuthorRecord> {
        let index = site.index
        return JSONShape(
            "User", "An active user of the blog, with all that is public.",
            userNames(site) + [
                .text("bio", "What the user says of themselves, in Markdown", orNull: { $0.bio }),
                .text("url", "The user's own web site", orNull: { $0.website }),
                postCount(index),
                .integer("total_views", "How often those posts were read") { user in
                    index.firstAuthored(by: user).reduce(0) { $0 + index.posts[$1].post.shownViewCount }
                },
                .instant("created_at", "When the user was added") { $0.createdAt },
            ])
    }

    // MARK: Tags

    private static func tag<Source>(
        _ tag: @escaping @Sendable (Source) -> TagRecord
    ) -> [JSONShape<Source>.Field] {
        [
            .integer("id", "The tag's number") { tag($0).id }, .text("name", "As authors write it") { tag($0).name },
            .text("slug", "The name in addresses") { tag($0).slug },
        ]
    }

    private static func countedTag<Source>(
        _ index: SiteIndex, _ tag: @escaping @Sendable (Source) -> TagRecord
    ) -> [JSONShape<Source>.Field] {
        self.tag(tag) + [
            .integer("post_count", "How many posts have it") { index.postsByTag[tag($0).id]?.count ?? 0 }
        ]
    }

    private static let relatedTag = JSONShape<SiteIndex.RelatedTag>(
        "RelatedTag", "A tag that posts have beside another.",
        [
            .text("slug", "The name in addresses") { $0.tag.slug },
            .integer("weight", "How many posts have both") { $0.weight },
        ])

    // MARK: Posts

    /// Fields that several documents about posts have.
    private struct PostFields<Source> {
        let names: [JSONShape<Source>.Field]
        let author: [JSONShape<Source>.Field]
        let viewCount: JSONShape<Source>.Field
        let created: JSONShape<Source>.Field
        let dates: [JSONShape<Source>.Field]

        /// - Parameter position: Of the post in the index.
        init(_ site: SiteContext, _ position: @escaping @Sendable (Source) -> Int) {
            let index = site.index
            let post: @Sendable (Source) -> PostRecord = { index.posts[position($0)].post }
            names = [
                .integer("id", "The post's number") { post($0).id }, .text("title", "The title") { post($0).title },
                .text("slug", "The last part of most posts' addresses") { post($0).slug },
                .address("url", "The address of its page") { site.address.page(index.posts[position($0)].path) },
                .text("excerpt", "The summary as plain text") { site.excerpt(of: post($0)) },
            ]
            author = [
                .object(
                    "author", "The first author",
                    JSONShape("PostAuthor", "The first author of a post.", APIShapes.userIdentity),
                    orNull: { index.authors(of: post($0)).first }),
                .list(
                    "tags", "Its tags, in its own order", JSONShape("TagLink", "A tag of a post.", APIShapes.tag { $0 })
                ) { index.tags(of: post($0)) },
            ]
            viewCount = .integer("view_count", "How often it was read, as pages show it") { post($0).shownViewCount }
            created = .instant("created_at", "The post's own date; 1970-01-01 for one without") { post($0).createdAt }
            dates = [
                created, .instant("updated_at", "When it was last changed") { post($0).updatedAt },
                .instant(
                    "published_at", "When it was published; null for an undated post",
                    orNull: { post($0).publishedAt }),
            ]
        }
    }

    private static func post(_ site: SiteContext) -> JSONShape<PostPage> {
        let index = site.index
        let about = PostFields<PostPage>(site) { $0.position }
        let related = JSONShape<Int>(
            "RelatedPost", "A post to read next.", Array(PostFields<Int>(site) { $0 }.names.dropLast()))
        return JSONShape(
            "Post", "A post with its text and comments.",
            about.names + [
                .text("content", "The text as its author wrote it: Markdown, or HTML") { $0.content },
                .text("html", "The text as HTML, with absolute addresses") {
                    HTMLLinks.resolve(
                        $0.document.html, on: index.posts[$0.position].path, of: site.address, as: .absolute)
                },
            ] + about.author + [
                .list("comments", "The approved comments, the oldest first", comment(site)) { $0.threads },
                about.viewCount,
                .list("related", "Posts with the same tags", related) {
                    Array(site.related.positions(for: $0.position))
                },
            ] + about.dates)
    }

    private static func comment(_ site: SiteContext) -> JSONShape<CommentThreads.Node> {
        let commenter = JSONShape<CommentRecord>(
            "Commenter", "Who wrote a comment: a user of the blog, or a guest without a number.",
            [
                .integer(
                    "id", "The user's number; null for a guest",
                    orNull: { $0.authorID.flatMap { site.index.authors[$0] }?.id }),
                .text(
                    "username", "The user's name in addresses; null for a guest",
                    orNull: { $0.authorID.flatMap { site.index.authors[$0] }?.username }),
                .text("name", "The name to show") { site.commenterName($0) },
                .text("url", "The writer's web site", orNull: { site.commenterAddress($0) }),
            ])
        return JSONShape(
            "Comment", "A comment with the replies to it.",
            [
                .integer("id", "The comment's number") { $0.comment.id },
                .text("content", "The text as clean HTML") { site.html(of: $0.comment) },
                .object("author", "Who wrote it", commenter) { $0.comment },
                .instant("created_at", "When it was written") { $0.comment.createdAt },
                .same("replies", "The replies, the oldest first") { $0.replies },
            ])
    }
}
