import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct FeedTests {
    @Test func `the JSON feed has dated posts with absolute addresses`() async throws {
        var site = try await TestSite()
        site.configuration.description = "About \"tests\""
        try await site.addSample()
        _ = try await Post.filter { $0.id == 1 }.update(
            .set(\.updatedAt, TestSite.date("2025-01-11T00:00:00Z")), .set(\.language, "de"), .set(\.image, "a b.png"),
            on: site.database)
        try await site.build()
        #expect(
            try site.page("feed.json")
                == #"{"version":"https://jsonfeed.org/version/1.1","title":"Test","home_page_url":"https://example.org/","#
                + #""feed_url":"https://example.org/feed.json","description":"About \"tests\"","language":"en","items":["#
                + #"{"id":"https://example.org/posts/third/","url":"https://example.org/posts/third/","title":"Third","#
                + #""content_html":"<p>Text of Third.</p>\n","summary":"Text of Third.","#
                + #""date_published":"2025-03-01T00:00:00Z","#
                + #""authors":[{"name":"bob","url":"https://example.org/authors/bob/"}],"tags":[]},"#
                + #"{"id":"https://example.org/posts/second/","url":"https://example.org/posts/second/","title":"Second","#
                + #""content_html":"<p>Text of Second.</p>\n","summary":"Text of Second.","#
                + #""date_published":"2025-02-13T10:20:30Z","authors":[{"name":"Ann Lee","#
                + #""url":"https://example.org/authors/ann/"},{"name":"bob","url":"https://example.org/authors/bob/"}],"#
                + #""tags":["SQL","Swift"]},"#
                + #"{"id":"https://example.org/posts/first/","url":"https://example.org/posts/first/","title":"First","#
                + #""content_html":"<p>Text of First.</p>\n","summary":"Text of First.","#
                + #""image":"https://example.org/posts/first/a%20b.png","date_published":"2025-01-10T00:00:00Z","#
                + #""date_modified":"2025-01-11T00:00:00Z","authors":[{"name":"Ann Lee","#
                + #""url":"https://example.org/authors/ann/"}],"tags":["Swift"],"language":"de"}]}"# + "\n")
    }

    @Test func `a feed has as many posts as the site says, or their summaries alone`() async throws {
        var site = try await TestSite()
        site.configuration.feed = FeedSettings()
        site.configuration.feed.items = 1
        site.configuration.feed.full = false
        try await site.addUser(1, "ann")
        try await site.addPost(1, "Old", at: "2025-01-01T00:00:00Z")
        try await site.addPost(2, "New", at: "2025-01-02T00:00:00Z", content: "Summary.\n\n<!--more-->\n\nRest.")
        try await site.build()
        for feed in ["feed.json", "feed.xml", "authors/ann/feed.xml"] {
            let text = try site.page(feed)
            #expect(text.contains("Summary."))
            #expect(!text.contains("Rest."), "\(feed)")
            #expect(!text.contains("posts/old/"), "\(feed)")
        }
    }

    @Test func `each tag and author has a feed of their own posts`() async throws {
        var templates = TestSite.allTemplates
        templates["feed.xml"] =
            "{{ page.title }} {{ page.canonical }} {{ link }}:{% for p in posts %} {{ p.id }}{% endfor %}"
        templates["tag.html"] = "{{ page.feed }}"
        templates["home.html"] = "{{ page.feed }}"
        let site = try await TestSite(templates: templates)
        try await site.addSample()
        _ = try await PostTag.insert(PostTag.New(post: .id(4), tag: .id(2), position: 0), on: site.database)
        try await site.build()
        #expect(
            try site.page("tags/sql/feed.xml")
                == "Test: SQL https://example.org/tags/sql/feed.xml https://example.org/tags/sql/: 2")
        #expect(
            try site.page("authors/bob/feed.xml")
                == "Test: bob https://example.org/authors/bob/feed.xml https://example.org/authors/bob/: 3 2")
        #expect(try site.page("feed.xml") == "Test https://example.org/feed.xml https://example.org/: 3 2 1")
        #expect(try site.page("atom.xml") == "Test https://example.org/: 3 2 1\n")
        #expect(try site.page("tags/sql/index.html") == "/tags/sql/feed.xml")
        #expect(try site.page("index.html") == "/feed.xml")
    }
}
