import Testing

@testable import BlogSite

@Suite struct PercentEncodingTests {
    @Test func `a path keeps the characters that RFC 3986 allows there, except the quote`() {
        let ascii = String(decoding: (UInt8(0x20)..<0x7F).map(\.self), as: UTF8.self)
        #expect(
            PercentEncoding.path(ascii)
                == "%20!%22%23$%25&%27()*+,-./0123456789:;%3C=%3E%3F@ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60"
                + "abcdefghijklmnopqrstuvwxyz%7B%7C%7D~")
        #expect(PercentEncoding.path("\u{0}\u{1F}\u{7F}é") == "%00%1F%7F%C3%A9")
    }

    @Test func `a reference keeps its structure and may be encoded twice`() {
        let encoded = "a%20b?c=%41&d=%25#%C3%A9"
        #expect(PercentEncoding.reference("a b?c=%41&d=%#é") == encoded)
        #expect(PercentEncoding.reference(encoded) == encoded)
    }
}
