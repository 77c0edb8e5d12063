import Testing

@testable import BlogSite

@Suite struct PermalinkTests {
    @Test(arguments: [
        ("/posts/:slug/", "/posts/hello/", "/posts/hello/"),
        ("/:year/:month/:day/:slug.html", "/2025/02/03/hello.html", "/hello.html"),
        ("/by/:author/:year-:slug/", "/by/ann/2025-hello/", "/by/ann/-hello/"),
        ("/:slug/", "/hello/", "/hello/"),
    ])
    func `a pattern gives a path with and without a date`(pattern: String, dated: String, undated: String) throws {
        let permalink = try Permalink(pattern)
        let date = CivilDate(daysSince1970: 20_122)
        #expect(permalink.path(slug: "hello", author: "ann", date: date) == dated)
        #expect(permalink.path(slug: "hello", author: "ann", date: nil) == undated)
    }

    @Test(arguments: [
        ("posts/:slug/", "it does not start with /"), ("/posts/:slug", "it ends with neither / nor .html"),
        ("/posts/", "it has no :slug"), ("/:slugs/", ":slugs is none of :slug :year :month :day :author"),
    ])
    func `a pattern that makes no paths is refused`(pattern: String, reason: String) {
        let error = #expect(throws: SiteError.self) { try Permalink(pattern) }
        #expect(error?.message == "no permalink pattern: \(reason)")
    }
}
