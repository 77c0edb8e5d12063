import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

@Suite struct WordPressImportTests {
    private static func export(
        _ items: String, site: String = "https://old.example.org",
        namespace: String = "http://wordpress.org/export/1.2/"
    )
        -> String
    {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:excerpt="\(namespace)excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
          xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="\(namespace)"><channel><title>Old</title>
        <wp:base_blog_url>\(site)</wp:base_blog_url>
        <wp:author><wp:author_id>7</wp:author_id><wp:author_login>ada</wp:author_login><wp:author_email>ada@example.org</wp:author_email><wp:author_display_name><![CDATA[Ada Lovelace]]></wp:author_display_name></wp:author>
        <wp:category><wp:cat_name>News</wp:cat_name><wp:category_description><![CDATA[About]]></wp:category_description></wp:category>
        \(items)
        </channel></rss>
        """
    }

    /// An item; `more` are further elements, `comments` come last.
    private static func item(
        _ id: Int, _ name: String, type: String = "post", status: String = "publish", title: String? = nil,
        body: String = "Text.", creator: String = "ada", date: String = "2024-05-01 10:00:00", gmt: String? = nil,
        link: String? = nil, parent: Int = 0, more: String = "", comments: String = ""
    ) -> String {
        """
        <item><title><![CDATA[\(title ?? name)]]></title><link>\(link ?? "https://old.example.org/2024/05/\(name)/")</link>
        <dc:creator><![CDATA[\(creator)]]></dc:creator><guid isPermaLink="false">https://old.example.org/?p=\(id)</guid>
        <content:encoded><![CDATA[\(body)]]></content:encoded><wp:post_id>\(id)</wp:post_id>
        <wp:post_date>\(date)</wp:post_date><wp:post_date_gmt>\(gmt ?? date)</wp:post_date_gmt><wp:post_name>\(name)</wp:post_name>
        <wp:status>\(status)</wp:status><wp:post_parent>\(parent)</wp:post_parent><wp:post_type>\(type)</wp:post_type>\(more)
        \(comments)</item>

        """
    }

    private static func comment(
        _ id: Int, answers parent: Int = 0, approved: String = "1", type: String = "comment", user: Int = 0,
        _ text: String = "Hi", author: String = "Guest", date: String = "2024-05-02 10:00:00"
    ) -> String {
        """
        <wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_author><![CDATA[\(author)]]></wp:comment_author>
        <wp:comment_author_email>g@example.net</wp:comment_author_email><wp:comment_author_IP>9.9.9.9</wp:comment_author_IP>
        <wp:comment_date_gmt>\(date)</wp:comment_date_gmt><wp:comment_content><![CDATA[\(text)]]></wp:comment_content>
        <wp:comment_approved>\(approved)</wp:comment_approved><wp:comment_type>\(type)</wp:comment_type>
        <wp:comment_parent>\(parent)</wp:comment_parent><wp:comment_user_id>\(user)</wp:comment_user_id></wp:comment>
        """
    }

    private func site(_ items: String, configuration: String = "") async throws -> ImportFixture {
        let site = try await ImportFixture(
            "\(configuration)\nsources: [{kind: wxr, path: old.xml}, {kind: markdown, path: content}]\n")
        try site.folder.write(Self.export(items), to: "old.xml")
        return site
    }

    private static let force: ImportOptions = {
        var options = ImportOptions()
        options.readsAll = true
        return options
    }()

    // MARK: Posts and pages

    @Test func `posts come with authors, tags, dates, bodies and the paths they had`() async throws {
        let site = try await site(
            Self.item(
                1, "hello", title: "Hello &amp; <em>welcome</em>", body: "One\n\ntwo", date: "2024-05-01 12:00:00",
                gmt: "2024-05-01 10:00:00",
                more: """
                    <category domain="category" nicename="news">News</category><category domain="post_tag" nicename="x">Swift</category>
                    <category domain="post_format" nicename="post-format-aside">Aside</category><wp:is_sticky>1</wp:is_sticky>
                    <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
                    <wp:postmeta><wp:meta_key>mood</wp:meta_key><wp:meta_value>good</wp:meta_value></wp:postmeta>
                    <wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>
                    <excerpt:encoded><![CDATA[In <b>short</b>]]></excerpt:encoded>
                    <wp:post_modified_gmt>2024-06-01 00:00:00</wp:post_modified_gmt>
                    """)
                + Self.item(
                    9, "image", type: "attachment", status: "inherit",
                    more: "<wp:attachment_url>https://old.example.org/a.jpg</wp:attachment_url>")
                + Self.item(
                    2, "", status: "draft", title: "A draft", gmt: "0000-00-00 00:00:00",
                    link: "https://old.example.org/?p=2")
                + Self.item(
                    3, "%e3%83%86%e3%82%b9%e3%83%88", status: "future", creator: "bob@example.com",
                    date: "2030-01-01 00:00:00")
                + Self.item(4, "secret", status: "private") + Self.item(5, "bin__trashed", status: "trash")
                + Self.item(6, "locked", more: "<wp:post_password>x</wp:post_password>")
                + Self.item(7, "menu", type: "nav_menu_item") + Self.item(8, "pending", status: "pending"),
            configuration: "timezone: Europe/Berlin")
        let report = try await site.run()
        #expect(report.refusals == [])
        #expect(report.warnings == [])
        #expect(
            try await site.posts() == [
                "1 hello \"Hello & welcome\" 2024-05-01T10:00:00 published ada #News #Swift",
                "2 a-draft \"A draft\" 2024-05-01T08:00:00 hidden ada",
                "3 テスト \"%e3%83%86%e3%82%b9%e3%83%88\" 2030-01-01T00:00:00 published bob",
                "4 secret \"secret\" 2024-05-01T10:00:00 hidden ada",
                "5 locked \"locked\" 2024-05-01T10:00:00 hidden ada",
                "6 pending \"pending\" 2024-05-01T10:00:00 hidden ada",
            ])
        let post = try await Post.get(1, on: site.database)
        #expect(post.content == "<p>One</p>\n<p>two</p>")
        #expect(post.format == .html)
        #expect(post.excerpt == "In short")
        #expect(post.image == "https://old.example.org/a.jpg")
        #expect(post.extra == "{\"mood\":\"good\",\"post_format\":\"Aside\",\"sticky\":true}")
        #expect(Timestamp(post.updatedAt).text == "2024-06-01T00:00:00.000000Z")
        #expect(
            report.notes == [
                "old.xml: left out: nav_menu_item (1), trash (1)",
                "old.xml: 1 posts or pages with a password are not published",
                "old.xml: 1 descriptions of categories and tags are left out", "content: nothing to import",
            ])
        let users = try await User.order { $0.id.asc }.all(on: site.database)
        #expect(users.map(\.username) == ["ada", "bob"])
        #expect(users.map(\.fullName) == ["Ada Lovelace", nil])
        #expect(users.allSatisfy { $0.email == nil && $0.passwordHash == nil })
    }

    @Test func `pages lie below their parents, wherever those are in the file`() async throws {
        let site = try await site(
            Self.item(2, "team", type: "page", parent: 1, more: "<wp:menu_order>4</wp:menu_order>")
                + Self.item(1, "about", type: "page") + Self.item(3, "lost", type: "page", parent: 77)
                + Self.item(4, "ring", type: "page", parent: 4))
        try await site.run()
        let pages = try await BlogModels.Page.order { $0.id.asc }.all(on: site.database)
        #expect(pages.map(\.path) == ["/about/team/", "/about/", "/lost/", "/ring/"])
        #expect(pages.map(\.weight) == [4, 0, 0, 0])
    }

    @Test func `a slug that another source has is refused, and the comments go there`() async throws {
        let site = try await ImportFixture(
            "sources: [{kind: markdown, path: content}, {kind: wxr, path: old.xml}]\n")
        try site.post("hello.md", "author: x\ndate: 2024-01-01")
        try site.folder.write(
            Self.export(
                Self.item(1, "hello", comments: Self.comment(5)) + Self.item(2, "twice") + Self.item(3, "twice")),
            to: "old.xml")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "old.xml:7: error: the slug \"hello\" is taken by content/posts/hello.md; its comments go there"
            ])
        #expect(
            report.warnings.map(\.description) == ["old.xml:23: warning: \"twice\" is taken, so this is \"twice-2\""])
        #expect(try await site.slugs() == ["hello", "twice", "twice-2"])
        #expect(try await site.comments() == ["1 hello post 1 approved Guest: Hi"])
    }

    @Test func `a bad record costs itself`() async throws {
        let site = try await site(
            Self.item(1, "bad", gmt: "2017-02-29 00:00:00", comments: Self.comment(1))
                + Self.item(
                    2, "good", comments: Self.comment(2, approved: "maybe") + Self.comment(3, " ") + Self.comment(4)))
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "old.xml:7: error: \"2017-02-29 00:00:00\" is no date: February 2017 has 28 days",
                "old.xml:22: error: the comment 2 has the status \"maybe\"",
                "old.xml:26: error: the comment 3 is empty",
            ])
        #expect(try await site.slugs() == ["good"])
        #expect(
            try await site.comments() == [
                "1 /2024/05/bad/ orphan approved Guest: Hi", "2 good post 1 approved Guest: Hi",
            ])
    }

    // MARK: Comments

    @Test func `comments keep their threads, their state and their authors`() async throws {
        let site = try await site(
            Self.item(
                1, "hello",
                comments: Self.comment(12, answers: 11, "answer")
                    + Self.comment(11, user: 7, "by the author", author: "Ada")
                    + Self.comment(13, approved: "0", "waits") + Self.comment(14, approved: "spam", "buy")
                    + Self.comment(15, approved: "trash", "gone")
                    + Self.comment(16, approved: "post-trashed", "gone too")
                    + Self.comment(17, type: "pingback", "[...] ping [...]") + Self.comment(18, answers: 99, "alone")
                    + Self.comment(19, "Tom", author: "Tom &amp; Jerry", date: "2024-05-03 00:00:00"))
                + Self.item(2, "about", type: "page", comments: Self.comment(20, answers: 11, "on a page")))
        let report = try await site.run()
        #expect(
            try await site.comments() == [
                "1 hello post 1 answers 2 approved Guest: answer", "2 hello post 1 approved Ada: by the author",
                "3 hello post 1 pending Guest: waits", "4 hello post 1 spam Guest: buy",
                "5 hello post 1 deleted Guest: gone", "6 hello post 1 deleted Guest: gone too",
                "7 hello post 1 pending Guest: [...] ping [...]", "8 hello post 1 approved Guest: alone",
                "9 hello post 1 approved Tom & Jerry: Tom", "10 about orphan approved Guest: on a page",
            ])
        #expect(try await Comment.filter { $0.author.id == 1 }.select { $0.id }.all(on: site.database) == [2])
        #expect(
            report.notes.filter { !$0.contains("content") && !$0.contains("descriptions") } == [
                "old.xml: 1 pingbacks and trackbacks are kept as pending",
                "old.xml: 1 comments on pages and attachments wait for a post",
                "old.xml: 2 answers to comments that are not there begin threads of their own",
            ])
        let dump = try await site.dump()
        #expect(!dump.joined().contains("9.9.9.9"))
        #expect(!dump.joined().contains("ada@example.org"))
    }

    @Test func `fields behind the comments of an old export count`() async throws {
        let text = Self.item(1, "hello", comments: Self.comment(1))
        let type = "<wp:post_type>post</wp:post_type>"
        let site = try await site(
            text.replacing(type, with: "").replacing("</item>", with: "\(type)</item>"))
        #expect(try await site.run().postCounts == [1, 0, 0, 0])
        #expect(try await site.comments() == ["1 hello post 1 approved Guest: Hi"])
    }

    // MARK: Again

    @Test func `the same export twice changes no row, and a new database gets the same rows`() async throws {
        let items =
            Self.item(1, "hello", comments: Self.comment(2, answers: 3) + Self.comment(3))
            + Self.item(2, "about", type: "page") + Self.item(3, "second", creator: "carol")
        let site = try await site(items)
        try await site.run()
        let before = try await site.dump()
        #expect(try await site.run().filesRead == 0)
        let report = try await site.run(Self.force)
        #expect(report.filesRead == 1)
        #expect(report.hasChanges == false)
        #expect(try await site.dump() == before)
        let other = try await ImportFixture.makeDatabase()
        try await site.run(Self.force, into: other)
        #expect(try await site.dump(other) == before)
    }

    @Test func `a later export updates, adds, hides and moves`() async throws {
        let site = try await site(
            Self.item(1, "one", comments: Self.comment(1)) + Self.item(2, "two") + Self.item(3, "three")
                + Self.item(4, "page", type: "page"))
        try await site.run()
        try site.folder.write(
            Self.export(
                Self.item(5, "five") + Self.item(3, "one", body: "Swapped")
                    + Self.item(1, "three", comments: Self.comment(1, "Edited"))
            ), to: "old.xml")
        let report = try await site.run()
        #expect(report.postCounts == [1, 3, 0, 0])
        #expect(
            try await site.posts() == [
                "1 three \"three\" 2024-05-01T10:00:00 published ada", "2 two \"two\" 2024-05-01T10:00:00 hidden ada",
                "3 one \"one\" 2024-05-01T10:00:00 published ada", "4 five \"five\" 2024-05-01T10:00:00 published ada",
            ])
        #expect(try await site.comments() == ["1 three post 1 approved Guest: Edited"])
        #expect(try await BlogModels.Page.get(1, on: site.database).published == false)
        var options = Self.force
        options.prunes = true
        #expect(try await site.run(options).posts.deleted == 1)
        #expect(try await site.slugs() == ["three", "one", "five"])
    }

    @Test func `a later export under another name is the same site`() async throws {
        let site = try await ImportFixture()
        try site.folder.write(
            Self.export(Self.item(1, "one", comments: Self.comment(1)) + Self.item(2, "two")), to: "may.xml")
        var options = ImportOptions()
        options.paths = ["may.xml"]
        try await site.run(options)
        try site.folder.write(
            Self.export(Self.item(1, "one", body: "New", comments: Self.comment(1) + Self.comment(2))), to: "june.xml")
        options.paths = ["june.xml"]
        let report = try await site.run(options)
        #expect(report.postCounts == [0, 1, 0, 0])
        #expect(report.commentCounts == [1, 0, 1, 0])
        #expect(report.notes.contains("june.xml: a later export of what may.xml was: its records are known"))
        // Named by hand, it hides nothing.
        #expect(try await Post.filter { $0.published }.count(on: site.database) == 2)
    }

    @Test func `several exports of one site are one source, and what is said last counts`() async throws {
        let site = try await ImportFixture("sources: [{kind: wxr, path: 'exports/*.xml'}]\n")
        try site.folder.write(Self.export(Self.item(1, "one", body: "Old")), to: "exports/1.xml")
        try site.folder.write(Self.export(Self.item(2, "two") + Self.item(1, "one", body: "New")), to: "exports/2.xml")
        #expect(try await site.run().postCounts == [2, 0, 0, 0])
        #expect(try await Post.filter { $0.slug == "one" }.get(on: site.database).content == "<p>New</p>")
        try site.folder.write(Self.export(Self.item(1, "else"), site: "https://other.example.org"), to: "exports/3.xml")
        #expect(
            try await site.run().refusals.map(\.description) == [
                "exports/3.xml: error: an export of https://other.example.org, the others of this source are of https://old.example.org; make it a source of its own"
            ])
    }

    @Test func `edits by a command outlast an import`() async throws {
        let site = try await site(Self.item(1, "one"))
        try await site.run()
        _ = try await Post.filter { $0.id == 1 }.update(
            .set(\.published, false), .set(\.updatedAt) { $0.updatedAt }, on: site.database)
        try await LocalMark.create(
            id: 1, kind: .post, rowID: 1, field: "published", fileValue: "true", on: site.database)
        #expect(try await site.run(Self.force).hasChanges == false)
        #expect(try await Post.get(1, on: site.database).published == false)
    }

    // MARK: Bad input

    @Test(arguments: [
        (
            "<rss><channel><item></channel></rss>",
            "old.xml:1: error: Opening and ending tag mismatch: item line 1 and channel"
        ),
        (
            "<rss><channel><title>RSS</title></channel></rss>",
            "old.xml:1: error: no element of a WordPress export in it"
        ),
        ("<feed/>", "old.xml:1: error: the root element is <feed>, expected <rss>"),
        ("no XML", "old.xml:1: error: the document has no element"),
    ]) func `what is no export is refused with its line`(text: String, message: String) async throws {
        let site = try await site("")
        try site.folder.write(text, to: "old.xml")
        let report = try await site.run()
        #expect(report.refusals.map(\.description) == [message])
        #expect(try await Post.count(on: site.database) == 0)
    }

    @Test func `a NUL is no character of XML`() async throws {
        let site = try await site("")
        try site.folder.write("<rss>\n\0</rss>", to: "old.xml")
        #expect(try await site.run().refusals.map(\.line) == [2])
    }

    @Test func `a file that ends too early leaves nothing half`() async throws {
        let site = try await site("")
        let whole = Self.export(Self.item(1, "one") + Self.item(2, "two"))
        try site.folder.write(String(whole.prefix(whole.count - 60)), to: "old.xml")
        let report = try await site.run()
        #expect(report.refusals.count == 1)
        #expect(try await Post.count(on: site.database) == 0)
        #expect(try await User.count(on: site.database) == 0)
    }

    @Test(arguments: ["http://wordpress.org/export/1.0/", "https://wordpress.org/export/1.1/"])
    func `other versions of the format are read`(namespace: String) async throws {
        let site = try await site("")
        try site.folder.write(Self.export(Self.item(1, "one"), namespace: namespace), to: "old.xml")
        #expect(try await site.run().postCounts == [1, 0, 0, 0])
    }
}
