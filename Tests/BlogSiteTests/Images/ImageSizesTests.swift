import BlogConfiguration
import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct ImageSizesTests {
    /// The head of a GIF file.
    private func gif(_ width: UInt8, _ height: UInt8, _ rest: String = "") -> String {
        "GIF89a" + String(UnicodeScalar(width)) + "\0" + String(UnicodeScalar(height)) + "\0\0\0\0" + rest
    }

    /// Two posts; the first has its own folder.
    private func site(_ text: String) async throws -> TestSite {
        let site = try await TestSite(templates: TestSite.templates.filter { $0.key != "sitemap.xml" })
        try await site.addUser(1, "ann")
        try await site.addPost(1, "First", at: "2025-01-10T00:00:00Z", content: text)
        try await site.addPost(2, "Second", at: "2025-01-11T00:00:00Z")
        try site.folder.write("content/posts/first/index.md", "text")
        try await ImportedFile.insert(
            ImportedFile.New(
                id: 1, source: "markdown:content", path: "posts/first/index.md", kind: .post, digest: "", rowID: 1),
            on: site.database)
        return site
    }

    @Test func `images of the site have the size of their files, others have none`() async throws {
        let site = try await site(
            "![a](own.gif) ![b](/pic/my%20cat.gif?v=1) ![c](https://example.org/pic/my%20cat.gif) ![d](../../pic/x.gif) "
                + "![e](https://example.net/own.gif) ![f](none.gif) ![g](text.gif)")
        try site.folder.write("content/posts/first/own.gif", gif(3, 2))
        try site.folder.write("content/posts/first/text.gif", "no image")
        try site.folder.write("static/pic/my cat.gif", gif(5, 4))
        try site.folder.write("static/pic/x.gif", gif(7, 6))
        try await site.build()
        #expect(
            try site.page("posts/first/index.html").contains(
                """
                <p><img src="own.gif" alt="a" width="3" height="2" /> \
                <img src="/pic/my%20cat.gif?v=1" alt="b" width="5" height="4" loading="lazy" /> \
                <img src="https://example.org/pic/my%20cat.gif" alt="c" width="5" height="4" loading="lazy" /> \
                <img src="../../pic/x.gif" alt="d" width="7" height="6" loading="lazy" /> \
                <img src="https://example.net/own.gif" alt="e" loading="lazy" /> \
                <img src="none.gif" alt="f" loading="lazy" /> <img src="text.gif" alt="g" loading="lazy" /></p>
                """))
    }

    @Test func `an image of another size renders the pages that show it and no others`() async throws {
        let site = try await site("![a](own.gif)")
        try site.folder.write("content/posts/first/own.gif", gif(3, 2))
        let total = try await site.build().pages.total
        try site.folder.write("content/posts/first/own.gif", gif(9, 8))
        // The image itself, its post, the author's feed and the site's two; lists do not show it.
        let report = try await site.build()
        #expect(report.pages == .init(total: total, rendered: 5, written: 5, unchanged: total - 5))
        #expect(try site.page("posts/first/index.html").contains("width=\"9\" height=\"8\""))
        #expect(try site.page("feed.xml").contains("width=&#34;9&#34;"))
    }

    @Test func `an image of the same size is copied and nothing else`() async throws {
        let site = try await site("![a](own.gif)")
        try site.folder.write("content/posts/first/own.gif", gif(3, 2))
        try await site.build()
        try site.folder.write("content/posts/first/own.gif", gif(3, 2, "more"))
        #expect(try await site.build().pages.rendered == 1)
        // That the file is another one now is remembered.
        try site.folder.write("static/other.txt", "x")
        #expect(try await site.build().pages.rendered == 1)
        #expect(try site.page("posts/first/index.html").contains("width=\"3\" height=\"2\""))
    }

    @Test func `an image that comes, moves away or is edited gives what a build from scratch gives`() async throws {
        var site = try await site("![a](own.gif) ![b](/pic.gif)")
        try await site.build()
        #expect(!(try site.page("posts/first/index.html").contains("width")))
        let steps: [(TestSite) throws -> Void] = [
            { try $0.folder.write("content/posts/first/own.gif", gif(3, 2)) },
            { try $0.folder.write("static/pic.gif", gif(5, 4)) },
            { try $0.folder.write("static/pic.gif", gif(5, 6)) },
            { try $0.folder.delete("content/posts/first/own.gif") },
            { _ in },
        ]
        for (number, step) in steps.enumerated() {
            try step(site)
            if number == steps.count - 1 { site.configuration.markdown.imageSizes = false }
            try await site.build()
            let incremental = try site.contents()
            try site.folder.delete("output")
            try site.folder.delete(".blog")
            try await site.build()
            #expect(try site.contents() == incremental, "step \(number)")
        }
        #expect(!(try site.page("posts/first/index.html").contains("width")))
    }
}
