import BlogConfiguration

/// The JSON API: the read endpoints of a blog server as files. Each function gives one document's bytes.
///
/// Only active users and visible posts appear; no e-mail address unless the site asks for it. What the documents are like
/// says `APIShapes`.
struct APIDocuments: Sendable {
    let site: SiteContext
    let shapes: APIShapes
    /// Active users by id, the oldest first.
    let users: [AuthorRecord]

    /// The version in the paths. Another shape of a document needs another version.
    static let version = 1

    init(site: SiteContext) {
        self.site = site
        shapes = APIShapes(site: site)
        users = site.index.authors.values.filter(\.isActive).sorted { $0.id < $1.id }
    }

    private var index: SiteIndex { site.index }

    /// The comments that readers see.
    var commentCount: Int { index.posts.reduce(0) { $0 + $1.post.comments.count } }

    /// How many rows a page holds.
    var limit: Int { site.configuration.api.perPage }

    var userPaging: Paging { Paging(count: users.count, size: limit) }
    var postPaging: Paging { Paging(count: index.posts.count, size: limit) }

    /// The path of a document: `posts/7` is `/api/v1/posts/7.json`.
    static func path(_ name: String) -> String { "\(SitePaths.api)\(name).json" }

    /// The absolute address of a document; a name in braces stays as it is.
    private func link(_ name: String) -> String { String(site.address.base.dropLast()) + Self.path(name) }

    /// `index.json`
    func start() -> [UInt8] {
        let address = site.address.base.dropLast()
        return APIStart.shape.document(
            APIStart(
                title: site.configuration.title, url: site.address.base, users: users.count, posts: index.posts.count,
                comments: commentCount, tags: index.tags.count,
                address: { address + Self.path($0) }))
    }

    /// `users.json`
    func usersWindow() -> [UInt8] {
        APIEndpoint.users(shapes).document(window(users.reversed().prefix(limit), userPaging))
    }

    /// `users/page/N.json`
    func usersPage(_ number: Int) -> [UInt8] {
        let rows = Array(users.reversed()[userPaging.positions(onPage: number)])
        return APIEndpoint.usersPage(shapes).document(page("users", rows, userPaging, number))
    }

    /// `users/ID.json`
    func user(_ author: AuthorRecord) -> [UInt8] { shapes.user.document(author) }

    /// `users/ID/posts.json`
    func posts(of author: AuthorRecord) -> [UInt8] {
        let positions = index.firstAuthored(by: author)
        let shown = positions.prefix(limit)
        return APIEndpoint.userPosts(shapes).document(
            Window(
                rows: Array(shown), pagination: Pagination(shown: shown.count, total: positions.count, limit: limit)))
    }

    /// `posts.json`
    func postsWindow() -> [UInt8] {
        APIEndpoint.posts(shapes).document(window(index.posts.indices.prefix(limit), postPaging))
    }

    /// `posts/page/N.json`
    func postsPage(_ number: Int) -> [UInt8] {
        APIEndpoint.postsPage(shapes).document(
            page("posts", Array(postPaging.positions(onPage: number)), postPaging, number))
    }

    /// `posts/ID.json`
    func post(_ post: APIShapes.PostPage, to bytes: inout [UInt8]) { shapes.post.writeDocument(post, to: &bytes) }

    /// `posts/search.json`: all posts, the most read first, then the newest.
    func searchDocuments() -> [UInt8] {
        let posts = index.posts
        let order = posts.indices.sorted { left, right in
            let (a, b) = (posts[left].post, posts[right].post)
            return (b.shownViewCount, b.createdAt, b.id) < (a.shownViewCount, a.createdAt, a.id)
        }
        return APIEndpoint.search(shapes).document(order)
    }

    /// `tags.json`
    func tagList() -> [UInt8] { APIEndpoint.tags(shapes).document(index.tags) }

    /// `tags/SLUG.json`
    func tagPage(_ tag: TagRecord) -> [UInt8] {
        let positions = index.postsByTag[tag.id] ?? []
        let shown = positions.prefix(limit)
        return shapes.tagPage.document(
            .init(
                tag: tag, posts: Array(shown),
                pagination: Pagination(shown: shown.count, total: positions.count, limit: limit)))
    }

    /// `stats.json`
    func statistics(_ counts: SiteCounts) -> [UInt8] {
        APIEndpoint.statistics(shapes).document(APIStatistics(counts, site))
    }

    /// `openapi.json`
    func description() -> [UInt8] { OpenAPI(site: site, shapes: shapes).bytes }

    private func window<Row>(_ rows: some Collection<Row>, _ paging: Paging) -> Window<Row> {
        Window(
            rows: Array(rows),
            pagination: Pagination(shown: rows.count, total: paging.count, limit: limit, pages: paging.filledPages))
    }

    private func page<Row>(_ name: String, _ rows: [Row], _ paging: Paging, _ number: Int) -> NumberedPage<Row> {
        NumberedPage(
            rows: rows, number: number, limit: limit,
            previous: paging.older(than: number).map { link("\(name)/page/\($0)") },
            next: paging.newer(than: number).map { link("\(name)/page/\($0)") })
    }
}
