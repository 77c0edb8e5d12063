import Templates

// The variables of each page's template. A field's name is what a template writes, so that rendering, checking and the
// documentation cannot disagree.

/// The variables of every template.
struct SharedVariables: ViewModel {
    static let shape = Shape(
        "every template",
        [
            .init("site", .object { SiteView.shape }, "The site"),
            .init("page", .object { PageView.shape }, "The page that is being rendered"),
        ])

    let site: SiteView
    let page: PageView

    func value(_ field: Int) -> Value { field == 0 ? .object(site) : .object(page) }
}

/// For pages that need no more than `site` and `page`.
struct NoVariables: ViewModel {
    static let shape = Shape("no variables", [])

    func value(_ field: Int) -> Value { .none }
}

struct HomeVariables: ViewModel {
    static let shape = Shape(
        "home.html",
        [
            .init("posts", .list(.object { PostView.shape }), "The newest posts"),
            .init("older_url", .optional(.url), "The path of the list page that goes on, for url()"),
        ])

    let posts: [PostView]
    let olderPath: String?

    func value(_ field: Int) -> Value { field == 0 ? .objects(posts) : .optional(olderPath) }
}

struct ListVariables: ViewModel {
    static let shape = Shape(
        "list.html",
        [
            .init("posts", .list(.object { PostView.shape }), "The posts of the page, newest first"),
            .init("pagination", .object { PaginationView.shape }, "The page's place among its neighbours"),
        ])

    let posts: [PostView]
    let pagination: PaginationView

    func value(_ field: Int) -> Value { field == 0 ? .objects(posts) : .object(pagination) }
}

struct PostVariables: ViewModel {
    static let shape = Shape("post.html", [.init("post", .object { PostPageView.shape }, "The post")])

    let post: PostPageView

    func value(_ field: Int) -> Value { .object(post) }
}

struct DocumentVariables: ViewModel {
    static let shape = Shape("page.html", [.init("document", .object { DocumentView.shape }, "The page")])

    let document: DocumentView

    func value(_ field: Int) -> Value { .object(document) }
}

struct TagsVariables: ViewModel {
    static let shape = Shape(
        "tags.html", [.init("tags", .list(.object { TagView.shape }), "All tags with posts, by name")])

    let tags: [TagView]

    func value(_ field: Int) -> Value { .objects(tags) }
}

struct TagVariables: ViewModel {
    static let shape = Shape("tag.html", [.init("tag", .object { TagPageView.shape }, "The tag")])

    let tag: TagPageView

    func value(_ field: Int) -> Value { .object(tag) }
}

struct AuthorsVariables: ViewModel {
    static let shape = Shape(
        "authors.html",
        [.init("authors", .list(.object { AuthorView.shape }), "The active authors with posts, by name")])

    let authors: [AuthorView]

    func value(_ field: Int) -> Value { .objects(authors) }
}

struct AuthorVariables: ViewModel {
    static let shape = Shape("author.html", [.init("author", .object { AuthorPageView.shape }, "The author")])

    let author: AuthorPageView

    func value(_ field: Int) -> Value { .object(author) }
}

struct FeedVariables: ViewModel {
    static let shape = Shape(
        "feed",
        [
            .init("posts", .list(.object { FeedPostView.shape }), "The newest dated posts"),
            .init("updated_at", .optional(.date), "When the newest of them changed"),
            .init("link", .url, "The absolute address of the page whose posts these are"),
        ])

    let posts: [FeedPostView]
    let updatedAt: Instant?
    let link: String

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .objects(posts)
        case 1: .optional(date: updatedAt?.seconds)
        default: .string(link)
        }
    }
}

struct SitemapVariables: ViewModel {
    static let shape = Shape(
        "sitemap.xml",
        [
            .init(
                "entries", .list(.object { SitemapEntryView.shape }), "The addresses that search engines should know")
        ])

    let entries: [SitemapEntryView]

    func value(_ field: Int) -> Value { .objects(entries) }
}

struct SitemapIndexVariables: ViewModel {
    static let shape = Shape(
        "sitemap-index.xml",
        [.init("sitemaps", .list(.object { SitemapEntryView.shape }), "The addresses of the parts of the sitemap")])

    let sitemaps: [SitemapEntryView]

    func value(_ field: Int) -> Value { .objects(sitemaps) }
}

struct SearchVariables: ViewModel {
    static let shape = Shape(
        "search.html", [.init("index_url", .url, "The path of the file that the script reads first, for url()")])

    func value(_ field: Int) -> Value { .string(SearchFiles.root) }
}

extension ViewModel {
    /// The fields as variables of a template, each computed when the template first reads it.
    var variables: [(String, Value)] {
        Self.shape.fields.indices.map { index in (Self.shape.fields[index].name, .lazy { value(index) }) }
    }
}
