import Testing

@testable import BlogSite

@Suite struct XMLTextTests {
    @Test func `characters that XML forbids are dropped and all others stay`() {
        var bytes = Array("a\u{0}b\u{8}\tc\n\r\u{1f}\u{7f}\u{85}é\u{FFFD}\u{FFFE}\u{FFFF}\u{10FFFF}z".utf8)
        XMLText.dropForbidden(from: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "ab\tc\n\r\u{7f}\u{85}é\u{FFFD}\u{10FFFF}z")
    }

    @Test func `a forbidden character is found wherever it stands`() {
        for character in ["\u{0}", "\u{B}", "\u{1f}", "\u{FFFE}", "\u{FFFF}"] {
            for before in 0..<36 {
                for after in [0, 1, 2, 15, 16, 33] {
                    let (start, end) = (
                        String(repeating: "\t", count: before), String(repeating: "é\u{FFBF}", count: after)
                    )
                    var bytes = Array((start + character + end + character).utf8)
                    XMLText.dropForbidden(from: &bytes)
                    #expect(bytes == Array((start + end).utf8))
                }
            }
        }
    }

    @Test func `a clean document is not touched`() {
        var bytes = Array("<a>ü</a>\n".utf8)
        XMLText.dropForbidden(from: &bytes)
        #expect(bytes == Array("<a>ü</a>\n".utf8))
    }
}
