import BlogConfiguration
import Foundation
import Testing

@Suite struct SiteConfigurationTests {
    private func read(_ text: String) throws -> SiteConfiguration {
        try SiteConfiguration(SourceText(path: "blog.yml", text: text))
    }

    private func messages(_ text: String) -> [String] {
        #expect(throws: DiagnosticList.self) { try read(text) }?.all.map(\.description) ?? []
    }

    @Test(arguments: ["", "# nothing\n", "title:\nfeed:\nsources:\n"])
    func `an empty file gives the defaults`(text: String) throws {
        let configuration = try read(text)
        #expect(configuration == SiteConfiguration())
        #expect(configuration.permalink.description == "/posts/:slug/")
        #expect(configuration.sources.map(\.name) == ["markdown:content", "comments:content/comments"])
        #expect(configuration.timeZone.secondsFromGMT() == 0)
    }

    @Test func `every key is read`() throws {
        let configuration = try read(
            """
            title: "Plain: files"
            url: https://example.com/blog
            description: Words
            language: pt-BR
            timezone: Europe/Berlin
            database: sqlite:///var/lib/blog.sqlite3
            replicas: ["postgres://a.example/blog", "postgres://b.example/blog"]
            permalink: /:year/:month/:slug.html
            posts_per_page: 5
            markdown: {tables: false, footnotes: false, strikethrough: false, task_lists: no, autolinks: false,
              tag_filter: false, heading_ids: false, alerts: false, highlight: false, smart: true, figures: false,
              contents_list: false,
              image_sizes: false, lazy_images: false, external_links: false, join_cjk_lines: false}
            feed: {items: 30, full: false}
            api: {enabled: false, per_page: 100, include_email: true}
            comments: {enabled: false, moderation: pending, max_depth: 3, form_action: /comment, mailto: a@example.org}
            views: {publish: live}
            output: {minify_html: true, precompress: [brotli, gzip, gzip]}
            categories: ignore
            navigation: [{title: About, url: /about/}, {title: Code, url: "https://example.net/"}]
            sources:
              - {kind: markdown, path: ./text/}
              - {kind: access-log, path: "logs/access.log*"}
            """)
        var expected = SiteConfiguration()
        expected.title = "Plain: files"
        expected.url = "https://example.com/blog/"
        expected.description = "Words"
        expected.language = "pt-BR"
        expected.timeZone = try #require(TimeZone(identifier: "Europe/Berlin"))
        expected.database = "sqlite:///var/lib/blog.sqlite3"
        expected.replicas = ["postgres://a.example/blog", "postgres://b.example/blog"]
        expected.permalink = try Permalink("/:year/:month/:slug.html")
        expected.postsPerPage = 5
        expected.markdown.tables = false
        expected.markdown.footnotes = false
        expected.markdown.strikethrough = false
        expected.markdown.taskLists = false
        expected.markdown.autolinks = false
        expected.markdown.tagFilter = false
        expected.markdown.headingIDs = false
        expected.markdown.contentsList = false
        expected.markdown.alerts = false
        expected.markdown.highlight = false
        expected.markdown.smart = true
        expected.markdown.figures = false
        expected.markdown.imageSizes = false
        expected.markdown.lazyImages = false
        expected.markdown.externalLinks = false
        expected.markdown.joinCJKLines = false
        expected.feed.items = 30
        expected.feed.full = false
        expected.api.enabled = false
        expected.api.perPage = 100
        expected.api.includeEmail = true
        expected.comments.enabled = false
        expected.comments.moderation = .pending
        expected.comments.maxDepth = 3
        expected.comments.formAction = "/comment"
        expected.comments.mailto = "a@example.org"
        expected.views.publish = .live
        expected.output.minifyHTML = true
        expected.output.precompress = [.gzip, .brotli]
        expected.categories = .ignore
        expected.navigation = [
            NavigationItem(title: "About", url: "/about/"), NavigationItem(title: "Code", url: "https://example.net/"),
        ]
        expected.sources = [
            SourceSettings(kind: .markdown, path: "text"), SourceSettings(kind: .accessLog, path: "logs/access.log*"),
        ]
        #expect(configuration == expected)
        #expect(configuration.basePath == "/blog/")
        #expect(SiteConfiguration().basePath == "/")
    }

    @Test func `every mistake of a file is named, in its order`() {
        #expect(
            messages(
                """
                tittle: My blog
                url: example.org
                feed: {itens: 3, items: 0}
                zebra: 1
                timezone: Europe/Berln
                """) == [
                    "blog.yml:1:1: error: unknown key \"tittle\"; did you mean \"title\"?",
                    "blog.yml:2:6: error: \"url\" is \"example.org\", expected an absolute http or https URL without query",
                    "blog.yml:3:8: error: unknown key \"feed.itens\"; did you mean \"items\"?",
                    "blog.yml:3:25: error: \"feed.items\" is \"0\", expected a number from 1 to 1000",
                    "blog.yml:4:1: error: unknown key \"zebra\"; known here: api, categories, comments, database, description, "
                        + "feed, language, markdown, navigation, output, permalink, posts_per_page, replicas, sources, timezone, title, url, views",
                    "blog.yml:5:11: error: \"timezone\" is \"Europe/Berln\", expected a zone's name such as Europe/Berlin",
                ])
    }

    @Test(arguments: [
        ("- a", "blog.yml:1:1: error: blog.yml is a list, expected keys and values"),
        ("title: [a]", "blog.yml:1:8: error: \"title\" is a list, expected text"),
        ("feed: 3", "blog.yml:1:7: error: \"feed\" is \"3\", expected keys and values"),
        (
            "posts_per_page: ten",
            "blog.yml:1:17: error: \"posts_per_page\" is \"ten\", expected a number from 1 to 1000"
        ),
        ("markdown: {tables: 1}", "blog.yml:1:20: error: \"markdown.tables\" is \"1\", expected true or false"),
        (
            "comments: {moderation: aproved}",
            "blog.yml:1:24: error: \"comments.moderation\" is \"aproved\", expected approved or pending; did you mean \"approved\"?"
        ),
        (
            "comments: {mailto: nobody}",
            "blog.yml:1:20: error: \"comments.mailto\" is \"nobody\", expected an e-mail address"
        ),
        (
            "comments: {form_action: 'javascript:x'}",
            "blog.yml:1:25: error: \"comments.form_action\" is \"javascript:x\", expected an http(s) URL or a path"
        ),
        (
            "permalink: /:title/",
            "blog.yml:1:12: error: \"permalink\" is \"/:title/\": the pattern names \":title\", expected one of :slug, :year, :month, :day, :author; did you mean \":slug\"?"
        ),
        (
            "permalink: /:year/",
            "blog.yml:1:12: error: \"permalink\" is \"/:year/\": the pattern must contain \":slug\", or two posts would share a path"
        ),
        (
            "permalink: /../:slug/",
            "blog.yml:1:12: error: \"permalink\" is \"/../:slug/\": the pattern has the empty or relative segment \"..\""
        ),
        (
            "permalink: /:slug",
            "blog.yml:1:12: error: \"permalink\" is \"/:slug\": the pattern must end with \"/\" or a file name such as \":slug.html\"; try \"/:slug/\""
        ),
        (
            "language: english language",
            "blog.yml:1:11: error: \"language\" is \"english language\", expected a language tag such as en or pt-BR"
        ),
        (
            "database: blog.sqlite3",
            "blog.yml:1:11: error: \"database\" is \"blog.sqlite3\", expected a URL such as sqlite://blog.sqlite3"
        ),
        (
            "replicas: postgres://b.example/blog",
            "blog.yml:1:11: error: \"replicas\" is \"postgres://b.example/blog\", expected a list of URLs such as postgres://replica.example/blog"
        ),
        ("navigation: {title: a}", "blog.yml:1:13: error: \"navigation\" is a map, expected a list"),
        ("navigation: [{title: About}]", "blog.yml:1:15: error: an item of \"navigation\" without \"url\""),
        (
            "sources: [{kind: markdwon, path: x}]",
            "blog.yml:1:18: error: \"sources.kind\" is \"markdwon\", expected markdown or comments or wxr or disqus or isso or access-log or views; did you mean \"markdown\"?"
        ),
        ("sources: [x]", "blog.yml:1:11: error: \"sources\" is \"x\", expected keys and values"),
        ("sources: [~]", "blog.yml:1:11: error: an empty item"),
    ])
    func `a wrong value is refused with its place and what was expected`(text: String, message: String) {
        #expect(messages(text) == [message])
    }

    @Test func `invalid UTF-8 is refused with its line`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/blog.yml"
        try Data([0x61, 0x3A, 0x0A, 0xFF]).write(to: URL(filePath: file))
        let error = #expect(throws: DiagnosticList.self) { try SiteConfiguration(contentsOf: file) }
        #expect(
            error?.description
                == "blog.yml:2:1: error: invalid UTF-8: byte 0xFF at byte 3; if the file is Latin-1 or Windows-1252, save it as UTF-8"
        )
    }
}

@Suite struct PermalinkTests {
    @Test func `a pattern takes the day from the site's zone`() throws {
        let zone = try #require(TimeZone(identifier: "Pacific/Auckland"))
        let date = Date(timeIntervalSince1970: 1_735_646_400)  // 2024-12-31T12:00:00Z
        let pattern = try Permalink("/:year/:month/:day/:author/:slug.html")
        #expect(
            pattern.path(slug: "new-year", date: date, author: "ada", timeZone: zone) == "/2025/01/01/ada/new-year.html"
        )
        #expect(
            pattern.path(slug: "new-year", date: date, author: "ada", timeZone: .gmt) == "/2024/12/31/ada/new-year.html"
        )
        #expect(pattern.path(slug: "x", date: nil, author: "ada", timeZone: .gmt) == "/0000/00/00/ada/x.html")
    }

    @Test func `no value leaves its segment`() {
        #expect(
            Permalink.standard.path(slug: "../../etc", date: nil, author: "", timeZone: .gmt) == "/posts/..-..-etc/")
        #expect(Permalink.standard.path(slug: "..", date: nil, author: "", timeZone: .gmt) == "/posts/-/")
    }
}

@Suite struct CalendarDayTests {
    @Test(arguments: [
        (CalendarDay(year: 1970, month: 1, day: 1), 0), (CalendarDay(year: 1969, month: 12, day: 31), -1),
        (CalendarDay(year: 2000, month: 2, day: 29), 11_016), (CalendarDay(year: 1, month: 1, day: 1), -719_162),
        (CalendarDay(year: 9999, month: 12, day: 31), 2_932_896),
    ])
    func `days count from 1970 and back`(day: CalendarDay, count: Int) {
        #expect(day.daysSince1970 == count)
        #expect(CalendarDay(daysSince1970: count) == day)
    }

    @Test(arguments: [
        (CalendarDay(year: 2026, month: 2, day: 13), "2026-02-13"),
        (CalendarDay(year: 1, month: 12, day: 3), "0001-12-03"),
        (CalendarDay(year: 12_345, month: 1, day: 1), "12345-01-01"),
    ])
    func `a day is written as ISO 8601 does`(day: CalendarDay, text: String) {
        #expect(day.description == text)
    }

    @Test(arguments: [(0, 2, "00"), (7, 2, "07"), (12, 2, "12"), (123, 2, "123"), (-7, 2, "-07"), (5, 0, "5")])
    func `a number has its zeros in front`(number: Int, width: Int, text: String) {
        #expect(padded(number, width) == text)
    }

    @Test func `months have their lengths`() {
        #expect(
            (1...13).map { CalendarDay.count(ofMonth: $0, year: 2024) } == [
                31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0,
            ])
        #expect([1900, 2000, 2023].map { CalendarDay.count(ofMonth: 2, year: $0) } == [28, 29, 28])
    }
}
