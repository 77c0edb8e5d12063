import BlogConfiguration
import FoundationEssentials
import Synchronization

/// The posts, pages, tags and authors that readers see, and how they hang together. Pure: the same rows and settings give
/// the same index.
final class SiteIndex: Sendable {
    /// A post with its place in the site. Not a value: a record has many parts, and each copy would count all of them.
    final class Entry: Sendable {
        let post: PostRecord
        /// Its address, without the base URL's prefix.
        let path: String

        init(_ post: PostRecord, path: String) {
            self.post = post
            self.path = path
        }
    }

    /// Newest first; undated posts last. All positions below are indices into it.
    let posts: [Entry]
    /// How many of them have a date: positions below this.
    let datedCount: Int
    /// All positions in the order of the posts' ids.
    let positionsByID: [Int]
    let pages: [PageRecord]
    /// Tags with at least one visible post, by name.
    let tags: [TagRecord]
    /// All users by id; also inactive ones, for their names stand on posts.
    let authors: [Int: AuthorRecord]
    /// Positions by tag id, newest first.
    let postsByTag: [Int: [Int]]
    /// Positions by user id, as first author or co-author, newest first.
    let postsByAuthor: [Int: [Int]]
    /// By rank in `tags`, once somebody asks.
    private let foundRelatedTags = Mutex<[[RelatedTag]]?>(nil)
    private let positions: [Int: Int]
    private let tagsByID: [Int: TagRecord]
    private let tagRanks: [Int: Int]
    private let pagePaths: [Int: String]

    init(_ rows: SiteRows, visibility: Visibility, permalink: Permalink, timeZone: TimeZone) {
        let authors = Dictionary(rows.authors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        posts = Self.newestFirst(rows.posts, visibility).map { place in
            let post = rows.posts[place]
            let path =
                post.path
                ?? permalink.path(
                    slug: post.slug, date: post.publishedAt?.date,
                    author: post.authorIDs.first.flatMap { authors[$0]?.username } ?? "", timeZone: timeZone)
            return Entry(post, path: path)
        }
        datedCount = posts.firstIndex { $0.post.publishedAt == nil } ?? posts.count
        postsByTag = Self.positions(of: posts, by: \.tagIDs)
        postsByAuthor = Self.positions(of: posts, by: \.authorIDs)
        positions = Dictionary(
            posts.enumerated().lazy.map { ($1.post.id, $0) }, uniquingKeysWith: { first, _ in first })
        positionsByID = Self.sorted(posts.map(\.post.id))
        tags = rows.tags.filter { [postsByTag] in postsByTag[$0.id] != nil }.sorted {
            $0.name == $1.name ? $0.id < $1.id : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        pages = rows.pages.filter { visibility.shows($0) }.sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
        self.authors = authors
        tagsByID = Dictionary(rows.tags.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        tagRanks = Dictionary(tags.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
        pagePaths = Dictionary(pages.map { ($0.id, $0.path) }, uniquingKeysWith: { a, _ in a })
    }

    /// The position of a visible post.
    func position(ofPost id: Int) -> Int? { positions[id] }

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

    /// Ten tags at most that share most posts with a tag, itself left out; ties by name.
    func relatedTags(of tag: TagRecord) -> [RelatedTag] {
        guard let rank = tagRanks[tag.id] else { return [] }
        return foundRelatedTags.withLock { found in
            if let found { return found[rank] }
            let related = Self.relatedTags(tags, ranks: tagRanks, posts: posts, postsByTag)
            found = related
            return related[rank]
        }
    }

    /// The visible ones' places in `posts`: by date, newest first, undated last; the id decides between equals, so that the
    /// order is total. Places are sorted, not records, which are large.
    private static func newestFirst(_ posts: [PostRecord], _ visibility: Visibility) -> [Int] {
        var order: [(date: Int, id: Int, place: Int)] = []
        order.reserveCapacity(posts.count)
        for place in posts.indices where visibility.shows(posts[place]) {
            order.append((posts[place].publishedAt?.microseconds ?? .min, posts[place].id, place))
        }
        order.sort { ($0.date, $0.id) > ($1.date, $1.id) }
        return order.map(\.place)
    }

    /// The positions of the posts that have each of some ids.
    private static func positions(of posts: [Entry], by ids: (PostRecord) -> [Int]) -> [Int: [Int]] {
        var places: [Int: Int] = [:]
        var lists: [[Int]] = []
        for (position, entry) in posts.enumerated() {
            for id in ids(entry.post) {
                if let place = places[id] {
                    lists[place].append(position)
                } else {
                    places[id] = lists.count
                    lists.append([position])
                }
            }
        }
        return places.mapValues { lists[$0] }
    }

    /// Positions in the order of their ids.
    private static func sorted(_ ids: [Int]) -> [Int] {
        ids.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }.map(\.offset)
    }
}
