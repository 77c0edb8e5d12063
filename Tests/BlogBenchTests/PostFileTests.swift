import Testing

@testable import BlogBench

@Suite struct PostFileTests {
    private func posts(_ count: Int, seed: UInt64) throws -> [(path: String, text: String)] {
        var posts: [(String, String)] = []
        try Corpus(CorpusSettings(posts: count, comments: 0, seed: seed)).write { path, text in
            if path.hasPrefix("content/posts/") { posts.append((path, text)) }
        }
        return posts
    }

    @Test func frontMatterHasTheKeysOfAnOrdinaryPost() throws {
        for (path, text) in try posts(200, seed: 1) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let end = try #require(lines.dropFirst().firstIndex(of: "---"), "\(path)")
            #expect(lines[0] == "---")
            let keys = lines[1..<end].filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
            #expect(keys.filter { $0 != "updated" } == ["title", "date", "author", "tags", "description"], "\(path)")
            #expect(lines[end + 1] == "")
        }
    }

    @Test func linksToOtherPostsLeadToPostsOfTheSameSite() throws {
        let posts = try posts(200, seed: 6)
        let paths = Set(posts.map { "/posts/" + $0.path.dropFirst("content/posts/".count).dropLast(".md".count) + "/" })
        var links = 0
        for post in posts {
            for link in post.text.matches(of: /\]\((\/[^)]*)\)/) {
                links += 1
                #expect(paths.contains(String(link.1)), "\(post.path)")
            }
        }
        #expect(links > 100)
    }

    @Test func everyElementOfMarkdownThatBlogsUseOccurs() throws {
        let all = try posts(300, seed: 3).map(\.text).joined()
        let elements = [
            "\n## ", "\n### ", "\n- ", "\n1. ", "\n- [x] ", "\n  * ", "\n> ", "\n| ---", "[^", "](https://",
            "](/posts/", "**", "<!--more-->",
        ]
        for element in elements { #expect(all.contains(element), "\(element)") }
        for language in CodeSamples.byLanguage.keys { #expect(all.contains("\n```\(language)\n"), "\(language)") }
        #expect(!all.contains("«") && !all.contains("»"))
    }

    @Test func aScalarIsQuotedForYaml() {
        #expect("a \"b\" \\ c\nd: é".yamlQuoted == #""a \"b\" \\ c\nd: é""#)
    }
}
