/// Finds where links and images really begin.
///
/// cmark's positions of inline elements are near the truth: it does not count the indentation of a paragraph's further
/// lines, gives a link the line of its end, and knows nothing of lines that were definitions.
enum LinkPositions {
    /// How far from cmark's column the beginning is looked for.
    private static let reach = 200

    /// - Parameter lines: Of the source without edits.
    static func fix(in tree: inout Tree, edits: SourceEdits, lines: @autoclosure () -> SourceLines) {
        guard tree.nodes.contains(where: { $0.kind == .link || $0.kind == .image }) else { return }
        let lines = lines()
        var lastParagraph = Tree.none
        for id in 0..<NodeID(tree.nodes.count) where tree[id].kind == .link || tree[id].kind == .image {
            var paragraph = tree[id].parent
            while paragraph != Tree.none, tree[paragraph].kind != .paragraph { paragraph = tree[paragraph].parent }
            // The links of a paragraph follow each other.
            if paragraph != Tree.none, paragraph != lastParagraph {
                skipDefinitions(in: paragraph, of: &tree, lines: lines)
            }
            lastParagraph = paragraph
        }
        for id in 0..<NodeID(tree.nodes.count) where tree[id].kind == .link || tree[id].kind == .image {
            // A link begins on the line of its first text.
            var position = tree[id].position
            let first = tree[id].firstChild
            if first != Tree.none, tree[first].position.line > 0, tree[first].position.line < position.line {
                position.line = tree[first].position.line
            }
            position = edits.original(position)
            // cmark counts a NUL as the three bytes that it becomes: with these its places may be anywhere.
            position.line = max(1, min(position.line, Int32(lines.count)))
            position.column = max(1, column(of: id, near: position, in: lines, tree) ?? position.column)
            tree[id].position = position
        }
    }

    /// A paragraph that began with definitions still has their first line as its own, and its text is counted from
    /// there.
    private static func skipDefinitions(in paragraph: NodeID, of tree: inout Tree, lines: SourceLines) {
        let line = lines[Int(tree[paragraph].position.line)].drop {
            $0 == .space || $0 == .tab || $0 == UInt8(ascii: ">")
        }
        guard line.contains(UInt8(ascii: "[")) else { return }
        var last: Int32 = 0
        var node = tree.following(paragraph, in: paragraph)
        while node != Tree.none {
            last = max(last, tree[node].position.line, tree[node].endLine)
            node = tree.following(node, in: paragraph)
        }
        let shift = tree[paragraph].endLine - last
        guard last > 0, shift > 0 else { return }
        node = tree.following(paragraph, in: paragraph)
        while node != Tree.none {
            tree[node].position.line += shift
            tree[node].endLine += shift
            node = tree.following(node, in: paragraph)
        }
    }

    /// The nearest place on the line that looks like the beginning.
    private static func column(of id: NodeID, near position: SourcePosition, in lines: SourceLines, _ tree: Tree)
        -> Int32?
    {
        let line = lines[Int(position.line)]
        let center = line.startIndex + Int(position.column) - 1
        let low = max(line.startIndex, center - reach)
        let high = min(line.endIndex, center + reach)
        guard low < high else { return nil }
        let starts = starts(of: id, in: tree)
        func isStart(_ index: Int) -> Bool { starts.contains { line[index...].starts(with: $0) } }
        // Behind, as indentation is what cmark leaves out, then before.
        let middle = max(low, min(center, high))
        let index = (middle..<high).first(where: isStart) ?? (low..<middle).last(where: isStart)
        guard var index else { return nil }
        // cmark's column of an autolink is that of its text.
        if index > line.startIndex, line[index - 1] == UInt8(ascii: "<"), line[index] != UInt8(ascii: "[") {
            index -= 1
        }
        return Int32(index - line.startIndex + 1)
    }

    private static func starts(of id: NodeID, in tree: Tree) -> [[UInt8]] {
        if tree[id].kind == .image { return [Array("![".utf8)] }
        let destination = tree.text[tree[id].text.indices]
        let child = tree[id].firstChild
        guard child != Tree.none, child == tree[id].lastChild, tree[child].kind == .text else {
            return [Array("[".utf8)]
        }
        let text = Array(tree.text[tree[child].text.indices])
        // An autolink shows its destination.
        guard destination.count - text.count <= 7, destination.suffix(text.count).elementsEqual(text) else {
            return [Array("[".utf8)]
        }
        return [text, Array("[".utf8) + text]
    }
}
