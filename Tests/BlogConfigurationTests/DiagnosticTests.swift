import BlogConfiguration
import Testing

@Suite struct DiagnosticTests {
    @Test func `a diagnostic is one line with place, severity, message and suggestion`() {
        let diagnostic = Diagnostic(
            path: "blog.yml", line: 3, column: 1, message: "unknown key \"tittle\"", excerpt: "tittle: x",
            suggestion: "did you mean \"title\"?")
        #expect(diagnostic.description == "blog.yml:3:1: error: unknown key \"tittle\"; did you mean \"title\"?")
        #expect(
            diagnostic.detailed == """
                blog.yml:3:1: error: unknown key "tittle"; did you mean "title"?
                 3 | tittle: x
                   | ^
                """)
    }

    @Test func `the caret stands under its character after tabs and wide line numbers`() {
        let source = SourceText(path: "a.md", text: String(repeating: "\n", count: 11) + "\tdate: x")
        #expect(
            source.diagnostic(.warning, at: Place(line: 12, column: 8), "odd").detailed == """
                a.md:12:8: warning: odd
                 12 | \tdate: x
                    | \t      ^
                """)
    }

    @Test func `control characters of a file's name do not reach the terminal`() {
        #expect(Diagnostic(path: "a\nb\u{1B}.md", message: "m").description == "a\\nb\\u{1B}.md: error: m")
    }

    @Test(arguments: [
        ("tittle", "title"), ("descripton", "description"), ("tilte", "title"), ("URL", "url"), ("zzz", nil), ("", nil),
    ])
    func `the nearest key is suggested and a far one is not`(word: String, expected: String?) {
        #expect(nearest(to: word, among: ["title", "url", "description"]) == expected)
    }

    @Test(arguments: [("kitten", "sitting", 3), ("ab", "ba", 1), ("", "abc", 3), ("same", "same", 0)])
    func `the edit distance counts insertions, deletions, replacements and swaps`(a: String, b: String, expected: Int) {
        #expect(editDistance(a, b) == expected)
        #expect(editDistance(b, a) == expected)
    }
}

@Suite struct SourceTextTests {
    @Test func `a byte-order mark and foreign line breaks disappear`() throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\n\r\n".utf8)
        #expect(try SourceText(path: "x", bytes: bytes).text == "a\nb\nc\n\n")
    }

    @Test(
        arguments: [
            (
                Array("ok\nca".utf8) + [0xE9],
                "x:2:3: error: invalid UTF-8: byte 0xE9 at byte 5; if the file is Latin-1 or Windows-1252, save it as UTF-8"
            ),
            (
                Array("é".utf8) + [0xC3],
                "x:1:2: error: invalid UTF-8: byte 0xC3 at byte 2; if the file is Latin-1 or Windows-1252, save it as UTF-8"
            ),
            (
                [0xED, 0xA0, 0x80],
                "x:1:1: error: invalid UTF-8: byte 0xED at byte 0; if the file is Latin-1 or Windows-1252, save it as UTF-8"
            ),
            (Array("a\n\nb".utf8) + [0], "x:3:2: error: a NUL byte (at byte 4), expected text"),
            (
                [0xFF, 0xFE, 0x61, 0],
                "x:1: error: the file is UTF-16 (little-endian), expected UTF-8; save it as UTF-8"
            ),
            (
                [0, 0x61, 0, 0x62, 0, 0x63, 0, 0x64],
                "x:1: error: the file is UTF-16 (big-endian), expected UTF-8; save it as UTF-8"
            ),
        ] as [([UInt8], String)])
    func `bytes that are no UTF-8 text are refused with their place`(bytes: [UInt8], message: String) {
        let error = #expect(throws: Diagnostic.self) { try SourceText(path: "x", bytes: bytes) }
        #expect(error?.description == message)
    }

    @Test func `lines are found by number`() {
        let source = SourceText(path: "x", text: "a\n\nc")
        #expect([1, 2, 3, 4].map { source.line($0) } == ["a", "", "c", nil])
    }
}
