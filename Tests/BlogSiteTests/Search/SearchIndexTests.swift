import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct SearchIndexTests {
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
        for file in ["search.words", "search.rows"] {
            try site.folder.delete("output")
            try site.folder.delete(".blog/\(file)")
            try await site.build()
            #expect(try site.contents() == whole, "\(file)")
        }
    }

    @Test(arguments: ["search.words", "search.rows", "search.shards"])
    func `words that are damaged on disk are found anew`(file: String) async throws {
        let site = try await sample()
        try await site.build()
        let path = URL(filePath: site.folder.full(".blog/\(file)"))
        let size = try Data(contentsOf: path).count
        for step in 0..<6 {
            var bytes = try Data(contentsOf: path)
            for place in bytes.indices where place % 6 == step { bytes[place] ^= 0x55 }
            try bytes.prefix(step == 5 ? size / 2 : bytes.count).write(to: path)
            _ = try await Post.filter { $0.id == 2 }.update(.set(\.content, "giraffe \(step)"), on: site.database)
            try await site.build()
            #expect(try site.undatedContents() == (try await site.builtFromScratch()), "\(step)")
        }
    }

    @Test func `words are not taken from bodies that are damaged on disk`() async throws {
        let site = try await sample()
        try await site.build()
        let whole = try site.contents()
        let pack = URL(filePath: site.folder.full(".blog/documents.pack"))
        try Data(count: try Data(contentsOf: pack).count).write(to: pack)
        for file in ["words", "rows", "shards"] { try site.folder.delete(".blog/search.\(file)") }
        try await site.build { $0.force = true }
        #expect(try site.contents() == whole)
    }

    @Test(arguments: [
        ("short", "short"), (String(repeating: "word ", count: 40), String(repeating: "word ", count: 31) + "word …"),
    ])
    func `an excerpt is cut at a space`(text: String, cut: String) {
        #expect(SearchFiles.cut(text) == cut)
    }
}
