/// What the measured page is made of, as a program holds it before it thinks of templates.
struct SiteRecord: Sendable {
    struct Link: Sendable {
        let title: String
        let url: String
        let isCurrent: Bool
    }

    let title: String
    let description: String
    let language: String
    let url: String
    let stylesheet: String
    let feed: String
    let navigation: [Link]
}

struct PageRecord: Sendable {
    let description: String
    let canonical: String
}

struct AuthorRecord: Sendable {
    let name: String
    let url: String
}

struct TagRecord: Sendable {
    let name: String
    let url: String
}

struct CommentRecord: Sendable {
    let anchor: String
    let author: String
    let url: String?
    let date: String
    let day: String
    let html: String
}

struct PostLinkRecord: Sendable {
    let title: String
    let url: String
    let date: String
    let day: String
}

struct PostRecord: Sendable {
    let title: String
    let date: String
    let day: String
    let html: String
    let author: AuthorRecord
    let tags: [TagRecord]
    let comments: [CommentRecord]
    let related: [PostLinkRecord]
}

/// One page: a post with 4 tags, 12 comments, 5 related and 10 recent posts, of about 8 KB.
struct Sample: Sendable {
    let site: SiteRecord
    let page: PageRecord
    let post: PostRecord
    let recent: [PostLinkRecord]

    init() {
        site = SiteRecord(
            title: "Notes & Queries", description: "What we learned while building things", language: "en", url: "/",
            stylesheet: "/assets/style.9f2c1a7b.css", feed: "/feed.xml",
            navigation: [
                .init(title: "Posts", url: "/", isCurrent: true),
                .init(title: "Archive", url: "/archive/", isCurrent: false),
                .init(title: "Tags & topics", url: "/tags/", isCurrent: false),
                .init(title: "About", url: "/about/", isCurrent: false),
            ])
        page = PageRecord(
            description: "A template that is compiled once costs microseconds; why, & what it takes.",
            canonical: "https://example.org/posts/what-a-page-costs/")
        let paragraph =
            "<p>Rendering copies text. Whatever else an engine does is overhead, and it can be <em>measured</em>: look up a name, "
            + "find a field, decide how to escape it, append the bytes. The code for it fits on a page.</p>\n"
        post = PostRecord(
            title: "What a page costs: 8 KB & counting", date: "2026-02-13T10:20:00Z", day: "13 February 2026",
            html: String(repeating: paragraph, count: 4),
            author: AuthorRecord(name: "Ada Lovelace", url: "/authors/ada/"),
            tags: ["performance", "templates", "swift", "benchmarks"].map { TagRecord(name: $0, url: "/tags/\($0)/") },
            comments: (1...12).map { number in
                CommentRecord(
                    anchor: "comment-\(number)",
                    author: number % 3 == 0 ? "Tom & Jerry <\(number)>" : "Reader \(number)",
                    url: number % 2 == 0 ? "https://reader\(number).example/" : nil,
                    date: "2026-02-14T08:0\(number % 10):00Z",
                    day: "14 February 2026",
                    html: "<p>Interesting; did you try it with <code>-Ounchecked</code> too?</p>")
            },
            related: (1...5).map { Self.link("Related post number \($0)", $0) })
        recent = (1...10).map { Self.link("Recent post <\($0)> & more", $0 + 5) }
    }

    private static func link(_ title: String, _ number: Int) -> PostLinkRecord {
        PostLinkRecord(
            title: title, url: "/posts/post-number-\(number)/", date: "2026-01-\(number + 10)T09:00:00Z",
            day: "\(number + 10) January 2026")
    }
}
