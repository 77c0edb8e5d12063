import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct SearchIndexTests {
    private func source(_ id: UInt32, _ title: String, tags: [String] = [], _ html: String = "") -> SearchTable.Source {
        .init(id: id, key: ContentHash(of: "\(id)"), title: title, tags: tags, html: html)
    }

    private func texts(_ shards: SearchShards) -> [String: String] {
        Dictionary(uniqueKeysWithValues: shards.shards.map { ($0.prefix, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test func `a word leads to titles first, then tags, then texts, and among those to the newest`() {
        let table = SearchTable([
            source(1, "Swift", tags: ["Swift"]), source(2, "Other", "<p>swift</p>"), source(3, "x", tags: ["swift"]),
            source(4, "More Swift", "swift swift swift swift"), source(5, "y", "swift"), source(9, "z", "swift swift"),
        ])
        #expect(
            texts(SearchShards(table)) == [
                "": #"{"more":[[16,4]],"other":[[16,2]],"swift":[[24,1],[19,4],[8,3],[2,9],[1,5,3]]}"# + "\n"
            ])
    }

    @Test func `a word leads to no more posts than the reach says`() {
        let table = SearchTable((1...5).map { source($0, $0 == 2 ? "word" : "zz", "word") })
        let text = texts(SearchShards(table, reach: 3))[""]
        #expect(text == #"{"word":[[17,2],[1,5,1]],"zz":[[16,5,1,1]]}"# + "\n")
    }

    @Test func `too many words are cut by their next characters until each file is short`() {
        let table = SearchTable([
            source(1, "aa ab ac abba abbb b ba bb", "cd"), source(2, "ä ça 東京 東", ""),
        ])
        let shards = SearchShards(table, limit: 60)
        let words = shards.shards.flatMap { shard in
            shard.bytes.split(separator: UInt8(ascii: "\"")).enumerated().filter { $0.offset % 2 == 1 }.map {
                (shard.prefix, String(decoding: $0.element, as: UTF8.self))
            }
        }
        #expect(words.map(\.1).sorted() == ["aa", "ab", "abba", "abbb", "ac", "ba", "bb", "ca", "cd", "東", "東京"])
        for (prefix, word) in words { #expect(word.hasPrefix(prefix)) }
        // A word stands in the file of the longest prefix that it begins with.
        let prefixes = shards.shards.map(\.prefix)
        for (prefix, word) in words {
            #expect(prefixes.filter { word.hasPrefix($0) }.max { $0.count < $1.count } == prefix, "\(word)")
        }
        for shard in shards.shards { #expect(shard.bytes.count <= 63, "\(shard.prefix)") }
        #expect(shards.shards.count > 2)
    }

    @Test func `names of files are made of letters and digits that every host takes`() {
        #expect(
            ["", "a", "x1", "é", "東京", "a_b"].map(SearchShards.fileName) == [
                "_", "a", "x1", "_e9_", "_6771__4eac_", "a_5f_b",
            ])
    }

    @Test func `a table reads back equal, and a damaged one not at all`() throws {
        var table = SearchTable([source(7, "One two", "three"), source(300, "two", "東京")])
        let read = try #require(SearchTable(bytes: table.bytes))
        #expect(read.words == table.words)
        #expect(read.rows.map(\.id) == [7, 300])
        #expect(read.rows.map(\.entries) == table.rows.map(\.entries))
        let bytes = table.bytes
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(SearchTable(bytes: Array(bytes.prefix(length))) == nil, "\(length)")
        }
        table.add([SearchTable([source(8, "two four")])])
        #expect(table.rows.map(\.id) == [7, 8, 300])
        let before = texts(SearchShards(table))
        table.rows.removeAll { $0.id != 8 }
        table.compact()
        #expect(table.words.sorted() == ["four", "two"])
        #expect(texts(SearchShards(table)) == ["": #"{"four":[[16,8]],"two":[[16,8]]}"# + "\n"])
        #expect(before.count == 1)
    }

    // MARK: In a build

    private func sample() async throws -> TestSite {
        let site = try await TestSite(templates: TestSite.allTemplates)
        try await site.addSample()
        return site
    }

    @Test func `a site has the files that the search page reads and no word of what readers do not see`() async throws {
        let site = try await sample()
        try await site.build { $0.baseURL = "https://example.org/blog/" }
        #expect(try site.page("search/index.html") == "/blog/search/index.json\n")
        #expect(try site.page("search/index.json") == #"{"version":1,"chunk":20,"posts":4,"shards":[""]}"# + "\n")
        #expect(
            try site.page("search/words/_.json")
                == #"{"first":[[17,1]],"of":[[1,4,1,1,1]],"second":[[17,2]],"sql":[[8,2]],"swift":[[8,2,1]],"#
                + #""text":[[1,4,1,1,1]],"third":[[17,3]],"undated":[[17,4]]}"# + "\n")
        #expect(
            try site.page("search/posts/0.json")
                == #"{"1":["First","/blog/posts/first/","2025-01-10","Text of First."],"#
                + #""2":["Second","/blog/posts/second/","2025-02-13","Text of Second."],"#
                + #""3":["Third","/blog/posts/third/","2025-03-01","Text of Third."],"#
                + #""4":["Undated","/blog/posts/undated/",null,"Text of Undated."]}"# + "\n")
    }

    @Test func `an edit changes the words, and views and comments touch no file of the index`() async throws {
        let site = try await sample()
        try await site.build()
        let files = try site.files().filter { $0.hasPrefix("search/") }
        let before = try files.map { try site.folder.identity("output/\($0)") }
        _ = try await Post.filter { $0.id == 2 }.update(.set(\.viewCount, 99), on: site.database)
        try await site.addComment(1, on: 1, by: "Guest", "zebra")
        try await site.build()
        #expect(try files.map { try site.folder.identity("output/\($0)") } == before)
        _ = try await Post.filter { $0.id == 2 }.update(.set(\.content, "giraffe"), on: site.database)
        try await site.build()
        let words = try site.page("search/words/_.json")
        #expect(words.contains(#""giraffe":[[1,2]]"#))
        #expect(words.contains(#""second":[[16,2]]"#))
        #expect(words.contains(#""of":[[1,4,1,2]]"#))
    }

    @Test func `a lost output folder is filled again though the words are known`() async throws {
        let site = try await sample()
        try await site.build()
        let whole = try site.contents()
        try site.folder.delete("output")
        try await site.build()
        #expect(try site.contents() == whole)
        try site.folder.delete("output")
        try site.folder.delete(".blog/search.words")
        try await site.build()
        #expect(try site.contents() == whole)
    }

    @Test(arguments: [
        ("short", "short"), (String(repeating: "word ", count: 40), String(repeating: "word ", count: 31) + "word …"),
    ])
    func `an excerpt is cut at a space`(text: String, cut: String) {
        #expect(SearchFiles.cut(text) == cut)
    }
}
