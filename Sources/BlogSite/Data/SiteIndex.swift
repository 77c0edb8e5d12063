import BlogConfiguration
import FoundationEssentials

/// The posts, pages, tags and authors that readers see, and how they hang together. Pure: the same rows and settings give
/// the same index.
struct SiteIndex: Sendable {
    /// A post with its place in the site.
    struct Entry: Sendable {
        var post: PostRecord
        /// Its address, without the base URL's prefix.
        var path: String
        /// Changes with everything a list or another post's page shows of it, but for what the text itself gives.
        var fingerprint: ContentHash
    }

    /// Newest first; undated posts last. All positions below are indices into it.
    let posts: [Entry]
    /// How many of them have a date: positions below this.
    let datedCount: Int
    let pages: [PageRecord]
    /// Tags with at least one visible post, by name.
    let tags: [TagRecord]
    /// All users by id; also inactive ones, for their names stand on posts.
    let authors: [Int: AuthorRecord]
    /// Positions by tag id, newest first.
    let postsByTag: [Int: [Int]]
    /// Positions by user id, as first author or co-author, newest first.
    let postsByAuthor: [Int: [Int]]
    private let positions: [Int: Int]
    private let tagsByID: [Int: TagRecord]
    private let tagRanks: [Int: Int]
    private let pagePaths: [Int: String]

    init(_ rows: SiteRows, visibility: Visibility, permalink: Permalink, timeZone: TimeZone) {
        let authors = Dictionary(rows.authors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let tagsByID = Dictionary(rows.tags.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let visible = Self.newestFirst(rows.posts.filter { visibility.shows($0) })
        posts = visible.map { post in
            let author = post.authorIDs.first.flatMap { authors[$0] }
            let path =
                post.path
                ?? permalink.path(
                    slug: post.slug, date: post.publishedAt?.date, author: author?.username ?? "", timeZone: timeZone)
            return Entry(
                post: post, path: path,
                fingerprint: Self.fingerprint(of: post, path: path, authors: authors, tags: tagsByID))
        }
        datedCount = visible.firstIndex { $0.publishedAt == nil } ?? visible.count
        var postsByTag: [Int: [Int]] = [:]
        var postsByAuthor: [Int: [Int]] = [:]
        for (position, post) in visible.enumerated() {
            for tag in post.tagIDs { postsByTag[tag, default: []].append(position) }
            for author in post.authorIDs { postsByAuthor[author, default: []].append(position) }
        }
        self.postsByTag = postsByTag
        self.postsByAuthor = postsByAuthor
        positions = Dictionary(visible.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
        tags = rows.tags.filter { postsByTag[$0.id] != nil }.sorted {
            $0.name == $1.name ? $0.id < $1.id : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        pages = rows.pages.filter { visibility.shows($0) }.sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
        self.authors = authors
        self.tagsByID = tagsByID
        tagRanks = Dictionary(tags.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
        pagePaths = Dictionary(pages.map { ($0.id, $0.path) }, uniquingKeysWith: { a, _ in a })
    }

    /// The position of a visible post.
    func position(ofPost id: Int) -> Int? { positions[id] }

    /// The place of a tag in `tags`.
    func rank(ofTag id: Int) -> Int? { tagRanks[id] }

    /// The path of a post or page that readers see.
    func path(ofPost post: Int?, orPage page: Int?) -> String? {
        post.flatMap { position(ofPost: $0) }.map { posts[$0].path } ?? page.flatMap { pagePaths[$0] }
    }

    /// The folder that the page of a post or page is in, with a slash at its end: where files beside it are published.
    func folder(ofPost post: Int?, orPage page: Int?) -> String? {
        path(ofPost: post, orPage: page).map { path in
            String(path[...(path.lastIndex(of: "/") ?? path.startIndex)])
        }
    }

    /// The tags of a post in its own order; a tag whose row is missing is left out.
    func tags(of post: PostRecord) -> [TagRecord] { post.tagIDs.compactMap { tagsByID[$0] } }

    /// The authors of a post, the first one first.
    func authors(of post: PostRecord) -> [AuthorRecord] { post.authorIDs.compactMap { authors[$0] } }

    /// The posts whose first author this is, newest first; co-authored ones are left out.
    func firstAuthored(by author: AuthorRecord) -> [Int] {
        (postsByAuthor[author.id] ?? []).filter { posts[$0].post.authorIDs.first == author.id }
    }

    /// The next older post; undated posts have no neighbours.
    func older(than position: Int) -> Int? { position + 1 < datedCount ? position + 1 : nil }

    /// The next newer post.
    func newer(than position: Int) -> Int? { position > 0 && position < datedCount ? position - 1 : nil }

    /// By date, newest first, undated last; the id decides between equals, so that the order is total. Places are sorted, not
    /// records, which are large.
    private static func newestFirst(_ posts: [PostRecord]) -> [PostRecord] {
        let order = posts.enumerated().map { (date: $1.publishedAt?.microseconds ?? .min, id: $1.id, place: $0) }
        return order.sorted { ($0.date, $0.id) > ($1.date, $1.id) }.map { posts[$0.place] }
    }

    private static func fingerprint(
        of post: PostRecord, path: String, authors: [Int: AuthorRecord], tags: [Int: TagRecord]
    ) -> ContentHash {
        var print = Fingerprint()
        print.add(post.id)
        print.add(post.title)
        print.add(post.slug)
        print.add(path)
        print.add(post.excerpt)
        print.add(post.image)
        for instant in [post.createdAt, post.updatedAt, post.publishedAt] { print.add(instant?.microseconds ?? -1) }
        print.add(post.shownViewCount)
        print.add(post.comments.count)
        for id in post.authorIDs {
            print.add(id)
            print.add(authors[id]?.revision ?? -1)
        }
        print.add(-1)
        for id in post.tagIDs {
            print.add(id)
            print.add(tags[id]?.revision ?? -1)
        }
        return print.hash
    }
}
