/// What files depend on of each post, by its position in the index. Made once the bodies are rendered.
struct PostPrints: Sendable {
    /// Change with everything a list or another post's page shows of a post.
    let listings: [ContentHash]
    /// Change with what a post's text shows of other files.
    let uses: [ContentHash]

    init(_ site: SiteContext) {
        let index = site.index
        let authors = index.authors.mapValues(\.revision)
        let tags = Dictionary(index.tags.map { ($0.id, $0.revision) }, uniquingKeysWith: { first, _ in first })
        let bodies = site.documents.marks(of: index.posts.map { .init($0.post) })
        listings = zip(index.posts, bodies).map { entry, body in
            var print = Fingerprint()
            print.add(entry, authors: authors, tags: tags)
            print.add(body.summary)
            return print.hash
        }
        uses = bodies.map(\.uses)
    }
}

extension Fingerprint {
    /// Adds what lists show of a post but for what its text gives. The revisions are those of all authors and tags.
    fileprivate mutating func add(_ entry: SiteIndex.Entry, authors: [Int: Int], tags: [Int: Int]) {
        let post = entry.post
        add(post.id)
        add(post.title)
        add(post.slug)
        add(entry.path)
        add(post.excerpt)
        add(post.image)
        add(post.createdAt.microseconds)
        add(post.updatedAt.microseconds)
        add(post.publishedAt?.microseconds ?? -1)
        add(post.shownViewCount)
        add(post.comments.count)
        for id in post.authorIDs {
            add(id)
            add(authors[id] ?? -1)
        }
        add(-1)
        for id in post.tagIDs {
            add(id)
            add(tags[id] ?? -1)
        }
    }
}
