import BlogModels
import Testing

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
