import BlogConfiguration
import Testing

@testable import BlogSite

@Suite struct MinifiedSiteTests {
    @Test func `pages are minified, texts of other kinds are not`() async throws {
        var site = try await TestSite()
        try site.folder.write("static/mine.html", "<p>\n\n  as it is")
        try site.folder.write("templates/robots.txt", "a\n\n\nb\n")
        try site.folder.write("templates/home.html", "<p>\n\n  home</p>  <!-- x -->\n")
        try await site.addSample()
        site.configuration.output.minifyHTML = true
        try await site.build()
        #expect(try site.page("index.html") == "<p>\nhome</p> ")
        #expect(try site.page("mine.html") == "<p>\n\n  as it is")
        #expect(try site.page("robots.txt") == "a\n\n\nb")
    }
}
