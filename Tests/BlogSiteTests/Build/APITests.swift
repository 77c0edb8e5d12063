import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct APITests {
    /// A site of two posts, a page of the API holding one row.
    private func built() async throws -> TestSite {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        site.configuration.api.perPage = 1
        try await site.addUser(1, "ann", fullName: "Ann \"A\" Lee")
        try await site.addUser(2, "gone", isActive: false)
        try await site.addTag(1, "Swift")
        try await site.addTag(2, "SQL")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", views: 4, tags: [1])
        try await site.addPost(2, "Second", at: "2025-02-13T10:20:30.5Z", content: "[a](b)", views: 1, tags: [1, 2])
        try await site.addComment(1, on: 2, by: "Guest", "Hi", url: "https://guest.example/")
        try await site.addComment(2, on: 2, by: "x", "Answer", parent: 1, author: 1)
        try await site.build()
        return site
    }

    @Test func `each document has the documented shape`() async throws {
        let site = try await built()
        let second =
            #"{"id":2,"title":"Second","slug":"second","url":"https://example.org/posts/second/","excerpt":"a","#
            + #""author":{"id":1,"username":"ann"},"tags":[{"id":1,"name":"Swift","slug":"swift"},"#
            + #"{"id":2,"name":"SQL","slug":"sql"}],"view_count":1,"comment_count":2,"#
            + #""created_at":"2025-02-13T10:20:30.5Z","updated_at":"2025-02-13T10:20:30.5Z","#
            + #""published_at":"2025-02-13T10:20:30.5Z"}"#
        let expected: [String: String] = [
            "users":
                #"{"users":[{"id":1,"username":"ann","full_name":"Ann \"A\" Lee","post_count":2}],"#
                + #""pagination":{"total":1,"limit":1,"offset":0,"has_next":false,"pages":1}}"#,
            "users/page/1":
                #"{"users":[{"id":1,"username":"ann","full_name":"Ann \"A\" Lee","post_count":2}],"#
                + #""page":{"number":1,"limit":1,"prev":null,"next":"https://example.org/api/v1/users/page/2.json"}}"#,
            "users/page/2":
                #"{"users":[],"page":{"number":2,"limit":1,"prev":"https://example.org/api/v1/users/page/1.json","#
                + #""next":null}}"#,
            "users/1":
                #"{"id":1,"username":"ann","full_name":"Ann \"A\" Lee","bio":null,"url":null,"post_count":2,"#
                + #""total_views":5,"created_at":"2024-01-01T00:00:00Z"}"#,
            "users/1/posts":
                #"{"posts":[\#(second)],"pagination":{"total":2,"limit":1,"offset":0,"has_next":true}}"#,
            "posts":
                #"{"posts":[\#(second)],"pagination":{"total":2,"limit":1,"offset":0,"has_next":true,"pages":2}}"#,
            "posts/page/2":
                #"{"posts":[\#(second)],"page":{"number":2,"limit":1,"#
                + #""prev":"https://example.org/api/v1/posts/page/1.json","#
                + #""next":"https://example.org/api/v1/posts/page/3.json"}}"#,
            "posts/2":
                #"{"id":2,"title":"Second","slug":"second","url":"https://example.org/posts/second/","excerpt":"a","#
                + #""content":"[a](b)","html":"<p><a href=\"https://example.org/posts/second/b\">a</a></p>\n","#
                + #""author":{"id":1,"username":"ann"},"tags":[{"id":1,"name":"Swift","slug":"swift"},"#
                + #"{"id":2,"name":"SQL","slug":"sql"}],"comments":[{"id":1,"content":"<p>Hi</p>\n","#
                + #""author":{"id":null,"username":null,"name":"Guest","url":"https://guest.example/"},"#
                + #""created_at":"2025-06-01T00:00:01Z","replies":[{"id":2,"content":"<p>Answer</p>\n","#
                + #""author":{"id":1,"username":"ann","name":"Ann \"A\" Lee","url":null},"#
                + #""created_at":"2025-06-01T00:00:02Z","replies":[]}]}],"view_count":1,"#
                + #""related":[{"id":1,"title":"First","slug":"first","url":"https://example.org/posts/first/"}],"#
                + #""created_at":"2025-02-13T10:20:30.5Z","updated_at":"2025-02-13T10:20:30.5Z","#
                + #""published_at":"2025-02-13T10:20:30.5Z"}"#,
            "posts/search":
                #"{"posts":[{"id":1,"title":"First","slug":"first","url":"https://example.org/posts/first/","#
                + #""excerpt":"Text of First.","author":"ann","tags":["Swift"],"view_count":4,"#
                + #""created_at":"2025-01-10T00:00:00Z"},{"id":2,"title":"Second","slug":"second","#
                + #""url":"https://example.org/posts/second/","excerpt":"a","author":"ann","tags":["Swift","SQL"],"#
                + #""view_count":1,"created_at":"2025-02-13T10:20:30.5Z"}]}"#,
            "tags":
                #"{"tags":[{"id":2,"name":"SQL","slug":"sql","post_count":1},"#
                + #"{"id":1,"name":"Swift","slug":"swift","post_count":2}]}"#,
            "tags/sql":
                #"{"id":2,"name":"SQL","slug":"sql","post_count":1,"related":[{"slug":"swift","weight":1}],"#
                + #""posts":[\#(second)],"pagination":{"total":1,"limit":1,"offset":0,"has_next":false}}"#,
            "stats":
                #"{"total_users":1,"total_posts":2,"total_comments":2,"total_views":5,"average_views":2.5,"#
                + #""top_authors":[{"id":1,"username":"ann","full_name":"Ann \"A\" Lee","post_count":2}],"#
                + #""top_posts":[{"id":1,"title":"First","slug":"first","url":"https://example.org/posts/first/","view_count":4},"#
                + #"{"id":2,"title":"Second","slug":"second","url":"https://example.org/posts/second/","view_count":1}],"#
                + #""tags":[{"id":1,"name":"Swift","slug":"swift","post_count":2},"#
                + #"{"id":2,"name":"SQL","slug":"sql","post_count":1}],"#
                + #""posts_per_month":[{"month":"2025-01","count":1},{"month":"2025-02","count":1}]}"#,
        ]
        for (name, json) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(try site.page("api/v1/\(name).json") == json + "\n", "\(name)")
        }
        #expect(!site.exists("api/v1/users/2.json"))
    }

    @Test func `every document is valid JSON and every route of the first one exists`() async throws {
        let site = try await built()
        for path in try site.files() where path.hasSuffix(".json") {
            _ = try JSONSerialization.jsonObject(with: Data(try site.page(path).utf8))
        }
        let start =
            try JSONSerialization.jsonObject(with: Data(try site.page("api/v1/index.json").utf8)) as? [String: Any]
        let routes = try #require(start?["routes"] as? [String: String])
        for route in routes.values where !route.contains("{") {
            #expect(site.exists(String(route.dropFirst("https://example.org/".count))), "\(route)")
        }
        #expect(start?["counts"] as? [String: Int] == ["users": 1, "posts": 2, "comments": 2, "tags": 2])
    }

    @Test func `a full page of the API stays as it is when a new post comes`() async throws {
        let site = try await built()
        let before = try site.folder.identity("output/api/v1/posts/page/2.json")
        try await site.addPost(3, "Third", at: "2025-12-01T00:00:00Z")
        try await site.build()
        #expect(try site.folder.identity("output/api/v1/posts/page/2.json") == before)
        #expect(try site.page("api/v1/posts/page/3.json").contains(#""title":"Third""#))
    }
}
