import Testing

@testable import BlogSite

@Suite struct OutputPathTests {
    @Test(arguments: [
        ("", "it is empty"), ("/etc/passwd", "it starts with /"), ("a/", "it ends with /"),
        ("a//b", "it has an empty part"),
        ("../a", "it has a part \"..\""), ("a/../../b", "it has a part \"..\""), ("a/./b", "it has a part \".\""),
        ("a\u{0}b", "it has a control character"), ("a\nb", "it has a control character"),
        (String(repeating: "x", count: 256), "a part is longer than 255 bytes"),
        (".blog-token", "names that start with .blog- belong to the publisher"),
    ])
    func `a path that could leave the output folder is refused`(text: String, reason: String) {
        let error = #expect(throws: SiteError.self) { try OutputPath(text) }
        #expect(error?.code == .unsafePath)
        #expect(error?.message == "not a path inside the output folder: \(reason)")
    }

    @Test(arguments: [
        ("/", "index.html"), ("/posts/x/", "posts/x/index.html"), ("/404.html", "404.html"),
        ("/about", "about/index.html"),
        ("/feed.xml", "feed.xml"), ("/grüße/", "grüße/index.html"),
    ])
    func `the address of a page names its file`(address: String, path: String) throws {
        #expect(try OutputPath.page(at: address).string == path)
    }

    @Test(arguments: ["about/", "//x/", "/a/../b/", ""])
    func `an address that is no path of this site is refused`(address: String) {
        #expect(throws: SiteError.self) { try OutputPath.page(at: address) }
    }

    @Test func `names that only look like dots are ordinary`() throws {
        #expect(try OutputPath("...").string == "...")
        #expect(try OutputPath(".well-known/x").parents == [".well-known"])
        #expect(try OutputPath("a/b/c.html").parents == ["a", "a/b"])
    }
}
