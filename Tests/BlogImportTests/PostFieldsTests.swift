import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import Testing

@Suite struct PostFieldsTests {
    private func read(_ yaml: String, categories: CategoryUse = .tags) throws -> PostFields {
        let source = SourceText(path: "a.md", text: "---\n\(yaml)\n---\nBody\n")
        return try PostFields(try FrontMatter.read(source), timeZone: .gmt, categories: categories)
    }

    private func date(_ text: String) throws -> Date {
        try SourceDate.read(text, in: .gmt)
    }

    @Test func `all fields are read and the rest is kept`() throws {
        let fields = try read(
            """
            id: 42
            Title: "Hello: world"
            date: 2024-04-09
            lastmod: 2024-05-01T10:00:00Z
            expirydate: 2030-01-01
            draft: true
            slug: Hello_World
            url: /2024/hello.html
            aliases: [/old/, /older]
            redirect_from: /oldest.html
            authors: [Ada Lovelace, "Grace <grace@example.org>", {name: Linus}]
            tags: [Swift, swift, SQL]
            categories: notes ideas
            description: What it is
            image: {src: /a.png, alt: x}
            lang: de
            layout: wide
            weight: 3
            zeta: 1
            alpha: [x, {b: 2, a: 1}]
            """)
        var expected = PostFields()
        expected.uid = "42"
        expected.title = "Hello: world"
        expected.date = try date("2024-04-09")
        expected.updated = try date("2024-05-01T10:00:00Z")
        expected.expires = try date("2030-01-01")
        expected.isDraft = true
        expected.slug = Slug(name: "hello_world")
        expected.path = try SitePath("/2024/hello.html")
        expected.aliases = [try SitePath("/old/"), try SitePath("/older"), try SitePath("/oldest.html")]
        expected.authors = ["Ada Lovelace", "Grace", "Linus"]
        expected.tags = ["Swift", "SQL", "notes", "ideas"]
        expected.summary = "What it is"
        expected.image = "/a.png"
        expected.language = "de"
        expected.layout = "wide"
        expected.weight = 3
        expected.extra = #"{"alpha":["x",{"a":1,"b":2}],"id":42,"zeta":1}"#
        expected.places = [
            "id": Place(line: 2, column: 5), "title": Place(line: 3, column: 8), "author": Place(line: 12, column: 10),
            "date": Place(line: 4, column: 7), "slug": Place(line: 8, column: 7),
            "path": Place(line: 9, column: 6), "aliases": Place(line: 10, column: 10),
            "summary": Place(line: 15, column: 14),
        ]
        #expect(fields == expected)
    }

    @Test(arguments: [
        ("tags: swift orm", ["swift", "orm"]), ("tags: swift, static sites", ["swift", "static sites"]), ("tags:", []),
        ("tags: [2024, yes, ~, '']", ["2024", "yes"]), ("keywords: a b", ["a", "b"]),
        ("category: static sites", ["static sites"]),
        ("taxonomies: {tags: [a], categories: [b]}", ["a", "b"]), ("tags: ['👍', C++, C]", ["C++", "C"]),
        ("tags: a\ncategories: [A, b]", ["a", "b"]),
    ])
    func `tags come as lists and as text`(yaml: String, expected: [String]) throws {
        #expect(try read(yaml).tags == expected)
    }

    @Test func `categories can be left out`() throws {
        let fields = try read(
            "tags: a\ncategories: [b]\ncategory: c\ntaxonomies: {categories: [d]}", categories: .ignore)
        #expect(fields.tags == ["a"])
        #expect(fields.extra == nil)
    }

    @Test func `published is a date or says that it is a draft`() throws {
        #expect(try read("published: false").isDraft)
        #expect(try read("published: true").isDraft == false)
        #expect(try read("published: 2024-04-09").date == date("2024-04-09"))
        #expect(try read("published: true\ndraft: yes").isDraft)
        #expect(try read("date: 2024-01-01\npublished: 2024-04-09").date == date("2024-01-01"))
    }

    @Test func `another site's permalink pattern is left out with a warning`() throws {
        let fields = try read("permalink: /:categories/:title/")
        #expect(fields.path == nil)
        #expect(
            fields.warnings.map(\.description) == [
                "a.md:2:12: warning: \"permalink\" is the pattern \"/:categories/:title/\", left out; set \"permalink\" in blog.yml"
            ])
    }

    @Test(arguments: [
        ("date: 2017-02-29", "a.md:2:7: error: \"date\": \"2017-02-29\" is no date: February 2017 has 28 days"),
        ("title: [a]", "a.md:2:8: error: \"title\" is a list, expected text"),
        ("draft: maybe", "a.md:2:8: error: \"draft\" is \"maybe\", expected true or false"),
        ("weight: heavy", "a.md:2:9: error: \"weight\" is \"heavy\", expected a whole number"),
        ("slug: '...'", "a.md:2:7: error: \"slug\" is \"...\", expected letters or digits"),
        (
            "url: /../x",
            "a.md:2:6: error: \"url\": \"/../x\" leads out of its folder, expected a path without \".\" and \"..\""
        ),
        ("aliases: [/ok/, [x]]", "a.md:2:17: error: \"aliases\" is a list, expected a path such as /old/place/"),
        ("tags: [[a]]", "a.md:2:8: error: \"tags\" has a list in it, expected text"),
        ("author: [{x: 1}]", "a.md:2:10: error: \"author\" has a map in it, expected a name"),
        (
            "lastmod: soon",
            "a.md:2:10: error: \"lastmod\": \"soon\" is no date, expected a date such as 2024-04-09 or 2024-04-09T10:11:12+02:00"
        ),
    ])
    func `a wrong value is refused with its place`(yaml: String, message: String) {
        #expect(#expect(throws: Diagnostic.self) { try read(yaml) }?.description == message)
    }
}
