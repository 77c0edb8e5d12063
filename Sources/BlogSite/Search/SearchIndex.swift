import BlogConfiguration
import Synchronization

/// The search index of one build: which files it has, and their bytes when one must be made.
///
/// While no post has other words than at the last build, nothing is read but the list of files.
final class SearchIndex: Sendable {
    struct Shard: Sendable, Equatable {
        var prefix: String
        /// The hash of its bytes, which stands for all that they are made from.
        var hash: ContentHash
    }

    /// In the order of their prefixes.
    let shards: [Shard]
    private let site: SiteContext
    private let store: SearchStore
    private let bytes: Mutex<[String: [UInt8]]?>

    /// Raised when the same posts give other words or files.
    static let version = 1

    /// Finds the words of posts that changed, once their bodies are rendered.
    init(site: SiteContext, store: SearchStore, workers: Int) async throws {
        self.site = site
        self.store = store
        let keys = site.index.posts.map { Self.key(of: $0.post, site) }
        let key = Self.key(ofAll: keys, site.index)
        if let shards = try store.shards(key) {
            self.shards = shards
            bytes = Mutex(nil)
            return
        }
        let table = try await Self.table(site, store, keys, workers)
        let files = SearchShards(table).shards
        shards = files.map { Shard(prefix: $0.prefix, hash: ContentHash(of: $0.bytes)) }
        bytes = Mutex(Dictionary(uniqueKeysWithValues: files.map { ($0.prefix, $0.bytes) }))
        try store.save(table)
        try store.save(shards, key)
    }

    /// The bytes of a shard. The first call reads the words of all posts, unless this build found them anyway.
    func bytes(of prefix: String) throws -> [UInt8] {
        try bytes.withLock { bytes in
            if let known = bytes { return known[prefix] ?? [] }
            let keys = site.index.posts.map { Self.key(of: $0.post, site) }
            let (known, missing) = try Self.known(site, store, keys)
            var table = known
            if !missing.isEmpty { table.add([SearchTable(missing.map { Self.source($0, keys, site) })]) }
            let made = Dictionary(uniqueKeysWithValues: SearchShards(table).shards.map { ($0.prefix, $0.bytes) })
            bytes = made
            return made[prefix] ?? []
        }
    }

    // MARK: Words

    /// Changes with everything that a post's words depend on.
    private static func key(of post: PostRecord, _ site: SiteContext) -> ContentHash {
        var print = Fingerprint()
        print.add(post.revision)
        for tag in site.index.tags(of: post) {
            print.add(tag.id)
            print.add(tag.revision)
        }
        print.add(site.documents.uses(.init(post)).hash)
        return print.hash
    }

    /// A post's number in the lists.
    private static func number(of post: PostRecord) -> UInt32 { UInt32(truncatingIfNeeded: post.id) }

    /// In the order of the posts' numbers, which is that of the table: a new date moves no word.
    private static func key(ofAll keys: [ContentHash], _ index: SiteIndex) -> ContentHash {
        var print = Fingerprint()
        print.add(version)
        let order = index.posts.indices.sorted { index.posts[$0].post.id < index.posts[$1].post.id }
        for position in order {
            print.add(index.posts[position].post.id)
            print.add(keys[position])
        }
        return print.hash
    }

    /// The table of the last build without what is gone or changed, and the positions of posts that it does not have.
    private static func known(
        _ site: SiteContext, _ store: SearchStore, _ keys: [ContentHash]
    ) throws -> (SearchTable, missing: [Int]) {
        var table = try store.table() ?? SearchTable()
        let posts = site.index.posts
        let current = Dictionary(
            posts.indices.map { (number(of: posts[$0].post), $0) }, uniquingKeysWith: { first, _ in first })
        table.rows.removeAll { row in current[row.id].map { keys[$0] != row.key } ?? true }
        let found = Set(table.rows.map(\.id))
        return (table, posts.indices.filter { !found.contains(number(of: posts[$0].post)) })
    }

    private static func table(
        _ site: SiteContext, _ store: SearchStore, _ keys: [ContentHash], _ workers: Int
    ) async throws -> SearchTable {
        var (table, missing) = try known(site, store, keys)
        let size = max(16, min(512, (missing.count + workers - 1) / max(1, workers)))
        let parts = await withTaskGroup(of: (Int, SearchTable).self) { group in
            for start in stride(from: 0, to: missing.count, by: size) {
                let part = missing[start..<min(start + size, missing.count)]
                group.addTask { (start, SearchTable(part.map { source($0, keys, site) })) }
            }
            var parts: [(Int, SearchTable)] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.map(\.1)
        }
        table.add(parts)
        table.compact()
        return table
    }

    private static func source(_ position: Int, _ keys: [ContentHash], _ site: SiteContext) -> SearchTable.Source {
        let post = site.index.posts[position].post
        return SearchTable.Source(
            id: number(of: post), key: keys[position], title: post.title, tags: site.index.tags(of: post).map(\.name),
            html: site.document(of: post).html)
    }
}
