import Testing

@testable import BlogSite

@Suite struct SiteAddressTests {
    @Test(arguments: [
        ("https://example.org", "https://example.org/", "/a/", "https://example.org/a/"),
        ("HTTPS://Example.org/Blog/", "https://example.org/Blog/", "/Blog/a/", "https://example.org/Blog/a/"),
        ("http://localhost:8080/ü", "http://localhost:8080/%C3%BC/", "/%C3%BC/a/", "http://localhost:8080/%C3%BC/a/"),
    ])
    func `a base URL may have a path prefix`(text: String, base: String, url: String, absolute: String) throws {
        let address = try SiteAddress(text)
        #expect(address.base == base)
        #expect(address.url("/a/") == url)
        #expect(address.absolute("/a/") == absolute)
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org/", "https://", "https:///x", "https://a/?q", "https://a/../b",
    ])
    func `what is no base URL is refused`(text: String) {
        let error = #expect(throws: SiteError.self) { try SiteAddress(text) }
        #expect(error?.code == .configuration)
    }

    @Test(arguments: [
        ("/grüße/?q=ä b#ü", "/p/gr%C3%BC%C3%9Fe/?q=%C3%A4%20b#%C3%BC"), ("/a%20b%", "/p/a%20b%25"), ("#x", "#x"),
        ("https://other.org/ü", "https://other.org/ü"), ("mailto:a@b.c", "mailto:a@b.c"),
        ("//cdn.org/x", "//cdn.org/x"),
    ])
    func `only paths of the site are changed`(reference: String, url: String) throws {
        #expect(try SiteAddress("https://h/p/").url(reference) == url)
    }

    @Test(arguments: [
        ("b.svg", "/posts/x/b.svg"), ("./b.svg", "/posts/x/b.svg"), ("../b/?q#f", "/posts/b/?q#f"), ("..", "/posts/"),
        ("../../../../b", "/b"), ("#f", "/posts/x/#f"), ("?q", "/posts/x/?q"), ("", "/posts/x/"), (".", "/posts/x/"),
        ("a/./b/../c", "/posts/x/a/c"), ("/r", "/r"),
    ])
    func `a relative link is resolved against its page`(reference: String, path: String) throws {
        let address = try SiteAddress("https://h/p/")
        #expect(address.resolve(reference, on: "/posts/x/", as: .otherPage) == "/p" + path)
        #expect(address.resolve(reference, on: "/posts/x/", as: .absolute) == "https://h/p" + path)
        #expect(
            address.resolve(reference, on: "/posts/x/", as: .page)
                == (reference.hasPrefix("/") ? "/p" + path : reference))
    }

    @Test func `a path is encoded whole`() {
        #expect(PercentEncoding.path("/a b?c#d%41ü/") == "/a%20b%3Fc%23d%2541%C3%BC/")
    }
}
