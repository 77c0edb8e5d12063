import Foundation
import Testing

@testable import Templates

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Whatever a text holds: escaped by a template, it parses back to the same text. The parser is libxml2's, which stands behind
/// Foundation's `XMLParser`.
@Suite struct EscapingPropertyTests {
    /// Ways to print `t`, as text and inside of quotes.
    private static let ways = [
        "{{ t }}", "{{ t | escape }}", "{{ t | escape | escape }}", "{{ [t] | join }}", "{{ '' ~ t }}",
        "{{ (t | escape) ~ '' }}", "{{ t | replace('no such text', t) }}", "{{ [t, t] | first }}", "{{ t | string }}",
        "{% set s %}{{ t }}{% endset %}{{ s }}", "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(t) }}{{ m(t)[:0] }}",
        "{% filter trim('\u{1}') %}{{ t }}{% endfilter %}", "{% with u = t %}{{ u }}{% endwith %}",
        "{% for c in [t] %}{{ c }}{% endfor %}", "{{ t if true else '' }}", "{{ {'a': t}['a'] }}",
        "{% include 'part' %}",
    ]

    @Test(arguments: UInt64(1)...40)
    func `escaped text parses back to itself in HTML and XML`(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for (index, way) in Self.ways.enumerated() {
            let kind = (seed + UInt64(index)) % 2 == 0 ? "html" : "xml"
            // An HTML page may have control characters, which XML's grammar, and so this parser, does not know.
            let text = random.text(hasForbidden: kind == "xml")
            let page = try render(
                "<p title=\"\(way)\" class='\(way)'>\(way)</p>", name: "page.\(kind)", part: "{{ t }}", text)
            let parsed = try #require(ParsedElement(page), "\(page)")
            let expected = text.readByXML
            #expect(Array(parsed.text.unicodeScalars) == Array(expected.unicodeScalars), "\(way): \(page)")
            // In attributes the parser turns tabs and line ends into spaces.
            let inAttribute = String(
                scalars: expected.unicodeScalars.map { "\t\n".unicodeScalars.contains($0) ? " " : $0 })
            #expect(parsed.attributes == ["title": inAttribute, "class": inAttribute], "\(way): \(page)")
        }
    }

    @Test(arguments: UInt64(1)...40)
    func `text in JSON parses back to itself, and is safe inside of a script`(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let text = random.text(hasForbidden: true)
        let page = try render("[\"{{ t }}\", {{ t | tojson }}, {{ [t] | tojson }}]", name: "page.json", part: "", text)
        let parsed = try #require(JSONSerialization.jsonObject(with: Data(page.utf8)) as? [Any])
        #expect((parsed[0] as? String)?.unicodeScalars.map(\.value) == text.unicodeScalars.map(\.value))
        #expect((parsed[1] as? String)?.unicodeScalars.map(\.value) == text.unicodeScalars.map(\.value))
        #expect((parsed[2] as? [String])?.first?.unicodeScalars.map(\.value) == text.unicodeScalars.map(\.value))
        let script = try render("{{ t | tojson }}", name: "page.html", part: "", text)
        #expect(!script.contains { "<>&'".contains($0) })
    }

    private func render(_ source: String, name: String, part: String, _ text: String) throws -> String {
        let templates = try TemplateSet([
            TemplateFile(name: name, path: name, source: source),
            TemplateFile(name: "part", path: "part", source: part),
        ])
        var output: [UInt8] = []
        try templates.render(name, [("t", .string(text))], page: "/", into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

/// Texts of characters that break escaping, if anything does.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private static let pieces = [
        "<", ">", "&", "\"", "'", "&amp;", "&lt;", "&#34;", "&#x3C;", "]]>", "<![CDATA[", "<!--", "-->", "</p>",
        "<p x=\"y\">", "\\",
        "/", "=", "`", "{{", "}}", "{%", "\t", "\n", " ", "a", "Z", "0", "é", "e\u{301}", "ß", "\u{FFFD}", "\u{1F600}",
        "\u{10FFFD}", "日本", "\u{200F}", "\u{2028}", "\u{85}", "\u{7F}", "javascript:", "\u{EFBF}",
    ]
    private static let forbidden = ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"]

    mutating func text(hasForbidden: Bool) -> String {
        let pieces = Self.pieces + (hasForbidden ? Self.forbidden : [])
        return (0..<Int.random(in: 0...30, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}

extension String {
    /// What an XML document can hold of this text: characters without any form in XML are U+FFFD.
    fileprivate var readByXML: String {
        String(
            scalars: unicodeScalars.map { scalar in
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                return isAllowed || scalar == "\t" || scalar == "\n" ? scalar : "\u{FFFD}"
            })
    }
}

/// The one element of a document, as the parser hands it out.
private final class ParsedElement: NSObject, XMLParserDelegate {
    private(set) var text = ""
    private(set) var attributes: [String: String] = [:]

    init?(_ document: String) {
        super.init()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) { self.attributes = attributes }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
