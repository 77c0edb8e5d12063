import Testing

@testable import BlogSite

@Suite struct XMLTextTests {
    @Test func `characters that XML forbids are dropped and all others stay`() {
        var bytes = Array("a\u{0}b\u{8}\tc\n\r\u{1f}\u{7f}\u{85}é\u{FFFD}\u{FFFE}\u{FFFF}\u{10FFFF}z".utf8)
        XMLText.dropForbidden(from: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "ab\tc\n\r\u{7f}\u{85}é\u{FFFD}\u{10FFFF}z")
    }

    @Test func `a clean document is not touched`() {
        var bytes = Array("<a>ü</a>\n".utf8)
        XMLText.dropForbidden(from: &bytes)
        #expect(bytes == Array("<a>ü</a>\n".utf8))
    }
}
