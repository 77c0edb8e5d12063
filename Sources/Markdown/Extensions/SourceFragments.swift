/// Pieces of source that are parsed apart from the document, all together, and grafted into its tree.
struct SourceFragments {
    enum Target {
        /// The one paragraph's inlines become the node's.
        case cell(NodeID)
        /// The blocks take the place of the node.
        case replacing(NodeID)
        case after(NodeID)
    }

    private struct Fragment {
        var target: Target
        /// Lines of the fragments' document.
        var lines: Range<Int32>
        /// Where the fragment's first character is in the source.
        var position: SourcePosition
        var prefixLength: Int32
    }

    /// A no-break space before a cell: cmark then sees no block in `- a` or `# a`, and to the rules of emphasis it is
    /// the white space that a line begins with.
    private static let guardPrefix = Array("\u{A0}".utf8)

    private var source: [UInt8] = []
    private var nextLine: Int32 = 1
    private var fragments: [Fragment] = []
    private var needsDefinitions = false

    mutating func addCell(_ text: [UInt8], into cell: NodeID, at position: SourcePosition) {
        source.append(contentsOf: Self.guardPrefix)
        append(text)
        finish(.cell(cell), lineCount: 1, position: position, prefixLength: Int32(Self.guardPrefix.count))
    }

    mutating func addBlocks(_ lines: [ContainerPrefix.Content], from line: Int, into target: Target) {
        for (index, content) in lines.enumerated() {
            if index > 0 { source.append(.newline) }
            source.append(contentsOf: repeatElement(.space, count: content.leadingSpaces))
            append(content.text)
        }
        finish(target, lineCount: lines.count, position: .init(line: Int32(line), column: 1), prefixLength: 0)
    }

    private mutating func append(_ text: some Sequence<UInt8>) {
        for byte in text {
            if byte == UInt8(ascii: "[") { needsDefinitions = true }
            source.append(byte)
        }
    }

    private mutating func finish(_ target: Target, lineCount: Int, position: SourcePosition, prefixLength: Int32) {
        let lines = nextLine..<nextLine + Int32(lineCount)
        fragments.append(Fragment(target: target, lines: lines, position: position, prefixLength: prefixLength))
        source.append(contentsOf: [.newline, .newline])
        nextLine = lines.upperBound + 1
    }

    mutating func parse(
        with parser: CommonMarkParser,
        mark: EscapeMarks.Mark?,
        definitionsFrom lines: SourceLines,
        into tree: inout Tree
    ) {
        guard !fragments.isEmpty else { return }
        if needsDefinitions { source.append(contentsOf: ReferenceDefinitions.collect(from: lines, tree)) }
        let document = source.withUnsafeBufferPointer { parser.parse($0, into: &tree, mark: mark) }
        var block = tree[document].firstChild
        for fragment in fragments {
            var anchor = Tree.none
            while block != Tree.none, tree[block].position.line < fragment.lines.upperBound {
                let next = tree[block].next
                tree.unlink(block)
                move(block, of: fragment, in: &tree)
                graft(block, of: fragment, after: &anchor, in: &tree)
                block = next
            }
            if case .replacing(let old) = fragment.target { tree.unlink(old) }
        }
        tree[document].kind = .detached
    }

    private func graft(_ block: NodeID, of fragment: Fragment, after anchor: inout NodeID, in tree: inout Tree) {
        switch fragment.target {
        case .cell(let cell):
            removeGuard(from: block, in: &tree)
            tree.moveChildren(of: block, to: cell)
            tree[block].kind = .detached
        case .replacing(let node), .after(let node):
            tree.insert(block, after: anchor == Tree.none ? node : anchor)
            anchor = block
        }
    }

    private func removeGuard(from paragraph: NodeID, in tree: inout Tree) {
        let first = tree[paragraph].firstChild
        guard first != Tree.none, tree[first].kind == .text else { return }
        tree[first].text.start += Int32(Self.guardPrefix.count)
        if tree[first].text.isEmpty { tree.unlink(first) }
    }

    /// Gives the nodes of a fragment their places in the source.
    private func move(_ block: NodeID, of fragment: Fragment, in tree: inout Tree) {
        let lineOffset = fragment.position.line - fragment.lines.lowerBound
        var node = block
        while node != Tree.none {
            tree[node].position.line += lineOffset
            tree[node].position.column += fragment.position.column - 1 - fragment.prefixLength
            tree[node].endLine += lineOffset
            node = tree.following(node, in: block)
        }
    }
}
