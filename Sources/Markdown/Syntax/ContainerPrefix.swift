/// Finds where the text of a block begins on each of its lines, behind the `>` and the indentation of the quotes and
/// lists around it.
///
/// cmark gives a paragraph's lines but not its raw text; tables are cut out of the latter. The rules are CommonMark's
/// for container blocks (spec 0.30, sections 5.1 and 5.2), with tabs as stops of four columns.
struct ContainerPrefix {
    struct Content {
        var text: ArraySlice<UInt8>
        /// Spaces that remain of a tab that was consumed in part.
        var leadingSpaces: Int
        /// The line continues the paragraph although it lacks the prefix.
        var isLazy: Bool
        /// Columns of white space before the first other character.
        var indent: Int
    }

    let lines: SourceLines
    /// Columns from an item's surroundings to its content.
    private var itemWidths: [NodeID: Int] = [:]

    init(lines: SourceLines) {
        self.lines = lines
    }

    /// Quotes and items around a node, outermost first.
    static func containers(of node: NodeID, in tree: Tree) -> [NodeID] {
        var result: [NodeID] = []
        var current = tree[node].parent
        while current != Tree.none {
            if tree[current].kind == .blockQuote || tree[current].kind == .item { result.append(current) }
            current = tree[current].parent
        }
        return result.reversed()
    }

    mutating func content(ofLine line: Int, in containers: [NodeID], of tree: Tree) -> Content {
        var cursor = Cursor(lines[line])
        for (index, container) in containers.enumerated() {
            if tree[container].kind == .blockQuote {
                guard cursor.skipQuoteMarker() else { return cursor.content(isLazy: true) }
            } else if Int(tree[container].position.line) == line {
                itemWidths[container] = cursor.skipListMarker()
            } else {
                let width = itemWidth(container, in: containers.prefix(index + 1), of: tree)
                guard cursor.indent >= width else { return cursor.content(isLazy: true) }
                cursor.advance(columns: width)
            }
        }
        return cursor.content(isLazy: false)
    }

    private mutating func itemWidth(_ item: NodeID, in containers: ArraySlice<NodeID>, of tree: Tree) -> Int {
        if let width = itemWidths[item] { return width }
        // Measured on the way through the item's first line.
        _ = content(ofLine: Int(tree[item].position.line), in: Array(containers), of: tree)
        return itemWidths[item] ?? 0
    }
}

/// A place in a line, in bytes and columns.
private struct Cursor {
    private let line: ArraySlice<UInt8>
    private var offset: Int
    private var column = 0
    /// Columns of the tab at `offset` that are already consumed.
    private var consumedOfTab = 0

    init(_ line: ArraySlice<UInt8>) {
        self.line = line
        offset = line.startIndex
    }

    var indent: Int {
        var (columns, index) = (0, offset)
        while index < line.endIndex {
            if line[index] == .space {
                columns += 1
            } else if line[index] == .tab {
                columns += 4 - (column + columns) % 4
            } else {
                break
            }
            index += 1
        }
        return columns
    }

    private var next: UInt8? { offset < line.endIndex ? line[offset] : nil }

    mutating func advance(columns count: Int) {
        var remaining = count
        while remaining > 0, let byte = next {
            if byte == .tab {
                let width = 4 - column % 4
                let step = min(width, remaining)
                column += step
                remaining -= step
                consumedOfTab = step == width ? 0 : consumedOfTab + step
                if step == width { offset += 1 }
            } else {
                offset += 1
                column += 1
                remaining -= 1
            }
        }
    }

    mutating func skipQuoteMarker() -> Bool {
        let indent = indent
        guard indent <= 3 else { return false }
        var probe = self
        probe.advance(columns: indent)
        guard probe.next == UInt8(ascii: ">") else { return false }
        probe.advance(columns: 1)
        if probe.next == .space || probe.next == .tab { probe.advance(columns: 1) }
        self = probe
        return true
    }

    /// Returns the columns that the item's further lines must be indented by.
    mutating func skipListMarker() -> Int {
        let indent = indent
        advance(columns: indent)
        var width = 1
        if let byte = next, byte.isASCIIDigit {
            width = line[offset...].prefix { $0.isASCIIDigit }.count + 1
        }
        advance(columns: width)
        var probe = self
        let spaces = probe.indent
        probe.advance(columns: spaces)
        // More than four spaces, or nothing behind the marker: the content begins one column behind it.
        if spaces >= 1, spaces <= 4, probe.next != nil {
            self = probe
            return indent + width + spaces
        }
        if spaces > 0 { advance(columns: 1) }
        return indent + width + 1
    }

    func content(isLazy: Bool) -> ContainerPrefix.Content {
        let leading = consumedOfTab > 0 ? 4 - column % 4 : 0
        let start = consumedOfTab > 0 ? offset + 1 : offset
        return ContainerPrefix.Content(text: line[start...], leadingSpaces: leading, isLazy: isLazy, indent: indent)
    }
}
