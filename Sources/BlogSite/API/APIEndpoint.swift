import BlogModels

/// The documents of the API that are not one object of `APIShapes` alone, and the list of them all for `openapi.json`.
enum APIEndpoint {
    static func users(_ shapes: APIShapes) -> JSONShape<Window<AuthorRecord>> {
        .window("UserList", of: "users", shapes.userRow, .paginationWithPages)
    }

    static func usersPage(_ shapes: APIShapes) -> JSONShape<NumberedPage<AuthorRecord>> {
        .page("UserPage", of: "users", shapes.userRow)
    }

    static func posts(_ shapes: APIShapes) -> JSONShape<Window<Int>> {
        .window("PostList", of: "posts", shapes.postSummary, .paginationWithPages)
    }

    static func postsPage(_ shapes: APIShapes) -> JSONShape<NumberedPage<Int>> {
        .page("PostPage", of: "posts", shapes.postSummary)
    }

    static func userPosts(_ shapes: APIShapes) -> JSONShape<Window<Int>> {
        .window("UserPosts", of: "posts", shapes.postSummary, .pagination)
    }

    static func search(_ shapes: APIShapes) -> JSONShape<[Int]> {
        JSONShape(
            "SearchDocuments", "All posts as a search shows them.",
            [.list("posts", "The most read first, then the newest", shapes.searchDocument) { $0 }])
    }

    static func tags(_ shapes: APIShapes) -> JSONShape<[TagRecord]> {
        JSONShape("TagList", "All tags that posts have.", [.list("tags", "By name", shapes.tag) { $0 }])
    }

    static func statistics(_ shapes: APIShapes) -> JSONShape<APIStatistics> { APIStatistics.shape(tag: shapes.tag) }

    /// A kind of document in `openapi.json`.
    struct Description: Sendable {
        /// Without its ending; what the reader puts in stands in braces.
        var name: String
        var summary: String
        var schema: JSONSchema
    }

    /// All documents, in the order of `openapi.json`.
    static func all(_ shapes: APIShapes) -> [Description] {
        func document(_ name: String, _ summary: String, _ shape: JSONShape<some Any>) -> Description {
            let schema = shape.schema
            return Description(name: name, summary: summary, schema: .object { schema })
        }
        return [
            document("index", "Where to begin", APIStart.shape),
            Description(name: "openapi", summary: "This description", schema: .anyObject),
            document("manifest", "All files of the API with their hashes", APIManifest.shape),
            document("users", "The newest users", users(shapes)),
            document("users/page/{number}", "A page of users", usersPage(shapes)),
            document("users/{id}", "A user", shapes.user),
            document("users/{id}/posts", "The newest posts of a user", userPosts(shapes)),
            document("posts", "The newest posts", posts(shapes)),
            document("posts/page/{number}", "A page of posts", postsPage(shapes)),
            document("posts/search", "All posts, for a search", search(shapes)),
            document("posts/{id}", "A post", shapes.post),
            document("tags", "All tags", tags(shapes)),
            document("tags/{slug}", "A tag", shapes.tagPage),
            document("stats", "Statistics", statistics(shapes)),
        ]
    }
}
