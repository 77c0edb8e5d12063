/// Strangers' HTML reduced to its text in paragraphs: no tag and no attribute of theirs survives.
enum PlainParagraphs {
    /// The text of `html` as paragraphs. Blocks and blank lines separate them, `<br>` and single line feeds become `<br>`,
    /// the contents of `script` and `style` vanish.
    static func html(fromHTML html: String) -> String {
        text(of: html).split(separator: "\n\n").map { paragraph in
            let lines = paragraph.split(separator: "\n").map { trimmed($0) }.filter { !$0.isEmpty }
            return lines.isEmpty ? "" : "<p>" + lines.map(escaped).joined(separator: "<br>\n") + "</p>\n"
        }.joined()
    }

    private static let blocks: Set<String> = [
        "p", "div", "blockquote", "ul", "ol", "li", "pre", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "section",
        "article",
    ]

    private static func text(of html: String) -> String {
        var result = ""
        var rest = html.replacing("\r\n", with: "\n")[...]
        while let open = rest.firstIndex(of: "<") {
            result += rest[..<open]
            rest = rest[open...].dropFirst()
            let isClosing = rest.first == "/"
            let name = (isClosing ? rest.dropFirst() : rest).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
                .lowercased()
            if rest.hasPrefix("!--") {
                rest = rest.firstRange(of: "-->").map { rest[$0.upperBound...] } ?? ""
                continue
            }
            guard !name.isEmpty else {
                result += "<"
                continue
            }
            rest = rest.firstIndex(of: ">").map { rest[$0...].dropFirst() } ?? ""
            if !isClosing && (name == "script" || name == "style") {
                rest = skip(rest, past: "</\(name)")
                rest = rest.firstIndex(of: ">").map { rest[$0...].dropFirst() } ?? ""
            } else if name == "br" {
                result += "\n"
            } else if blocks.contains(name) {
                result += "\n\n"
            }
        }
        return decoded(result + rest)
    }

    /// The text behind the first occurrence of an ASCII text in either case; empty when there is none.
    private static func skip(_ text: Substring, past wanted: String) -> Substring {
        let bytes = Array(wanted.utf8)
        var start = text.utf8.startIndex
        while start != text.utf8.endIndex {
            let here = text.utf8[start...].prefix(bytes.count)
            if here.count == bytes.count, zip(here, bytes).allSatisfy({ $0 == $1 || ($0 | 0x20) == $1 }) {
                return text[here.endIndex...]
            }
            text.utf8.formIndex(after: &start)
        }
        return ""
    }

    /// The character references that comments hold in practice; any other stays as it is written.
    private static func decoded(_ text: String) -> String {
        let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[mark...].dropFirst()
            let name = rest.prefix(10).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
            var value = named[String(name)]
            if name.hasPrefix("#x") || name.hasPrefix("#X") {
                value = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map(String.init)
            } else if name.hasPrefix("#") {
                value = UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map(String.init)
            }
            if let value, rest.dropFirst(name.count).first == ";" {
                result += value
                rest = rest.dropFirst(name.count + 1)
            } else {
                result += "&"
            }
        }
        return result + rest
    }

    private static func trimmed(_ line: Substring) -> Substring {
        guard let first = line.firstIndex(where: { !$0.isWhitespace }),
            let last = line.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return line[first...last]
    }

    private static func escaped(_ text: Substring) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
