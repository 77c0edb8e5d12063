typealias NodeID = Int32

/// A range of `Tree.text`.
struct TextRange {
    var start: Int32 = 0
    var end: Int32 = 0

    var isEmpty: Bool { start == end }
    var indices: Range<Int> { Int(start)..<Int(end) }
}

/// Where in the source a node begins: 1-based line and column in bytes.
struct SourcePosition: Equatable {
    var line: Int32
    var column: Int32
}

/// One element of the document. What `text`, `detail` and `number` hold depends on the kind.
struct Node {
    enum Kind: UInt8 {
        case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
        case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, link, image
        case table, tableRow, tableCell, alert, strikethrough, taskMarker, footnoteReference, footnoteDefinition
        /// Holds nodes that are out of the document, such as a summary marker.
        case detached
    }

    enum Alignment: UInt8 {
        case none, left, center, right
    }

    var kind: Kind
    /// item and list: no blank lines between items. taskMarker: checked. tableRow: header.
    var flag = false
    /// list: numbered.
    var isOrdered = false
    var alignment = Alignment.none
    var parent: NodeID = Tree.none
    var firstChild: NodeID = Tree.none
    var lastChild: NodeID = Tree.none
    var previous: NodeID = Tree.none
    var next: NodeID = Tree.none
    /// Literal text; a link's destination; a footnote's label; a heading's id.
    var text = TextRange()
    /// A link's title; a code block's info string.
    var detail = TextRange()
    /// Heading level, list start, footnote number, alert kind.
    var number: Int32 = 0
    /// A footnote reference's ordinal among the references to its note.
    var ordinal: Int32 = 0
    var position = SourcePosition(line: 0, column: 0)
    var endLine: Int32 = 0
}

/// A document as nodes in one array, their text in another: freed at once, walked without recursion, whatever the
/// nesting.
struct Tree {
    static let none: NodeID = -1
    static let root: NodeID = 0

    var nodes: [Node] = []
    var text: [UInt8] = []

    subscript(id: NodeID) -> Node {
        _read { yield nodes[Int(id)] }
        _modify { yield &nodes[Int(id)] }
    }

    /// Makes room for what a source of this size usually becomes.
    mutating func reserve(forSourceBytes count: Int) {
        nodes.reserveCapacity(nodes.count + count / 16 + 32)
        text.reserveCapacity(text.count + count + count / 8)
    }

    /// Adds a node that is not yet part of the document.
    mutating func make(_ kind: Node.Kind, at position: SourcePosition = .init(line: 0, column: 0)) -> NodeID {
        var node = Node(kind: kind)
        node.position = position
        node.endLine = position.line
        nodes.append(node)
        return NodeID(nodes.count - 1)
    }

    /// Copies bytes behind the text, for a node to refer to.
    mutating func store(_ bytes: some Collection<UInt8>) -> TextRange {
        let start = Int32(text.count)
        text.append(contentsOf: bytes)
        return TextRange(start: start, end: Int32(text.count))
    }

    mutating func append(_ child: NodeID, to parent: NodeID) {
        let last = self[parent].lastChild
        self[child].parent = parent
        self[child].previous = last
        self[child].next = Tree.none
        if last == Tree.none { self[parent].firstChild = child } else { self[last].next = child }
        self[parent].lastChild = child
    }

    mutating func prepend(_ child: NodeID, to parent: NodeID) {
        let first = self[parent].firstChild
        self[child].parent = parent
        self[child].previous = Tree.none
        self[child].next = first
        if first == Tree.none { self[parent].lastChild = child } else { self[first].previous = child }
        self[parent].firstChild = child
    }

    mutating func insert(_ node: NodeID, after sibling: NodeID) {
        let parent = self[sibling].parent
        let next = self[sibling].next
        self[node].parent = parent
        self[node].previous = sibling
        self[node].next = next
        self[sibling].next = node
        if next == Tree.none { self[parent].lastChild = node } else { self[next].previous = node }
    }

    mutating func unlink(_ node: NodeID) {
        let (parent, previous, next) = (self[node].parent, self[node].previous, self[node].next)
        if previous != Tree.none {
            self[previous].next = next
        } else if parent != Tree.none {
            self[parent].firstChild = next
        }
        if next != Tree.none {
            self[next].previous = previous
        } else if parent != Tree.none {
            self[parent].lastChild = previous
        }
        self[node].parent = Tree.none
        self[node].previous = Tree.none
        self[node].next = Tree.none
    }

    /// Moves all children of one node behind those of another.
    mutating func moveChildren(of source: NodeID, to target: NodeID) {
        while self[source].firstChild != Tree.none {
            let child = self[source].firstChild
            unlink(child)
            append(child, to: target)
        }
    }

    /// The node after `id` in document order, within `top`; skips `id`'s children if asked to.
    func following(_ id: NodeID, in top: NodeID, skippingChildren: Bool = false) -> NodeID {
        if !skippingChildren, self[id].firstChild != Tree.none { return self[id].firstChild }
        var current = id
        while current != top, current != Tree.none {
            if self[current].next != Tree.none { return self[current].next }
            current = self[current].parent
        }
        return Tree.none
    }

    func string(_ range: TextRange) -> String {
        String(decoding: text[range.indices], as: UTF8.self)
    }
}

extension Node.Kind {
    var isInlineContainer: Bool {
        switch self {
        case .paragraph, .heading, .emphasis, .strong, .link, .image, .tableCell, .strikethrough: true
        default: false
        }
    }
}
