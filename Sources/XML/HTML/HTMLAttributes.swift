/// The attributes that strangers may set.
enum HTMLAttributes {
    typealias List = [(name: String, value: String)]

    /// What remains of an element's attributes, in a fixed order, and what is added to them.
    static func safe(_ attributes: List, of element: String, _ options: HTMLCleaner.Options) -> List {
        func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
        var result: List = []
        func keep(_ name: String, _ value: String?) {
            if let value { result.append((name, value)) }
        }
        switch element {
        case "a":
            guard let destination = value("href").flatMap({ WebAddress.allowed($0, schemes: WebAddress.links) }) else {
                return []
            }
            result.append(("href", destination))
            keep("title", value("title"))
            if !options.linkRelation.isEmpty { result.append(("rel", options.linkRelation)) }
        case "img":
            guard let source = value("src").flatMap({ WebAddress.allowed($0, schemes: WebAddress.images) }) else {
                return []
            }
            result.append(("src", source))
            result.append(("alt", value("alt") ?? ""))
            keep("title", value("title"))
            for side in ["width", "height"] { keep(side, number(value(side), in: 1...10_000)) }
            result.append(("loading", "lazy"))
        case "q", "blockquote", "del", "ins":
            keep("cite", value("cite").flatMap { WebAddress.allowed($0, schemes: WebAddress.images) })
        case "abbr", "dfn":
            keep("title", value("title"))
        case "ol":
            keep("start", number(value("start"), in: -1_000_000...1_000_000))
        case "td", "th":
            keep("colspan", number(value("colspan"), in: 2...100))
            keep("rowspan", number(value("rowspan"), in: 2...100))
            if element == "th" { keep("scope", value("scope").flatMap { scopes.contains($0) ? $0 : nil }) }
        case "code":
            keep("class", value("class").flatMap(languageClass))
        default: break
        }
        return result
    }

    private static let scopes: Set<String> = ["row", "col", "rowgroup", "colgroup"]

    private static func number(_ text: String?, in range: ClosedRange<Int>) -> String? {
        text.flatMap { Int($0) }.flatMap { range.contains($0) ? String($0) : nil }
    }

    /// `language-swift`, which tells a reader what the code is.
    private static func languageClass(_ text: String) -> String? {
        text.split(whereSeparator: \.isWhitespace).first { name in
            name.hasPrefix("language-") && name.utf8.count < 40
                && name.utf8.allSatisfy {
                    ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || "0123456789+-#_".utf8.contains($0)
                }
        }.map(String.init)
    }
}

/// The addresses that strangers may lead readers to.
enum WebAddress {
    static let links = ["http://", "https://", "mailto:"]
    static let images = ["http://", "https://"]

    /// The address as a browser understands it, if its scheme is allowed: without white space and control characters around
    /// it, without tabs and line feeds within (URL standard, 4.4). Relative ones mean another site's pages here and are not
    /// allowed.
    static func allowed(_ text: String, schemes: [String]) -> String? {
        var scalars = text.unicodeScalars.filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }[...]
        while let first = scalars.first, first.value <= 0x20 { scalars = scalars.dropFirst() }
        while let last = scalars.last, last.value <= 0x20 { scalars = scalars.dropLast() }
        let start = String(String.UnicodeScalarView(scalars.prefix(8))).lowercased()
        guard schemes.contains(where: { start.hasPrefix($0) }) else { return nil }
        var result = ""
        for scalar in scalars {
            // What has no place in a URL, percent-encoded.
            if scalar.value > 0x20, scalar.value < 0x7F, !"\"<>\\^`{|}".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    let digits = String(byte, radix: 16, uppercase: true)
                    result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
                }
            }
        }
        return result
    }
}
