import BlogModels
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
