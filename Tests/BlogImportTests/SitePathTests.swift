import BlogImport
import Testing

@Suite struct SitePathTests {
    @Test(arguments: [
        ("/old/place/", "/old/place/"), ("old/place", "/old/place/"), ("/old/place.html", "/old/place.html"),
        ("https://example.org/a/b", "/a/b/"), ("https://example.org", "/"), ("/caf%C3%A9/", "/café/"),
        ("//a//b//", "/a/b/"), ("/", "/"),
        ("/v1.2/", "/v1.2/"), ("/100%/", "/100%/"),
    ])
    func `a path has one form`(source: String, expected: String) throws {
        #expect(try SitePath(source).text == expected)
    }

    @Test(arguments: [
        ("/../etc", "\"/../etc\" leads out of its folder, expected a path without \".\" and \"..\""),
        ("/a/%2e%2e/b", "\"/a/%2e%2e/b\" leads out of its folder, expected a path without \".\" and \"..\""),
        ("/a?b=1", "\"/a?b=1\" has a query or a fragment, expected a path such as /old/place/"),
        ("/a#b", "\"/a#b\" has a query or a fragment, expected a path such as /old/place/"),
        ("/a\\b", "\"/a\\b\" has a character that paths cannot have"),
        ("/a%0Ab", "\"/a%0Ab\" has a character that paths cannot have"),
    ])
    func `a path that leads elsewhere is refused`(source: String, message: String) {
        #expect(#expect(throws: SitePath.Fault.self) { try SitePath(source) }?.message == message)
    }

    @Test func `a path that no file system can hold is refused`() {
        #expect(throws: SitePath.Fault.self) { try SitePath("/" + String(repeating: "a", count: 256)) }
        #expect(throws: SitePath.Fault.self) { try SitePath(String(repeating: "/abcdefghi", count: 51)) }
    }
}
