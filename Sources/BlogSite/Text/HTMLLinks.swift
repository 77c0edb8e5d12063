import Bytes

/// Rewrites the addresses in a piece of HTML.
///
/// A post's text is written for the post's page. On the home page and in a feed its relative links would lead elsewhere, so
/// each address in `href`, `src`, `srcset`, `poster`, `cite`, `data`, `action` and `formaction` is replaced there.
package enum HTMLLinks {
    /// The HTML with each address replaced by what `transform` makes of it; all other bytes stay as they are.
    ///
    /// Addresses are handed over as written, with their character references.
    package static func rewrite(_ html: String, _ transform: (String) -> String) -> String {
        guard html.utf8.contains(UInt8(ascii: "<")) else { return html }
        var tokens = HTMLTokenizer(Array(html.utf8))
        var result: [UInt8] = []
        var copied = 0
        while let tag = tokens.nextStartTag(having: names) {
            for attribute in tag.attributes {
                guard let range = attribute.value else { continue }
                let old = tokens.string(range)
                guard let new = rewritten(old, of: attribute.name, transform), new != old else { continue }
                result.append(contentsOf: tokens.bytes[copied..<range.lowerBound])
                result.append(contentsOf: new.utf8)
                copied = range.upperBound
            }
        }
        guard copied > 0 else { return html }
        result.append(contentsOf: tokens.bytes[copied...])
        return String(utf8Bytes: result)
    }

    /// The addresses in a piece of HTML, resolved for where it is shown.
    package static func resolve(_ html: String, on page: String, of site: SiteAddress, as form: LinkForm) -> String {
        if form == .page && site.prefix.isEmpty { return html }
        return rewrite(html) { site.resolve($0, on: page, as: form) }
    }

    /// Attributes whose value is one address.
    static let attributes: Set<String> = ["href", "src", "poster", "cite", "data", "action", "formaction"]
    private static let names = HTMLTokenizer.AttributeNames(attributes.union(["srcset"]))

    private static func rewritten(
        _ value: String, of attribute: String, _ transform: (String) -> String
    ) -> String? {
        if attributes.contains(attribute) { return transform(trimmed(value)) }
        guard attribute == "srcset" else { return nil }
        return sourceSet(value).map { ([transform($0.address)] + $0.conditions).joined(separator: " ") }
            .joined(separator: ", ")
    }

    /// The candidates of `a.png 1x, b.png 2x`: the first word of each is an address.
    static func sourceSet(_ text: String) -> [(address: String, conditions: [String])] {
        text.split(separator: ",").compactMap { candidate in
            let words = candidate.split(whereSeparator: \.isWhitespace).map(String.init)
            return words.first.map { ($0, Array(words.dropFirst())) }
        }
    }

    private static func trimmed(_ text: String) -> String {
        // As addresses nearly always are.
        if let first = text.utf8.first, let last = text.utf8.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last {
            return text
        }
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
