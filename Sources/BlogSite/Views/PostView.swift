import Templates

/// A post as lists, other posts and feeds show it. A post's own page adds to these fields (`PostPageView`).
struct PostView: ViewModel {
    static let fields: [Shape.Field] = [
        .init("id", .integer, "The post's number"),
        .init("title", .text, "The title"),
        .init("slug", .text, "The last part of most posts' paths"),
        .init("url", .url, "The path, for url()"),
        .init("canonical", .url, "The absolute address"),
        .init("excerpt", .text, "The summary as plain text; empty only for an empty post"),
        .init("summary", .markup, "The beginning of the post, for pages other than its own"),
        .init("author", .object { AuthorLinkView.shape }, "The first author"),
        .init("authors", .list(.object { AuthorLinkView.shape }), "All authors"),
        .init("published_at", .optional(.date), "When it was published; none for an undated post"),
        .init("updated_at", .optional(.date), "When it was last changed; none if never since it was published"),
        .init("tags", .list(.object { TagLinkView.shape }), "The post's tags in its own order"),
        .init("reading_minutes", .integer, "How long reading takes, at least 1"),
        .init("view_count", .integer, "How often it was read"),
        .init("comment_count", .integer, "How many comments it has"),
        .init("image", .optional(.url), "The absolute address of the post's picture"),
    ]
    static let shape = Shape("post", fields)

    let site: SiteContext
    /// Its place in the index.
    let position: Int
    let entry: SiteIndex.Entry

    init(site: SiteContext, position: Int) {
        self.site = site
        self.position = position
        entry = site.index.posts[position]
    }

    func value(_ field: Int) -> Value {
        let post = entry.post
        switch field {
        case 0: return .int(post.id)
        case 1: return .string(post.title)
        case 2: return .string(post.slug)
        case 3: return .string(entry.path)
        case 4: return .string(canonical)
        case 5: return .string(site.excerpt(of: post))
        case 6:
            return .markup(
                HTMLLinks.resolve(
                    site.summary(of: post).html, on: entry.path, of: site.address, as: .otherPage))
        case 7: return site.links.authors(post.authorIDs).first ?? .none
        case 8: return .list(site.links.authors(post.authorIDs))
        case 9: return .optional(date: post.publishedAt?.seconds)
        case 10: return .optional(date: post.changedAfterPublication?.seconds)
        case 11: return .list(site.links.tags(post.tagIDs))
        case 12: return .int(site.summary(of: post).readingMinutes)
        case 13: return .int(post.shownViewCount)
        case 14: return .int(post.comments.count)
        default: return .optional(site.imageAddress(post.image, on: entry.path))
        }
    }

    var canonical: String { site.address.page(entry.path) }
}

extension PostRecord {
    /// When the post was changed, if that was after its publication.
    var changedAfterPublication: Instant? {
        guard updatedAt > max(createdAt, publishedAt ?? createdAt) else { return nil }
        return updatedAt
    }

    /// When it was changed, or else published; nil for an undated post that never was.
    var lastChange: Instant? { changedAfterPublication ?? publishedAt }
}

/// Authors and tags as the posts name them. Each is made once: all posts that have it show the same.
struct RecordLinks: Sendable {
    private let authors: [Int: Value]
    private let tags: [Int: Value]

    init(_ index: SiteIndex) {
        authors = index.authors.mapValues { .object(AuthorLinkView(author: $0)) }
        tags = Dictionary(
            index.tags.map { ($0.id, .object(TagLinkView(tag: $0))) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those of the authors that there are.
    func authors(_ ids: [Int]) -> [Value] { ids.compactMap { authors[$0] } }

    /// Those of the tags that there are.
    func tags(_ ids: [Int]) -> [Value] { ids.compactMap { tags[$0] } }
}

/// An author's name with the link to their page.
struct AuthorLinkView: ViewModel {
    static let shape = Shape(
        "author",
        [
            .init("username", .text, "The name in addresses"),
            .init("name", .text, "The name to show"),
            .init("url", .url, "The path of the author's page, for url()"),
        ])

    let author: AuthorRecord
    private let path: String

    init(author: AuthorRecord) {
        self.author = author
        path = SitePaths.author(author)
    }

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(author.username)
        case 1: .string(author.name)
        default: .string(path)
        }
    }
}

/// A tag's name with the link to its page.
struct TagLinkView: ViewModel {
    static let shape = Shape(
        "tag",
        [
            .init("name", .text, "The name as authors write it"),
            .init("slug", .text, "The name in addresses"),
            .init("url", .url, "The path of the tag's page, for url()"),
        ])

    let tag: TagRecord
    private let path: String

    init(tag: TagRecord) {
        self.tag = tag
        path = SitePaths.tag(tag)
    }

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(tag.name)
        case 1: .string(tag.slug)
        default: .string(path)
        }
    }
}
