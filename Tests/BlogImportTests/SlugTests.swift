import BlogImport
import Testing

@Suite struct SlugTests {
    @Test(
        arguments: [
            ("Hello, World!", "hello-world"), ("Don't \u{201C}panic\u{201D}", "dont-panic"),
            ("Äpfel & Öl über Straße", "aepfel-oel-ueber-strasse"),
            ("A\u{308}pfel", "aepfel"), ("Crème brûlée", "creme-brulee"),
            ("Łódź, Ærø, İstanbul, Đà Nẵng", "lodz-aero-istanbul-da-nang"),
            ("Привет, мир", "privet-mir"), ("Щёлочь й", "shcheloch-y"), ("Київ", "kiyiv"),
            ("Καλημέρα κόσμε ϊ", "kalimera-kosme-i"),
            ("日本語 テスト", "日本語-テスト"), ("हिन्दी", "हिन्दी"), ("ＡＢＣ ﬁ", "abc-fi"), ("C++ & C#, F#", "cpp-csharp-fsharp"),
            ("#hashtag", "hashtag"), ("snake_case", "snake_case"), ("v1.2", "v1-2"), ("  --a--  ", "a"),
            ("a/../b", "a-b"),
            ("👍 emoji", "emoji"), ("..", nil), ("", nil), ("—", nil), ("_", nil), ("👍", nil), ("a\u{0}b", "a-b"),
        ] as [(String, String?)])
    func `a title becomes a slug`(title: String, expected: String?) {
        #expect(Slug(title: title)?.text == expected)
    }

    @Test(
        arguments: [
            ("v1.2", "v1.2"), ("..", nil), ("../../etc/passwd", "etc-passwd"), (".hidden", "hidden"), ("a..b", "a-b"),
            ("a.", "a"),
            ("Hello_World", "hello_world"), ("post.html", "post.html"), ("/", nil),
        ] as [(String, String?)])
    func `a name keeps single dots and nothing that leads elsewhere`(name: String, expected: String?) {
        #expect(Slug(name: name)?.text == expected)
    }

    @Test func `a long slug is cut at a hyphen, and a long word inside`() throws {
        let words = try #require(Slug(title: Array(repeating: "twelve-chars", count: 30).joined(separator: " ")))
        #expect(words.text == Array(repeating: "twelve-chars", count: 13).joined(separator: "-") + "-twelve")
        let word = try #require(Slug(title: String(repeating: "語", count: 100)))
        #expect(word.text == String(repeating: "語", count: 60))
        #expect(word.numbered(12).text.utf8.count < 200)
    }

    @Test func `a slug is its own slug`() {
        for title in ["Hello, World!", "Äpfel", "日本語 テスト", "a_b", "C++"] {
            let slug = Slug(title: title)
            #expect(slug.flatMap { Slug(title: $0.text) } == slug)
        }
    }
}

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

@Suite struct TextLimitTests {
    @Test(arguments: [
        ("short", 10, "short"), ("exactly ten", 11, "exactly ten"), ("one two three four", 12, "one two…"),
        ("one, two", 6, "one…"),
        ("abcdefghijklm", 6, "abcde…"), ("a bcdefghijklm", 8, "a bcdef…"), ("日本語日本語日本語", 5, "日本語日…"),
    ])
    func `a text is cut at a word`(text: String, limit: Int, expected: String) {
        #expect(TextLimit.cut(text, to: limit) == expected)
    }

    @Test func `the cut text fits and keeps its characters whole`() {
        let family = String(repeating: "👩‍👩‍👧‍👦", count: 40)
        let cut = TextLimit.cut(family, to: 50)
        #expect(cut == String(repeating: "👩‍👩‍👧‍👦", count: 7) + "…")
    }
}
