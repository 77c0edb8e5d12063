/// `index.json`: where a reader of the API begins.
struct APIStart: Sendable {
    /// The routes in the order of the document, each with its document's name; what the reader puts in stands in braces.
    static let routes: [(name: String, document: String)] =
        ["users", "posts", "posts/search", "tags", "stats", "openapi", "manifest"].map { ($0, $0) } + [
            ("users/page", "users/page/{number}"), ("user", "users/{id}"), ("user/posts", "users/{id}/posts"),
            ("posts/page", "posts/page/{number}"), ("post", "posts/{id}"), ("tag", "tags/{slug}"),
        ]

    var title: String
    var url: String
    var users: Int
    var posts: Int
    var comments: Int
    var tags: Int
    /// The address of a document by its name.
    var address: @Sendable (String) -> String

    static let shape: JSONShape<APIStart> = {
        let counts = JSONShape<APIStart>(
            "Counts", "How much there is.",
            [
                .integer("users", "Active users") { $0.users }, .integer("posts", "Published posts") { $0.posts },
                .integer("comments", "Approved comments") { $0.comments },
                .integer("tags", "Tags that posts have") { $0.tags },
            ])
        let routes = JSONShape<APIStart>(
            "Routes", "The addresses of the documents.",
            Self.routes.map { route in .text(route.name, "\(route.document).json") { $0.address(route.document) } })
        return JSONShape(
            "Start", "Where to begin.",
            [
                .integer("version", "The version of the format, which is in the path too") { _ in APIDocuments.version
                },
                .text("title", "The site's title") { $0.title },
                .address("url", "The site's home page") { $0.url },
                .object("counts", "How much there is", counts) { $0 },
                .object("routes", "The addresses; what the reader puts in stands in braces", routes) { $0 },
            ])
    }()
}
