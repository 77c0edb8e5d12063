import Bytes

/// Footnote references, extended autolinks and strikethrough, found in the text nodes of paragraphs, headings and what
/// is in them.
struct InlineExtensions {
    let options: MarkdownOptions
    let footnotes: FootnoteDefinitions
    let mark: EscapeMarks.Mark?
    private let triggers: ByteFinder
    private let triggerSet: ByteSet

    /// Nil if nothing in the source can become one of them.
    init?(options: MarkdownOptions, footnotes: FootnoteDefinitions, mark: EscapeMarks.Mark?, source: [UInt8]) {
        self.options = options
        self.footnotes = footnotes
        self.mark = mark
        // Few documents have all of these, and the letter w is frequent.
        func has(_ text: StaticString) -> Bool {
            source.withUnsafeBufferPointer { ByteSearch.contains(text, in: $0) }
        }
        var characters = footnotes.isEmpty ? "" : "["
        if options.strikethrough, has("~") { characters += "~" }
        if options.autolinks {
            if has("://") { characters += ":" }
            if has("@") { characters += "@" }
            if has("www.") { characters += "w" }
        }
        if characters.isEmpty { return nil }
        triggers = ByteFinder(characters)
        triggerSet = ByteSet(characters)
    }

    private enum Piece {
        case text(Range<Int>)
        case link(Range<Int>, prefix: StaticString)
        case footnote(Range<Int>, index: Int)
        case tildes(Range<Int>)
    }

    func apply(to tree: inout Tree) {
        // Nodes that the pass itself adds need no second look.
        for id in 0..<NodeID(tree.nodes.count) where tree[id].kind.isInlineContainer { apply(to: id, in: &tree) }
    }

    /// Treats the children of one node; their children are treated when it is their turn.
    private func apply(to container: NodeID, in tree: inout Tree) {
        guard tree[container].kind != .image else { return }
        var tildes: [Strikethrough.Run] = []
        var linkState: Bool?
        var child = tree[container].firstChild
        while child != Tree.none {
            let next = tree[child].next
            if tree[child].kind == .text, mayHavePieces(tree[child].text, in: tree) {
                let allowsLinks = linkState ?? !isInLink(container, in: tree)
                linkState = allowsLinks
                split(child, allowsLinks: allowsLinks, tildes: &tildes, in: &tree)
            }
            child = next
        }
        if !tildes.isEmpty {
            Strikethrough.apply(tildes, maximumNesting: options.maximumNesting, to: &tree)
        }
    }

    private func isInLink(_ node: NodeID, in tree: Tree) -> Bool {
        var current = node
        while current != Tree.none, tree[current].kind.isInlineContainer {
            if tree[current].kind == .link || tree[current].kind == .image { return true }
            current = tree[current].parent
        }
        return false
    }

    private func mayHavePieces(_ range: TextRange, in tree: Tree) -> Bool {
        tree.text.withUnsafeBufferPointer { text in
            let end = range.indices.upperBound
            var start = range.indices.lowerBound
            while let index = triggers.first(in: text, start..<end) {
                let next = index + 1 < end ? text[index + 1] : 0
                switch text[index] {
                case UInt8(ascii: "["): if next == UInt8(ascii: "^") { return true }
                case UInt8(ascii: ":"): if next == UInt8(ascii: "/") { return true }
                case UInt8(ascii: "w"): if next == UInt8(ascii: "w") { return true }
                default: return true
                }
                start = index + 1
            }
            return false
        }
    }

    private func split(_ id: NodeID, allowsLinks: Bool, tildes: inout [Strikethrough.Run], in tree: inout Tree) {
        let base = Int(tree[id].text.start)
        // A copy: the tree's text grows below.
        let text = Array(tree.text[tree[id].text.indices])
        let pieces = pieces(of: text, allowsLinks: allowsLinks, previous: lastByte(of: tree[id].previous, in: tree))
        if case .text(let range)? = pieces.first, pieces.count == 1, range.count == text.count { return }
        let position = tree[id].position
        var last = id
        for piece in pieces {
            let node: NodeID
            switch piece {
            case .text(let range):
                node = makeText(range, base: base, at: position, in: &tree)
            case .link(let range, let prefix):
                node = makeLink(text, range, prefix: prefix, base: base, at: position, in: &tree)
            case .footnote(let range, let index):
                node = tree.make(.footnoteReference, at: position.moved(by: range.lowerBound))
                tree[node].number = Int32(index)
            case .tildes(let range):
                node = makeText(range, base: base, at: position, in: &tree)
            }
            tree.insert(node, after: last)
            last = node
            if case .tildes(let range) = piece {
                let before = Neighbour.before(range.lowerBound, in: text, of: id, tree)
                let after = Neighbour.after(range.upperBound, in: text, of: id, tree, lastPiece: last)
                tildes.append(Strikethrough.Run(node: node, length: range.count, before: before, after: after))
            }
        }
        tree.unlink(id)
        tree[id].kind = .detached
    }

    private func makeText(_ range: Range<Int>, base: Int, at position: SourcePosition, in tree: inout Tree) -> NodeID {
        let node = tree.make(.text, at: position.moved(by: range.lowerBound))
        tree[node].text = TextRange(start: Int32(base + range.lowerBound), end: Int32(base + range.upperBound))
        return node
    }

    private func makeLink(
        _ text: [UInt8],
        _ range: Range<Int>,
        prefix: StaticString,
        base: Int,
        at position: SourcePosition,
        in tree: inout Tree
    ) -> NodeID {
        let link = tree.make(.link, at: position.moved(by: range.lowerBound))
        var destination = Array(prefix.description.utf8)
        text[range].withUnsafeBytes { bytes in
            if let mark { destination += mark.removed(from: bytes) } else { destination += bytes }
        }
        tree[link].text = tree.store(destination)
        tree.append(makeText(range, base: base, at: position, in: &tree), to: link)
        return link
    }

    /// The source character that a sibling ends with, as far as autolinks ask for it.
    private func lastByte(of sibling: NodeID, in tree: Tree) -> UInt8? {
        guard sibling != Tree.none else { return nil }
        switch tree[sibling].kind {
        case .softBreak, .lineBreak: return nil
        case .emphasis, .strong: return UInt8(ascii: "*")
        case .text: return tree.text[tree[sibling].text.indices].last
        default: return UInt8(ascii: ">")
        }
    }

    private func byte(before index: Int, in text: [UInt8], previous: UInt8?) -> UInt8? {
        if index == 0 { return previous }
        if let mark, text[..<index].suffix(mark.bytes.count).elementsEqual(mark.bytes), index > mark.bytes.count {
            return text[index - mark.bytes.count - 1]
        }
        return text[index - 1]
    }

    private func pieces(of text: [UInt8], allowsLinks: Bool, previous: UInt8?) -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        var index = 0
        func close(at end: Int) {
            if end > start { pieces.append(.text(start..<end)) }
        }
        while index < text.count {
            guard triggerSet.contains(text[index]) else {
                index += 1
                continue
            }
            if text[index] == UInt8(ascii: "~") {
                var end = index
                while end < text.count, text[end] == UInt8(ascii: "~") { end += 1 }
                // The mark behind a run is the last tilde's: that one was escaped.
                let runEnd = isMarked(end, in: text) ? end - 1 : end
                if options.strikethrough, 1...2 ~= runEnd - index {
                    close(at: index)
                    pieces.append(.tildes(index..<runEnd))
                    start = runEnd
                }
                index = end
            } else if text[index] == UInt8(ascii: "[") {
                // A link in a link is not possible in HTML.
                if allowsLinks, let (range, footnote) = footnoteReference(at: index, in: text) {
                    close(at: index)
                    pieces.append(.footnote(range, index: footnote))
                    start = range.upperBound
                    index = start
                } else {
                    index += 1
                }
            } else if options.autolinks, allowsLinks,
                let match = Autolink.match(
                    at: index, in: text, from: start, previous: byte(before: index, in: text, previous: previous))
            {
                close(at: match.range.lowerBound)
                pieces.append(.link(match.range, prefix: match.prefix))
                start = match.range.upperBound
                index = start
            } else {
                index += 1
            }
        }
        close(at: text.count)
        return pieces
    }

    /// Whether the character before `end` was escaped.
    private func isMarked(_ end: Int, in text: [UInt8]) -> Bool {
        guard let mark else { return false }
        return text[end...].starts(with: mark.bytes)
    }

    private func footnoteReference(at start: Int, in text: [UInt8]) -> (Range<Int>, Int)? {
        guard !footnotes.isEmpty, start + 2 < text.count, text[start + 1] == UInt8(ascii: "^") else { return nil }
        var end = start + 2
        while end < text.count, text[end] != UInt8(ascii: "]") {
            if text[end] == UInt8(ascii: "[") || text[end].isASCIISpace { return nil }
            end += 1
        }
        guard end < text.count, let index = footnotes.index(of: text[(start + 2)..<end]) else { return nil }
        return (start..<end + 1, index)
    }
}

extension SourcePosition {
    func moved(by columns: Int) -> SourcePosition {
        SourcePosition(line: line, column: column + Int32(columns))
    }
}
