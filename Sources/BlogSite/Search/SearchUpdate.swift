import Synchronization

/// Brings the words of all posts up to date and makes the files of the index that other words changed, and no others.
///
/// What a shard says depends on the rows of posts alone, and on how long the lists of all words are, which decides where
/// shards are cut. A post that is added, changed or taken away changes the lists of the words that have another weight in it
/// than before. The layout is made anew from all lengths; a shard that has the same words as before, none of them changed,
/// is the same file.
struct SearchUpdate {
    /// A post and what its words depend on.
    struct Post: Sendable {
        var id: UInt32
        var key: ContentHash
    }

    /// A file that this update made.
    struct Made: Sendable {
        var prefix: String
        var bytes: [UInt8]
    }

    /// What comes of it.
    struct Result: Sendable {
        var table: SearchTable
        var shards: [SearchIndex.Shard]
        /// The shards that are not as they were.
        var made: [Made]
    }

    /// Gives words their places, for several batches at once.
    final class Numbering: Sendable {
        fileprivate let words: Mutex<WordList>

        fileprivate init(_ words: WordList) { self.words = Mutex(words) }

        /// The rows of a batch with the places that its words have here.
        func rows(of batch: SearchBatch) -> [SearchRow] {
            let places = words.withLock { words in
                (0..<batch.words.count).map { place in
                    UInt32(batch.words[place].withUnsafeBufferPointer { words.place(of: $0) })
                }
            }
            return batch.rows(at: places)
        }
    }

    private let file: SearchRowFile
    private let old: SearchTable
    private let oldLayout: SearchLayout?
    private let limit: Int
    private let reach: Int
    private var table: SearchTable
    /// Rows of the last build that are gone or become others, by post.
    private var gone: [UInt32: SearchRowFile.Place] = [:]
    /// By a word's place: whether its list is another one now.
    private var isTouched: [Bool]
    let numbering: Numbering
    /// The posts whose rows are to be added, the newest first.
    let missing: [UInt32]

    /// - Parameters:
    ///   - old: the table of the last build; nil to find all words anew.
    ///   - posts: by number.
    ///   - limit: how long a file may be.
    ///   - reach: how many posts a word leads to.
    init(
        _ file: SearchRowFile, from old: SearchTable?, to posts: [Post], limit: Int = SearchLayout.limit,
        reach: Int = SearchTexts.reach
    ) throws {
        self.file = file
        self.limit = limit
        self.reach = reach
        var old = old ?? SearchTable()
        var (kept, gone, missing) = Self.compare(old, posts)
        // Most of the file is rows that no post has any more: a new one takes their place.
        if kept.reduce(0, { $0 + $1.count }) * 2 < old.end {
            old = SearchTable()
            kept = []
            gone = [:]
            missing = posts.map(\.id)
        }
        if old.end == 0 { try file.truncate(to: 0) }
        self.old = old
        self.gone = gone
        self.missing = missing.reversed()
        oldLayout = old.key == .unknown ? nil : SearchLayout(old, limit: limit)
        table = old
        table.rows = kept
        isTouched = [Bool](repeating: false, count: old.words.count)
        numbering = Numbering(old.words)
    }

    private static func compare(
        _ old: SearchTable, _ posts: [Post]
    ) -> (kept: [SearchRowFile.Place], gone: [UInt32: SearchRowFile.Place], missing: [UInt32]) {
        var kept: [SearchRowFile.Place] = []
        kept.reserveCapacity(posts.count)
        var gone: [UInt32: SearchRowFile.Place] = [:]
        var missing: [UInt32] = []
        var next = posts.startIndex
        for row in old.rows {
            while next < posts.endIndex, posts[next].id < row.id {
                missing.append(posts[next].id)
                next += 1
            }
            if next < posts.endIndex, posts[next].id == row.id {
                if posts[next].key == row.key {
                    kept.append(row)
                } else {
                    gone[row.id] = row
                    missing.append(row.id)
                }
                next += 1
            } else {
                gone[row.id] = row
            }
        }
        missing += posts[next...].map(\.id)
        return (kept, gone, missing)
    }

    /// Takes rows of missing posts.
    mutating func add(_ rows: [SearchRow]) throws {
        for row in rows {
            let before = try gone.removeValue(forKey: row.id).map { try file.entries(at: $0) } ?? []
            try replace(before, with: row.entries)
        }
        table.rows += try file.append(rows, at: &table.end)
    }

    private mutating func replace(_ before: [UInt32], with after: [UInt32]) throws {
        typealias Weight = SearchRow.Weight
        var (old, new) = (before.startIndex, after.startIndex)
        while old < before.endIndex || new < after.endIndex {
            let left = old < before.endIndex ? before[old] : .max
            let right = new < after.endIndex ? after[new] : .max
            let word = min(left, right) >> Weight.bits
            let (had, has) = (left >> Weight.bits == word, right >> Weight.bits == word)
            if had { old += 1 }
            if has { new += 1 }
            if had && has && left == right { continue }
            try touch(Int(word), (has ? 1 : 0) - (had ? 1 : 0))
        }
    }

    private mutating func touch(_ word: Int, _ change: Int) throws {
        if word >= table.facts.count {
            // A word of a row that was there before is in the table.
            guard change > 0 else { throw SearchRowFile.Damaged() }
            let count = word + 1 - table.facts.count
            table.facts += repeatElement(SearchTable.Word(), count: count)
            isTouched += repeatElement(false, count: count)
        }
        let count = Int(table.facts[word].count) + change
        guard count >= 0 else { throw SearchRowFile.Damaged() }
        table.facts[word].count = UInt32(count)
        isTouched[word] = true
    }

    /// Makes the files, once all missing rows are added.
    ///
    /// - Parameters:
    ///   - key: of all posts.
    ///   - known: the shards of the last build, if they were made from the words of the table that the update began with; nil
    ///     to have each shard made, whether it changed or not.
    mutating func finish(key: ContentHash, known: [SearchIndex.Shard]?) throws -> Result {
        for row in gone.values { try replace(try file.entries(at: row), with: []) }
        table.key = key
        table.words = numbering.words.withLock { $0 }
        // Words of a post that was left out in the middle are in no row.
        let unknown = table.words.count - table.facts.count
        table.facts += repeatElement(SearchTable.Word(), count: unknown)
        isTouched += repeatElement(false, count: unknown)
        table.order = Self.merge(old.order, table.words)
        table.rows.sort { $0.id < $1.id }

        let before = Self.lastShards(oldLayout, known)
        var texts = SearchTexts(wordCount: table.words.count, reach: reach)
        let isTouched = isTouched
        let touched = table.order.filter { isTouched[Int($0)] && table.facts[Int($0)].count > 0 }
        try texts.make(before == nil ? table.used : likelyWords, table, file)
        try texts.make(touched, table, file)
        for word in touched { table.facts[Int(word)].size = UInt32(texts[word]?.count ?? 0) }
        for (word, isTouched) in isTouched.enumerated() where isTouched && table.facts[word].count == 0 {
            table.facts[word].size = 0
        }

        let layout = SearchLayout(table, limit: limit)
        let changed = layout.shards.filter { shard in
            guard let last = before?[shard.prefix], last.words == shard.words else { return true }
            return shard.words.contains { isTouched[Int($0)] }
        }
        try texts.make(changed.flatMap(\.words), table, file)
        let made = changed.map { Made(prefix: $0.prefix, bytes: Self.document($0, texts)) }
        let hashes = Dictionary(
            made.map { ($0.prefix, ContentHash(of: $0.bytes)) }, uniquingKeysWith: { first, _ in first })
        let shards = layout.shards.map { shard in
            SearchIndex.Shard(
                prefix: shard.prefix, hash: hashes[shard.prefix] ?? before?[shard.prefix]?.hash ?? .unknown)
        }
        return Result(table: table, shards: shards, made: made)
    }

    private struct LastShard {
        var hash: ContentHash
        var words: [UInt32]
    }

    /// The shards of the last build, if those on record are those that its table gives.
    private static func lastShards(
        _ layout: SearchLayout?, _ known: [SearchIndex.Shard]?
    ) -> [String: LastShard]? {
        guard let layout, let known, layout.shards.map(\.prefix) == known.map(\.prefix) else { return nil }
        return Dictionary(
            zip(layout.shards, known).map { ($0.prefix, LastShard(hash: $1.hash, words: $0.words)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The words whose lists will probably be needed, so that rows are read once: those of the shards with touched words, as
    /// the lengths of the last build cut them.
    private var likelyWords: [UInt32] {
        var table = table
        // New words have no length yet.
        for word in table.facts.indices where table.facts[word].size == 0 { table.facts[word].size = 24 }
        return SearchLayout(table, limit: limit).shards.map(\.words)
            .filter { words in words.contains { isTouched[Int($0)] } }.flatMap(\.self)
    }

    /// All places in the order of their words, from those that are in order and new ones behind them.
    private static func merge(_ old: [UInt32], _ words: WordList) -> [UInt32] {
        let new = words.sorted(old.count..<words.count)
        guard !new.isEmpty else { return old }
        var merged: [UInt32] = []
        merged.reserveCapacity(words.count)
        var next = old.startIndex
        for word in new {
            while next < old.endIndex, words.precedes(Int(old[next]), Int(word)) {
                merged.append(old[next])
                next += 1
            }
            merged.append(word)
        }
        return merged + old[next...]
    }

    private static func document(_ shard: SearchLayout.Shard, _ texts: SearchTexts) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for word in shard.words {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: texts[word] ?? [])
        }
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }
}
