import Bytes
import Testing

@Suite("UTF-8")
struct UTF8Tests {
    /// Every way that is wrong, and the edges of what is right.
    static let sequences: [[UInt8]] = [
        [], [0x00], [0x7F], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2, 0x80], [0xC2], [0xC2, 0x41],
        [0xDF, 0xBF], [0xDF, 0xC0], [0xE0, 0x9F, 0xBF], [0xE0, 0xA0, 0x80], [0xE0, 0xA0], [0xE1, 0x80, 0x80],
        [0xE2, 0x82, 0x41], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x80],
        [0xF1, 0x80, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xC0], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]

    @Test(
        "Bytes are text exactly when the standard library says so, wherever in a longer text they stand",
        arguments: sequences)
    func agreesWithTheStandardLibrary(_ sequence: [UInt8]) {
        for before in 0...17 {
            for after in [0, 1, 7, 8, 9] {
                let bytes = Array(repeating: 0x61, count: before) + sequence + Array(repeating: 0x7A, count: after)
                let text = bytes.withUnsafeBufferPointer { String(utf8: $0) }
                #expect(text == String(validating: bytes, as: UTF8.self))
                #expect(text.map { Array($0.utf8) == bytes } ?? true)
            }
        }
    }

    @Test("Texts that are ASCII and texts that are not come out the same")
    func readsText() {
        for text in ["", "a", "plain ASCII, longer than a word", "naïve — “quoted” 😀", "ééééééééééééé", "12345678é"] {
            var copy = text
            #expect(copy.withUTF8 { String(utf8: $0) } == text)
        }
    }
}
