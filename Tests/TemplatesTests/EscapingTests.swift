import Testing

@testable import Templates

/// Escapes are written sixteen bytes at a time through a buffer: wherever one stands, the output is what is written byte by byte.
@Suite struct EscapingTests {
    private static let pieces = [
        "a", "&", "<", ">", "\"", "'", "\\", "\n", "\r", "\t", "\u{0}", "\u{8}", "\u{C}", "\u{1F}", "é", "\u{FFFD}",
        "\u{FFFE}", "\u{FFFF}",
        "\u{F000}", "😀",
    ]

    @Test func `JSON has escapes for what it must`() throws {
        for text in texts { #expect(escaped(text, .json) == json(text), "\(text.debugDescription)") }
    }

    @Test func `HTML and XML have escapes for what means something`() throws {
        for text in texts {
            #expect(escaped(text, .html) == markup(text), "\(text.debugDescription)")
            #expect(escaped(text, .xml) == markup(allowed(text)), "\(text.debugDescription)")
        }
    }

    @Test func `markup in XML loses only what XML does not allow`() throws {
        for text in texts {
            var output: [UInt8] = []
            try Escaping.append(.markup(text), to: &output, kind: .xml)
            #expect(Array(allowed(text).utf8) == output, "\(text.debugDescription)")
        }
    }

    /// Each piece at each place of a chunk and around the end of the buffer, alone and among its like.
    private var texts: [String] {
        var texts = ["", "x", Self.pieces.joined()]
        for piece in Self.pieces {
            for count in 0...33 { texts.append(String(repeating: "x", count: count) + piece + "y") }
            for count in [992, 1007, 1008, 1009, 1023, 1024] {
                texts.append(String(repeating: "x", count: count) + piece + piece + "y")
            }
            texts.append(String(repeating: piece, count: 700))
            texts.append(String(repeating: "x" + piece, count: 700))
            texts.append(piece)
        }
        return texts
    }

    private func escaped(_ text: String, _ kind: OutputKind) -> [UInt8] {
        var output = Array("before".utf8)
        Escaping.append(text, to: &output, kind: kind)
        return Array(output.dropFirst(6))
    }

    private func json(_ text: String) -> [UInt8] {
        let short: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "\u{8}": "\\b", "\t": "\\t", "\n": "\\n", "\u{C}": "\\f", "\r": "\\r",
        ]
        return text.unicodeScalars.flatMap { scalar -> [UInt8] in
            if let escape = short[scalar] { return Array(escape.utf8) }
            if scalar.value >= 0x20 { return Array(String(scalar).utf8) }
            let digits = String(scalar.value, radix: 16)
            return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        }
    }

    private func markup(_ text: String) -> [UInt8] {
        let escapes: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&#34;", "'": "&#39;"]
        return text.unicodeScalars.flatMap { Array((escapes[$0] ?? String($0)).utf8) }
    }

    private func allowed(_ text: String) -> String {
        var allowed = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSpace = "\t\n\r".unicodeScalars.contains(scalar)
            let isForbidden = scalar.value < 0x20 && !isSpace || scalar.value == 0xFFFE || scalar.value == 0xFFFF
            allowed.append(isForbidden ? "\u{FFFD}" : scalar)
        }
        return String(allowed)
    }
}
