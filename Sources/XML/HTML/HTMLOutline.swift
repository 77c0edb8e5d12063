import Bytes

/// What a trusted text in HTML says, without its markup: for summaries, word counts and contents lists.
///
/// ```swift
/// let outline = HTMLOutline("<h2 id=a>One &amp; two</h2><p>First <em>words</em>.</p>")
/// outline.headings        // [Heading(level: 2, id: "a", text: "One & two")]
/// outline.firstParagraph  // "First words."
/// outline.text            // "One & two\nFirst words."
/// ```
package struct HTMLOutline: Sendable, Hashable {
    package struct Heading: Sendable, Hashable {
        /// 1…6.
        package var level: Int
        /// Empty where the heading has none.
        package var id: String
        package var text: String

        package init(level: Int, id: String, text: String) {
            self.level = level
            self.id = id
            self.text = text
        }
    }

    /// The text of all blocks, one on each line; white space within a block is one space.
    package private(set) var text = ""
    /// The text of the first `<p>` that has any, else of the first block.
    package private(set) var firstParagraph = ""
    package private(set) var headings: [Heading] = []
    /// Whether a `<p>` has a text.
    private var hasParagraph = false

    /// Never fails: every text is HTML of some kind. What is nested deeper than 256 levels is left out.
    package init(_ html: String) {
        guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
            text = Self.collapsed(html)
            firstParagraph = text
            return
        }
        let nodes = HTMLFragment(html).nodes
        var builder = Builder()
        // The depth of each node, to see which elements a node has left.
        var open: [Int] = []
        for (index, node) in nodes.enumerated() {
            while let last = open.last, last != node.parent {
                builder.leave(nodes[last])
                open.removeLast()
            }
            if node.name.isEmpty { builder.add(node.text) } else { builder.enter(node) }
            open.append(index)
        }
        while let last = open.popLast() { builder.leave(nodes[last]) }
        builder.endBlock()
        text = builder.blocks.joined(separator: "\n")
        firstParagraph = builder.firstParagraph ?? builder.blocks.first ?? ""
        hasParagraph = builder.firstParagraph != nil
        headings = builder.headings
    }

    /// Each line of a text as a paragraph.
    package static func paragraphs(_ text: String) -> String {
        var html = HTMLText()
        for line in text.split(separator: "\n") {
            html.tag("p", [])
            html.escaped(line)
            html.close("p")
        }
        return html.string
    }

    /// The text of the first paragraph, as ``firstParagraph`` has it. Reads no further than it must: of a long text with
    /// paragraphs only the beginning.
    package static func firstParagraph(of html: String) -> String {
        var end = html.startIndex
        for _ in 0..<8 {
            guard let close = html[end...].byteRange(of: "</p>") else { break }
            end = close.upperBound
            let head = HTMLOutline(String(html[..<end]))
            if head.hasParagraph { return head.firstParagraph }
        }
        return HTMLOutline(html).firstParagraph
    }

    /// The text with every run of white space as one space, without any at its ends. HTML's white space is ASCII's.
    private static func collapsed(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var isSeparated = false
        for byte in text.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isSeparated = !result.isEmpty
            } else {
                if isSeparated { result.append(0x20) }
                isSeparated = false
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private struct Builder {
        var blocks: [String] = []
        var firstParagraph: String?
        var headings: [Heading] = []
        private var block = ""
        private var paragraphs = 0
        private var heading: (level: Int, id: String)?
        /// How many open elements hold no text.
        private var silent = 0

        private static let silentElements: Set<String> = ["script", "style", "template", "noscript", "iframe", "svg"]
        private static let blockElements: Set<String> = [
            "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
            "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
            "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
            "thead", "tr", "ul",
        ]

        mutating func add(_ text: String) {
            if silent == 0 { block += text }
        }

        mutating func enter(_ node: HTMLFragment.Node) {
            if Self.silentElements.contains(node.name) { silent += 1 }
            if Self.blockElements.contains(node.name) { node.name == "br" ? block.append(" ") : endBlock() }
            if node.name == "p" { paragraphs += 1 }
            if let level = Self.level(of: node.name) {
                heading = (level, node.attributes.first { $0.name == "id" }?.value ?? "")
            }
        }

        mutating func leave(_ node: HTMLFragment.Node) {
            if Self.silentElements.contains(node.name) { silent -= 1 }
            if Self.blockElements.contains(node.name), node.name != "br" { endBlock() }
            if node.name == "p" { paragraphs -= 1 }
            if Self.level(of: node.name) != nil { heading = nil }
        }

        mutating func endBlock() {
            let text = HTMLOutline.collapsed(block)
            block = ""
            guard !text.isEmpty else { return }
            blocks.append(text)
            if let heading { headings.append(Heading(level: heading.level, id: heading.id, text: text)) }
            if paragraphs > 0, firstParagraph == nil { firstParagraph = text }
        }

        private static func level(of name: String) -> Int? {
            guard name.utf8.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()), (1...6).contains(level)
            else { return nil }
            return level
        }
    }
}
