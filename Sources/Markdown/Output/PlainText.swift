import Bytes

/// Collects the text of nodes without markup.
struct PlainText {
    /// Newlines between blocks and at line breaks; otherwise spaces.
    let keepsLines: Bool
    /// Inline HTML is part of the text, as cmark has it in alternative texts.
    let keepsHTML: Bool
    private(set) var bytes: [UInt8] = []

    init(keepsLines: Bool, keepsHTML: Bool = false, capacity: Int = 0) {
        self.keepsLines = keepsLines
        self.keepsHTML = keepsHTML
        bytes.reserveCapacity(capacity)
    }

    var measure: TextMeasure { bytes.withUnsafeBufferPointer { TextMeasure($0) } }

    /// Without white space at the end.
    var trimmed: ArraySlice<UInt8> {
        var end = bytes.count
        while end > 0, bytes[end - 1].isASCIISpace { end -= 1 }
        return bytes[..<end]
    }

    var string: String { String(utf8Bytes: trimmed) }

    /// Adds `top` and what is in it, up to `stop`.
    mutating func add(_ top: NodeID, of tree: Tree, until stop: NodeID = Tree.none) {
        var node = top
        while node != Tree.none, node != stop {
            switch tree[node].kind {
            case .text where tree[node].previous != Tree.none && tree[tree[node].previous].kind == .taskMarker:
                bytes.append(contentsOf: tree.text[tree[node].text.indices].drop { $0 == .space || $0 == .tab })
            case .text, .code: bytes.append(contentsOf: tree.text[tree[node].text.indices])
            case .htmlInline where keepsHTML: bytes.append(contentsOf: tree.text[tree[node].text.indices])
            case .softBreak where keepsHTML, .lineBreak where keepsHTML: bytes.append(.space)
            case .softBreak, .lineBreak: separate(with: keepsLines ? .newline : .space)
            case .codeBlock:
                startBlock()
                bytes.append(contentsOf: tree.text[tree[node].text.indices])
            case .paragraph, .heading, .tableRow, .thematicBreak: startBlock()
            case .tableCell: if tree[node].previous != Tree.none { separate(with: .space) }
            default: break
            }
            node = tree.following(node, in: top)
        }
    }

    private mutating func startBlock() {
        separate(with: keepsLines ? .newline : .space)
    }

    private mutating func separate(with byte: UInt8) {
        if let last = bytes.last, last != .newline, last != .space { bytes.append(byte) }
    }
}
