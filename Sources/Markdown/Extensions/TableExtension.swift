/// GFM tables on a CommonMark tree.
///
/// To cmark a table is a paragraph (or, with dashes under it, a heading). Its lines are cut from the source and split
/// into cells; all cells of the document are then parsed in one go as the paragraphs of a second document, so that the
/// cost stays linear, and put where they belong.
struct TableExtension {
    private let lines: SourceLines
    private let parser: CommonMarkParser
    private let mark: EscapeMarks.Mark?
    private var prefix: ContainerPrefix
    private var fragments = SourceFragments()
    /// Tables behind which a line follows that is in no quote or list any more, with the fragment that it begins.
    private var lazyEnds: [(table: NodeID, lines: [ContainerPrefix.Content], line: Int)] = []
    /// Cells that rows lack are added. A short source can ask for very many; GitHub has such a limit too.
    private var missingCellsLeft = 200_000

    init(lines: SourceLines, parser: CommonMarkParser, mark: EscapeMarks.Mark?) {
        self.lines = lines
        self.parser = parser
        self.mark = mark
        prefix = ContainerPrefix(lines: lines)
    }

    mutating func apply(to tree: inout Tree) {
        for id in 0..<NodeID(tree.nodes.count) {
            let node = tree[id]
            // A heading of one line has its underline as the second.
            guard node.kind == .paragraph || node.kind == .heading,
                node.endLine - node.position.line >= (node.kind == .heading ? 2 : 1)
            else { continue }
            if let delimiter = firstDelimiterRow(of: node) { makeTable(from: id, delimiter: delimiter, in: &tree) }
        }
        // Later tables still needed their containers.
        for end in lazyEnds {
            let anchor = Self.closeContainers(behind: end.table, in: &tree)
            fragments.addBlocks(end.lines, from: end.line, into: .after(anchor))
        }
        fragments.parse(with: parser, mark: mark, definitionsFrom: lines, into: &tree)
    }

    /// The first line that might be a delimiter row, judged by its last bytes alone.
    private func firstDelimiterRow(of node: Node) -> Int? {
        var line = Int(node.position.line) + 1
        while line <= Int(node.endLine) {
            if lines.mayEndDelimiterRow(line) { return line }
            line += 1
        }
        return nil
    }

    private mutating func makeTable(from id: NodeID, delimiter firstCandidate: Int, in tree: inout Tree) {
        let containers = ContainerPrefix.containers(of: id, in: tree)
        let first = Int(tree[id].position.line)
        let isHeading = tree[id].kind == .heading
        let last = isHeading ? underline(of: id, in: containers, of: tree) : Int(tree[id].endLine)
        var delimiter = firstCandidate
        while delimiter <= last {
            let header = prefix.content(ofLine: delimiter - 1, in: containers, of: tree)
            let row = prefix.content(ofLine: delimiter, in: containers, of: tree)
            // A heading's last line is its underline.
            if !(isHeading && delimiter == last), !row.isLazy, row.indent < 4,
                delimiter == first + 1 || header.indent < 4,
                let alignments = TableRow.alignments(row.text), TableRow.cells(header.text).count == alignments.count
            {
                let contents = (delimiter - 1...last).map { prefix.content(ofLine: $0, in: containers, of: tree) }
                let before = (first..<delimiter - 1).map { prefix.content(ofLine: $0, in: containers, of: tree) }
                graft(contents, alignments: alignments, before: before, at: delimiter - 1, replacing: id, in: &tree)
                return
            }
            delimiter += 1
        }
    }

    /// cmark's end of a heading is sometimes the line after its underline. Its underline is the first line that could
    /// be one.
    private mutating func underline(of heading: NodeID, in containers: [NodeID], of tree: Tree) -> Int {
        var line = Int(tree[heading].position.line) + 1
        while line < Int(tree[heading].endLine) {
            let content = prefix.content(ofLine: line, in: containers, of: tree)
            let text = content.text.trimmed
            if !content.isLazy, let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "="),
                text.allSatisfy({ $0 == first })
            {
                return line
            }
            line += 1
        }
        return line
    }

    /// Puts the table behind the paragraph `id`, which keeps the lines before it, if any.
    private mutating func graft(
        _ contents: [ContainerPrefix.Content],
        alignments: [Node.Alignment],
        before: [ContainerPrefix.Content],
        at firstLine: Int,
        replacing id: NodeID,
        in tree: inout Tree
    ) {
        let table = tree.make(.table, at: .init(line: Int32(firstLine), column: 1))
        tree[table].endLine = Int32(firstLine + contents.count - 1)
        tree.insert(table, after: id)
        if before.isEmpty {
            tree.unlink(id)
            tree[id].kind = .detached
        } else {
            tree[id].kind = .paragraph
            while tree[id].firstChild != Tree.none { tree.unlink(tree[id].firstChild) }
            fragments.addBlocks(before, from: firstLine - before.count, into: .replacing(id))
        }
        addRow(contents[0].text, line: firstLine, isHeader: true, alignments: alignments, to: table, in: &tree)
        var index = 2
        while index < contents.count {
            let content = contents[index]
            if content.isLazy || TableRow.startsBlock(content.text, indent: content.indent)
                || isThematicBreak(content.text) || TableRow.cells(content.text).isEmpty
            {
                break
            }
            addRow(content.text, line: firstLine + index, isHeader: false, alignments: alignments, to: table, in: &tree)
            index += 1
        }
        if index < contents.count {
            let rest = Array(contents[index...])
            if contents[index].isLazy {
                lazyEnds.append((table, rest, firstLine + index))
            } else {
                fragments.addBlocks(rest, from: firstLine + index, into: .after(table))
            }
        }
    }

    private mutating func addRow(
        _ text: ArraySlice<UInt8>,
        line: Int,
        isHeader: Bool,
        alignments: [Node.Alignment],
        to table: NodeID,
        in tree: inout Tree
    ) {
        let row = tree.make(.tableRow, at: .init(line: Int32(line), column: 1))
        tree[row].flag = isHeader
        tree.append(row, to: table)
        let cells = TableRow.cells(text)
        let lineStart = lines[line].startIndex
        for (column, alignment) in alignments.enumerated() {
            if column >= cells.count {
                guard missingCellsLeft > 0 else { return }
                missingCellsLeft -= 1
            }
            let cell = tree.make(.tableCell, at: .init(line: Int32(line), column: 1))
            tree[cell].alignment = alignment
            tree.append(cell, to: row)
            guard column < cells.count, !cells[column].isEmpty else { continue }
            tree[cell].position.column = Int32(cells[column].startIndex - lineStart + 1)
            let text = TableRow.unescapingPipes(cells[column])
            if isPlain(text) {
                let node = tree.make(.text, at: tree[cell].position)
                tree[node].text = tree.store(text)
                tree.append(node, to: cell)
            } else {
                fragments.addCell(text, into: cell, at: tree[cell].position)
            }
        }
    }

    /// Nothing that CommonMark's inline syntax begins with: most cells need no parser.
    private func isPlain(_ text: [UInt8]) -> Bool {
        !parser.smart && text.allSatisfy { $0 >= .space && !Self.inlineBytes.contains($0) }
    }

    private static let inlineBytes = ByteSet("\\`&_*[]<!")

    /// The dashes under a table made a heading of it.
    private func isThematicBreak(_ text: ArraySlice<UInt8>) -> Bool {
        let text = text.trimmed
        return text.count >= 3 && text.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// Ends the quotes and lists around a node behind it: what follows it in them moves out. Returns the outermost one.
    private static func closeContainers(behind node: NodeID, in tree: inout Tree) -> NodeID {
        var current = node
        var moved: [NodeID] = []
        while tree[current].parent != Tree.none, tree[tree[current].parent].kind != .document {
            let parent = tree[current].parent
            var rest: [NodeID] = []
            while tree[current].next != Tree.none {
                rest.append(tree[current].next)
                tree.unlink(tree[current].next)
            }
            if tree[parent].kind == .list, let first = rest.first {
                let list = tree.make(.list, at: tree[first].position)
                tree[list].flag = tree[parent].flag
                tree[list].isOrdered = tree[parent].isOrdered
                tree[list].number = tree[parent].number + itemCount(of: parent, in: tree)
                for item in rest { tree.append(item, to: list) }
                moved.append(list)
            } else {
                moved += rest
            }
            current = parent
        }
        for node in moved.reversed() { tree.insert(node, after: current) }
        return current
    }

    private static func itemCount(of list: NodeID, in tree: Tree) -> Int32 {
        var (count, item) = (Int32(0), tree[list].firstChild)
        while item != Tree.none {
            count += 1
            item = tree[item].next
        }
        return count
    }
}
