/// Rewrites the addresses in a piece of HTML.
///
/// A post's text is written for the post's page. On the home page and in a feed its relative links would lead elsewhere, so
/// each address in `href`, `src`, `srcset`, `poster`, `cite`, `data`, `action` and `formaction` is replaced there.
package enum HTMLLinks {
    /// The HTML with each address replaced by what `transform` makes of it; all other bytes stay as they are.
    ///
    /// Follows the HTML standard's tokenizer as far as finding attributes needs it: comments, the three ways to quote, and
    /// the raw text of `script` and `style`. Addresses are handed over as written, with their character references.
    package static func rewrite(_ html: String, _ transform: @escaping (String) -> String) -> String {
        guard html.utf8.contains(UInt8(ascii: "<")) else { return html }
        var scanner = Scanner(bytes: Array(html.utf8), transform: transform)
        scanner.run()
        guard scanner.copied > 0 else { return html }
        scanner.result.append(contentsOf: scanner.bytes[scanner.copied...])
        return String(decoding: scanner.result, as: UTF8.self)
    }

    /// The addresses in a piece of HTML, resolved for where it is shown.
    package static func resolve(_ html: String, on page: String, of site: SiteAddress, as form: LinkForm) -> String {
        if form == .page && site.prefix.isEmpty { return html }
        return rewrite(html) { site.resolve($0, on: page, as: form) }
    }

    fileprivate struct Scanner {
        let bytes: [UInt8]
        let transform: (String) -> String
        var result: [UInt8] = []
        /// Everything before this has been copied to `result`.
        var copied = 0
        var index = 0

        init(bytes: [UInt8], transform: @escaping (String) -> String) {
            self.bytes = bytes
            self.transform = transform
        }
    }
}

extension HTMLLinks.Scanner {
    fileprivate mutating func run() {
        while index < bytes.count {
            guard let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else { return }
            index = open + 1
            if matches("!--") {
                skip(past: "-->")
            } else if index < bytes.count, Self.isLetter(bytes[index]) {
                let name = tag()
                if name == "script" || name == "style" { skip(past: "</" + name) }
            }
        }
    }

    /// Reads a start tag from its name to its `>`, rewriting attributes on the way; gives the name.
    private mutating func tag() -> String {
        let start = index
        while index < bytes.count, !Self.isSpace(bytes[index]), bytes[index] != 0x3E, bytes[index] != 0x2F {
            index += 1
        }
        let name = lowercased(start..<index)
        while index < bytes.count {
            while index < bytes.count, Self.isSpace(bytes[index]) || bytes[index] == 0x2F { index += 1 }
            guard index < bytes.count else { break }
            if bytes[index] == 0x3E {
                index += 1
                break
            }
            attribute()
        }
        return name
    }

    private mutating func attribute() {
        let start = index
        // A `=` that comes first belongs to the name (HTML standard, 13.2.5.32).
        index += 1
        while index < bytes.count, !Self.isSpace(bytes[index]), ![0x3D, 0x3E, 0x2F].contains(bytes[index]) {
            index += 1
        }
        let name = lowercased(start..<index)
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == 0x3D else { return }
        index += 1
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] != 0x3E else { return }
        let value: Range<Int>
        if bytes[index] == 0x22 || bytes[index] == 0x27 {
            let end = bytes[(index + 1)...].firstIndex(of: bytes[index]) ?? bytes.count
            value = index + 1..<end
            index = min(end + 1, bytes.count)
        } else {
            let end = bytes[index...].firstIndex { Self.isSpace($0) || $0 == 0x3E } ?? bytes.count
            value = index..<end
            index = end
        }
        replace(value, of: name)
    }

    private mutating func replace(_ range: Range<Int>, of name: String) {
        let old = String(decoding: bytes[range], as: UTF8.self)
        let new: String
        switch name {
        case "href", "src", "poster", "cite", "data", "action", "formaction": new = transform(trimmed(old))
        case "srcset": new = sourceSet(old)
        default: return
        }
        guard new != old else { return }
        result.append(contentsOf: bytes[copied..<range.lowerBound])
        result.append(contentsOf: new.utf8)
        copied = range.upperBound
    }

    /// `a.png 1x, b.png 2x`: the first word of each candidate is an address.
    private func sourceSet(_ text: String) -> String {
        text.split(separator: ",").map { candidate in
            let words = candidate.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let address = words.first else { return "" }
            return ([transform(address)] + words.dropFirst()).joined(separator: " ")
        }.joined(separator: ", ")
    }

    private func trimmed(_ text: String) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    private func matches(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    /// Moves behind the next occurrence of an ASCII text in either case, or to the end.
    private mutating func skip(past text: String) {
        let wanted = Array(text.utf8)
        while index + wanted.count <= bytes.count {
            let isHere = wanted.indices.allSatisfy { offset in
                let byte = bytes[index + offset]
                return byte == wanted[offset] || (Self.isLetter(byte) && byte | 0x20 == wanted[offset])
            }
            if isHere {
                index += wanted.count
                return
            }
            index += 1
        }
        index = bytes.count
    }

    private func lowercased(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
