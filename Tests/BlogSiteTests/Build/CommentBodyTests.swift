import BlogConfiguration
import BlogModels
import Testing

@testable import BlogSite

@Suite struct CommentBodyTests {
    @Test func `a body in HTML is cleaned, in the page and in the JSON document`() async throws {
        var site = try await TestSite()
        site.configuration.api.enabled = true
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z")
        try await site.addComment(
            1, on: 1, by: "Guest", "<p onclick=x>Hi <b>there</b><script>a</script> <a href=http://x.org>x</a>",
            format: .html)
        try await site.addComment(2, on: 1, by: "Guest", "one\n\ntwo <i>three", format: .html)
        #expect(try await site.build().problems == [])
        let first = #"<p>Hi <b>there</b> <a href="http://x.org" rel="nofollow ugc">x</a></p>"#
        let page = try site.page("posts/first/index.html")
        #expect(page.contains(">\(first)\n"))
        #expect(page.contains("><p>one</p>\n<p>two <i>three</i></p>\n"))
        #expect(try site.page("api/v1/posts/1.json").contains(first.replacing("\"", with: "\\\"")))
    }

    @Test func `a body that is too long is cut, and the report says so`() async throws {
        let site = try await TestSite()
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z")
        try await site.addComment(1, on: 1, by: "Guest", String(repeating: "a ", count: 40_000), format: .html)
        try await site.addComment(2, on: 1, by: "Guest", String(repeating: "a ", count: 40_000))
        let report = try await site.build()
        #expect(
            report.problems
                == [1, 2].map { id in
                    .init(
                        .warning, page: "/posts/first/",
                        "comment \(id) is longer than 65536 bytes or nests its HTML deeper than 256 levels: the end of it is left out"
                    )
                })
        #expect(!report.hasErrors)
    }
}
