import BlogConfiguration
import Synchronization

/// The search index of one build: which files it has, and their bytes when one must be made.
///
/// While no post has other words than at the last build, nothing is read but the list of files. When some have, the words of
/// those posts are found anew, and the files made that have these words.
final class SearchIndex: Sendable {
    struct Shard: Sendable, Equatable {
        var prefix: String
        /// The hash of its bytes, which stands for all that they are made from.
        var hash: ContentHash
    }

    private struct State: Sendable {
        /// By prefix: what this build made, until it is asked for.
        var made: [String: [UInt8]]
        var hasAll = false
    }

    /// In the order of their prefixes.
    let shards: [Shard]
    private let words: PostWords
    private let state: Mutex<State>

    /// Raised when the same posts give other words or files.
    static let version = 1

    /// Finds the words of posts that changed, once their bodies are rendered.
    init(site: SiteContext, store: SearchStore, workers: Int) async throws {
        words = PostWords(site: site, store: store)
        if let shards = try store.shards(words.key) {
            self.shards = shards
            state = Mutex(State(made: [:]))
            return
        }
        let result = try await words.update(workers: workers)
        // A body that could not be read has no words: they would be taken for those of its post from now on.
        try site.documents.check()
        try store.save(result)
        shards = result.shards
        state = Mutex(State(made: Self.byPrefix(result)))
    }

    /// The bytes of a shard. One that this build did not change is made with all others, from the rows of all posts.
    func bytes(of prefix: String) throws -> [UInt8] {
        try state.withLock { state in
            if let bytes = state.made.removeValue(forKey: prefix) { return bytes }
            if !state.hasAll {
                state.hasAll = true
                state.made = Self.byPrefix(try words.everything())
            }
            return state.made.removeValue(forKey: prefix) ?? []
        }
    }

    private static func byPrefix(_ result: SearchUpdate.Result) -> [String: [UInt8]] {
        Dictionary(result.made.map { ($0.prefix, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }
}

/// The words of a site's posts, as they are now.
private struct PostWords: Sendable {
    let site: SiteContext
    let store: SearchStore
    /// By number, which is the order of the table: a new date moves no word.
    private let posts: [SearchUpdate.Post]
    /// Changes with the words of any post.
    let key: ContentHash

    /// How many posts' words are found together: enough to share the cost of their words' places.
    private static let batch = 128

    init(site: SiteContext, store: SearchStore) {
        self.site = site
        self.store = store
        let tags = Dictionary(site.index.tags.map { ($0.id, $0.revision) }, uniquingKeysWith: { first, _ in first })
        let posts = site.index.posts.map { entry in
            SearchUpdate.Post(
                id: UInt32(truncatingIfNeeded: entry.post.id), key: Self.key(of: entry.post, tags, site.documents))
        }.sorted { $0.id < $1.id }
        var print = Fingerprint()
        print.add(SearchIndex.version)
        for post in posts {
            print.add(Int(post.id))
            print.add(post.key)
        }
        self.posts = posts
        key = print.hash
    }

    /// Changes with everything that a post's words depend on.
    ///
    /// - Parameter tags: their revisions.
    private static func key(of post: PostRecord, _ tags: [Int: Int], _ documents: DocumentStore) -> ContentHash {
        var print = Fingerprint()
        print.add(SearchIndex.version)
        print.add(post.revision)
        for id in post.tagIDs {
            guard let revision = tags[id] else { continue }
            print.add(id)
            print.add(revision)
        }
        print.add(documents.uses(.init(post)).hash)
        return print.hash
    }

    /// Brings the table of the last build up to date.
    func update(workers: Int) async throws -> SearchUpdate.Result {
        do {
            return try await update(from: try store.table(), workers: workers)
        } catch is SearchRowFile.Damaged {
            return try await update(from: nil, workers: workers)
        }
    }

    private func update(from table: SearchTable?, workers: Int) async throws -> SearchUpdate.Result {
        let known = try table.flatMap { table throws(SiteError) in try store.shards(table.key) }
        var update = try SearchUpdate(try store.rows(), from: table, to: posts)
        let (missing, numbering) = (update.missing, update.numbering)
        try await withThrowingTaskGroup(of: [SearchRow].self) { group in
            var running = 0
            for start in stride(from: 0, to: missing.count, by: Self.batch) {
                if running > workers, let rows = try await group.next() {
                    try update.add(rows)
                    running -= 1
                }
                let part = missing[start..<min(start + Self.batch, missing.count)]
                group.addTask { numbering.rows(of: batch(part)) }
                running += 1
            }
            for try await rows in group { try update.add(rows) }
        }
        return try update.finish(key: key, known: known)
    }

    /// All files, when the table is up to date: their output is lost, or was made by a build that did not keep it.
    func everything() throws -> SearchUpdate.Result {
        do {
            return try everything(from: try store.table())
        } catch is SearchRowFile.Damaged {
            return try everything(from: nil)
        }
    }

    private func everything(from table: SearchTable?) throws -> SearchUpdate.Result {
        var update = try SearchUpdate(try store.rows(), from: table, to: posts)
        for start in stride(from: 0, to: update.missing.count, by: Self.batch) {
            let part = update.missing[start..<min(start + Self.batch, update.missing.count)]
            try update.add(update.numbering.rows(of: batch(part)))
        }
        let result = try update.finish(key: key, known: nil)
        if !update.missing.isEmpty {
            try site.documents.check()
            try store.save(result)
        }
        return result
    }

    private func batch(_ ids: ArraySlice<UInt32>) -> SearchBatch {
        SearchBatch(
            ids.compactMap { id in
                guard let position = site.index.position(ofPost: Int(id)), let place = posts.place(of: id) else {
                    return nil
                }
                let post = site.index.posts[position].post
                return SearchBatch.Source(
                    id: id, key: posts[place].key, title: post.title, tags: site.index.tags(of: post).map(\.name),
                    html: site.html(of: post))
            })
    }
}

extension [SearchUpdate.Post] {
    /// Where a post is, by halving; they are sorted by number.
    fileprivate func place(of id: UInt32) -> Int? {
        var range = indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self[middle].id == id { return middle }
            range = self[middle].id < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
