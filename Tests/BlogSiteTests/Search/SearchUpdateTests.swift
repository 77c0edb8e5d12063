import Foundation
import ORMTesting
import Testing

@testable import BlogSite

@Suite struct SearchUpdateTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func source(_ id: UInt32, _ title: String, tags: [String] = [], _ html: String = "") -> SearchBatch.Source {
        .init(id: id, key: ContentHash(of: "\(id)\(title)\(tags)\(html)"), title: title, tags: tags, html: html)
    }

    /// Brings what the folder has up to date with the posts, the files of the index with it.
    private func update(
        _ posts: [SearchBatch.Source], in folder: TemporaryFolder? = nil, limit: Int = SearchLayout.limit,
        reach: Int = SearchTexts.reach
    ) throws -> SearchUpdate.Result {
        let store = SearchStore(stateFolder: (folder ?? self.folder).path)
        let table = try store.table()
        let known = try table.flatMap { try store.shards($0.key) }
        let posts = posts.sorted { $0.id < $1.id }
        var update = try SearchUpdate(
            store.rows(), from: table, to: posts.map { .init(id: $0.id, key: $0.key) }, limit: limit, reach: reach)
        let missing = update.missing.compactMap { id in posts.first { $0.id == id } }
        for start in stride(from: 0, to: missing.count, by: 3) {
            let batch = SearchBatch(Array(missing[start..<min(start + 3, missing.count)]))
            try update.add(update.numbering.rows(of: batch))
        }
        let result = try update.finish(key: ContentHash(of: "\(posts.map(\.key))"), known: known)
        try store.save(result)
        return result
    }

    private func texts(_ result: SearchUpdate.Result) -> [String: String] {
        Dictionary(uniqueKeysWithValues: result.made.map { ($0.prefix, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    private func texts(
        _ posts: [SearchBatch.Source], limit: Int = SearchLayout.limit, reach: Int = SearchTexts.reach
    ) throws -> [String: String] {
        texts(try update(posts, in: try TemporaryFolder(), limit: limit, reach: reach))
    }

    @Test func `a word leads to titles first, then tags, then texts, and among those to the newest`() throws {
        let texts = try texts([
            source(1, "Swift", tags: ["Swift"]), source(2, "Other", "<p>swift</p>"), source(3, "x", tags: ["swift"]),
            source(4, "More Swift", "swift swift swift swift"), source(5, "y", "swift"), source(9, "z", "swift swift"),
        ])
        #expect(
            texts == [
                "": #"{"more":[[16,4]],"other":[[16,2]],"swift":[[24,1],[19,4],[8,3],[2,9],[1,5,3]]}"# + "\n"
            ])
    }

    @Test func `a word leads to no more posts than the reach says`() throws {
        let posts = (1...5).map { source($0, $0 == 2 ? "word" : "zz", "word") }
        #expect(try texts(posts, reach: 3) == ["": #"{"word":[[17,2],[1,5,1]],"zz":[[16,5,1,1]]}"# + "\n"])
    }

    @Test func `too many words are cut by their next characters until each file is short`() throws {
        let result = try update(
            [source(1, "aa ab ac abba abbb b ba bb", "cd"), source(2, "ä ça 東京 東", "")], limit: 60)
        let words = result.made.flatMap { shard in
            shard.bytes.split(separator: UInt8(ascii: "\"")).enumerated().filter { $0.offset % 2 == 1 }.map {
                (shard.prefix, String(decoding: $0.element, as: UTF8.self))
            }
        }
        #expect(words.map(\.1).sorted() == ["aa", "ab", "abba", "abbb", "ac", "ba", "bb", "ca", "cd", "東", "東京"])
        for (prefix, word) in words { #expect(word.hasPrefix(prefix)) }
        // A word stands in the file of the longest prefix that it begins with.
        let prefixes = result.shards.map(\.prefix)
        for (prefix, word) in words {
            #expect(prefixes.filter { word.hasPrefix($0) }.max { $0.count < $1.count } == prefix, "\(word)")
        }
        for shard in result.made { #expect(shard.bytes.count <= 63, "\(shard.prefix)") }
        #expect(result.made.count > 2)
        #expect(prefixes == prefixes.sorted())
    }

    @Test func `names of files are made of letters and digits that every host takes`() {
        #expect(
            ["", "a", "x1", "é", "東京", "a_b"].map(SearchLayout.fileName) == [
                "_", "a", "x1", "_e9_", "_6771__4eac_", "a_5f_b",
            ])
    }

    @Test func `an edit makes the files that have its words and no others`() throws {
        let posts = ["apple", "banana", "cherry"].enumerated().map { source(UInt32($0.offset + 1), $0.element) }
        let first = try update(posts, limit: 10)
        #expect(first.made.map(\.prefix) == ["", "b", "c"])
        let second = try update([posts[0], source(2, "banana", "cherry"), posts[2]], limit: 10)
        #expect(texts(second) == ["c": #"{"cherry":[[16,3],[1,2]]}"# + "\n"])
        #expect(second.shards.map(\.prefix) == ["", "b", "c"])
        #expect(second.shards.prefix(2) == first.shards.prefix(2))
        #expect(try update(posts.dropLast(), limit: 10).shards.map(\.prefix) == ["", "b"])
    }

    @Test(arguments: 1...6)
    func `any posts that come, change and go leave the files that a new index has`(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let letters = Array("aabbcdé東京")
        func text(_ count: Int) -> String {
            (0..<count).map { _ in
                String(
                    (0..<Int.random(in: 2...4, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a"
                    })
            }.joined(separator: " ")
        }
        var posts: [UInt32: SearchBatch.Source] = [:]
        var published: [String: [UInt8]] = [:]
        for step in 0..<60 {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let id = UInt32.random(in: 1...12, using: &random)
                let isGone = Int.random(in: 0..<4, using: &random) == 0
                posts[id] =
                    isGone ? nil : source(id, text(2), tags: [text(1)], text(Int.random(in: 0..<30, using: &random)))
            }
            let sources = posts.values.sorted { $0.id < $1.id }
            let result = try update(sources, limit: 90, reach: 3)
            for file in result.made { published[file.prefix] = file.bytes }
            published = published.filter { file in result.shards.contains { $0.prefix == file.key } }
            let whole = try update(sources, in: try TemporaryFolder(), limit: 90, reach: 3)
            #expect(result.shards == whole.shards, "step \(step)")
            for file in whole.made where published[file.prefix] != file.bytes {
                Issue.record("step \(step): \(file.prefix) differs")
            }
            #expect(published.count == whole.made.count)
        }
    }

    // MARK: What is kept

    @Test func `a table reads back equal, and a damaged one not at all`() throws {
        let table = try update([source(7, "One two", "three"), source(300, "two", "東京")]).table
        let read = try #require(SearchTable(bytes: table.bytes))
        #expect(read.key == table.key)
        #expect(read.words.text == table.words.text)
        #expect(read.words.ends == table.words.ends)
        #expect(read.facts == table.facts)
        #expect(read.order == table.order)
        #expect(read.rows == table.rows)
        #expect(read.rows.map(\.id) == [7, 300])
        #expect(read.end == table.end)
        let bytes = table.bytes
        for length in 0..<bytes.count {
            #expect(SearchTable(bytes: Array(bytes.prefix(length))) == nil, "\(length)")
        }
        for place in bytes.indices {
            var bytes = bytes
            bytes[place] ^= 1
            #expect(SearchTable(bytes: bytes) == nil, "\(place)")
        }
    }

    @Test func `a row reads back equal, and a damaged one not at all`() throws {
        let state = try FileDescriptor.folder(folder.path, create: true)
        let file = try SearchRowFile(state, name: "rows")
        let rows = [
            SearchRow(id: 7, key: ContentHash(of: "7"), entries: [0, 33, 34 << 5 | 31, 5_000_000 << 5 | 1]),
            SearchRow(id: 9, key: ContentHash(of: "9"), entries: []),
        ]
        var end = 0
        let places = try file.append(rows, at: &end)
        #expect(try places.map { try file.entries(at: $0) } == rows.map(\.entries))
        #expect(end == places[1].offset + places[1].count)
        var other = places[0]
        other.id = 8
        #expect(throws: SearchRowFile.Damaged.self) { try file.entries(at: other) }
        let url = URL(filePath: folder.full("rows"))
        let bytes = try Data(contentsOf: url)
        for place in 0..<places[0].count {
            var bytes = bytes
            bytes[place] ^= 4
            try bytes.write(to: url)
            let file = try SearchRowFile(state, name: "rows")
            #expect(throws: SearchRowFile.Damaged.self, "\(place)") { try file.entries(at: places[0]) }
        }
        try bytes.prefix(places[0].count - 1).write(to: url)
        #expect(throws: SearchRowFile.Damaged.self) { try SearchRowFile(state, name: "rows").entries(at: places[0]) }
    }

    @Test func `rows that no post has any more do not pile up`() throws {
        for step in 0..<40 {
            _ = try update((1...4).map { source($0, "post \($0)", $0 == 1 ? "step \(step)" : "text of it") })
        }
        let size = try Data(contentsOf: URL(filePath: folder.full("search.rows"))).count
        #expect(size < 1_000)
    }
}
