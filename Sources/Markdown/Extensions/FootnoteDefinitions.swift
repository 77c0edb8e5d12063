import Bytes

/// Footnotes as on GitHub: `[^label]: text` defines one, further lines of it are indented by four columns.
///
/// That is the rule for an item of a list whose content begins in the fifth column. So before the parse `[^label]:`
/// becomes `1)  ` (or `+   `, if the document has lists with `1)` itself, for the two would be one list), and the items on
/// these lines are taken out of the tree after it.
struct FootnoteDefinitions {
    private struct Definition {
        var node: NodeID
        var label: TextRange
    }

    private struct Candidate {
        var line: Int
        /// Of `[`, in the source.
        var offset: Int
        var column: Int
        var labelEnd: Int
        var contentStart: Int
        /// Nothing behind the colon.
        var isEmpty: Bool
    }

    private var candidates: [Candidate] = []
    /// What the candidates become.
    private var marker = Array("1)  ".utf8)
    /// Where a definition's item begins, and its label, by line.
    private var rewritten: [Int32: (column: Int32, label: [UInt8])] = [:]
    private var definitions: [Definition] = []
    private var byLabel: [String: Int] = [:]

    var isEmpty: Bool { definitions.isEmpty }

    func index(of label: some Collection<UInt8>) -> Int? { byLabel[Self.key(label)] }

    private static func key(_ label: some Collection<UInt8>) -> String {
        String(decoding: label, as: UTF8.self).lowercased()
    }

    // MARK: Before and after the parse

    mutating func parse(
        _ source: inout [UInt8],
        with parser: CommonMarkParser,
        mark: EscapeMarks.Mark?,
        edits: inout SourceEdits
    ) -> Tree {
        func parsed(_ source: [UInt8]) -> Tree {
            var tree = Tree()
            _ = source.withUnsafeBufferPointer { parser.parse($0, into: &tree, mark: mark) }
            return tree
        }
        candidates = Self.candidates(in: source)
        if !candidates.isEmpty, Self.hasParenthesisLists(source) { marker = Self.bulletMarker }
        // A line that does not become an item (it is code, or its indentation makes it something else) stays as it was.
        // Each round has fewer lines; nearly always the first is the last.
        for _ in 0..<4 where !candidates.isEmpty {
            let rewritten = rewrite(source)
            let tree = parsed(rewritten)
            let items = itemPositions(in: tree)
            let failed = candidates.filter { items[Int32($0.line)]?.contains(Int32($0.column)) != true }
            if failed.isEmpty {
                edits.beginPass()
                for candidate in candidates {
                    let label = Array(source[candidate.offset + 2..<candidate.labelEnd])
                    self.rewritten[Int32(candidate.line)] = (Int32(candidate.column), label)
                    edits.add(
                        line: candidate.line, column: candidate.column,
                        removed: candidate.contentStart - candidate.offset, inserted: marker.count)
                }
                source = rewritten
                return tree
            }
            let failedLines = Set(failed.map(\.line))
            candidates.removeAll { failedLines.contains($0.line) }
        }
        candidates = []
        return parsed(source)
    }

    /// Takes the definitions out of the tree.
    mutating func detach(from tree: inout Tree) {
        guard !rewritten.isEmpty else { return }
        for id in 0..<NodeID(tree.nodes.count) where tree[id].kind == .item {
            let list = tree[id].parent
            guard list != Tree.none,
                let (column, label) = rewritten[tree[id].position.line], tree[id].position.column == column
            else { continue }
            tree.unlink(id)
            removePlaceholder(from: id, in: &tree)
            if tree[list].firstChild == Tree.none { tree.unlink(list) }
            tree[id].kind = .footnoteDefinition
            let key = Self.key(label)
            if byLabel[key] == nil {
                byLabel[key] = definitions.count
                definitions.append(Definition(node: id, label: tree.store(label)))
            }
        }
    }

    private func removePlaceholder(from item: NodeID, in tree: inout Tree) {
        let block = tree[item].firstChild
        guard block != Tree.none, tree[block].kind == .htmlBlock,
            tree.text[tree[block].text.indices].starts(with: Self.placeholder)
        else { return }
        tree.unlink(block)
    }

    /// Numbers the references in the order in which a reader meets them: those in the text, then those in the notes.
    func number(in document: inout Document) {
        guard !definitions.isEmpty else { return }
        var numbers = [Int32](repeating: 0, count: definitions.count)
        var order: [Int] = []
        var counts = [Int32](repeating: 0, count: definitions.count)
        var tops = [document.root]
        var visited = 0
        while visited < tops.count {
            let top = tops[visited]
            visited += 1
            var node = top
            while node != Tree.none {
                if document.tree[node].kind == .footnoteReference {
                    let definition = Int(document.tree[node].number)
                    if numbers[definition] == 0 {
                        order.append(definition)
                        tops.append(definitions[definition].node)
                        numbers[definition] = Int32(order.count)
                    }
                    counts[definition] += 1
                    document.tree[node].number = numbers[definition]
                    document.tree[node].ordinal = counts[definition]
                    document.tree[node].text = definitions[definition].label
                }
                node = document.tree.following(node, in: top)
            }
        }
        document.footnotes = order.map {
            .init(node: definitions[$0].node, label: definitions[$0].label, referenceCount: Int(counts[$0]))
        }
    }

    // MARK: Finding and rewriting

    private static let bulletMarker = Array("+   ".utf8)

    /// Whether a line may begin a list item with a number and `)`. To take another line for one does no harm.
    private static func hasParenthesisLists(_ source: [UInt8]) -> Bool {
        source.withUnsafeBufferPointer { bytes in
            var index = 0
            while let found = ByteSearch.first(UInt8(ascii: ")"), in: bytes, from: index) {
                index = found + 1
                guard found > 0, bytes[found - 1].isASCIIDigit,
                    found + 1 == bytes.count || bytes[found + 1].isASCIISpace
                else { continue }
                var start = found - 1
                while start > 0, found - start <= 9, bytes[start - 1].isASCIIDigit { start -= 1 }
                if start == 0 || !bytes[start - 1].isASCIIAlphanumeric { return true }
            }
            return false
        }
    }

    /// In the place of a note's first line if that is empty: an empty item could not interrupt a paragraph, nor begin
    /// with a blank line. No paragraph, which would take the next line in even if that is not indented.
    private static let placeholder = Array("<!---->".utf8)

    private static func candidates(in source: [UInt8]) -> [Candidate] {
        guard source.withUnsafeBufferPointer({ ByteSearch.contains("[^", in: $0) }) else { return [] }
        let lines = SourceLines(source)
        var result: [Candidate] = []
        for number in 1...lines.count {
            let line = lines[number]
            let text = line.drop { $0 == .space || $0 == UInt8(ascii: ">") }
            guard text.first == UInt8(ascii: "["), text.dropFirst().first == UInt8(ascii: "^") else { continue }
            let label = text.dropFirst(2).prefix {
                !$0.isASCIISpace && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "[")
            }
            let rest = text[label.endIndex...]
            guard !label.isEmpty, rest.starts(with: "]:".utf8) else { continue }
            let content = rest.dropFirst(2).drop { $0 == .space || $0 == .tab }
            result.append(
                Candidate(
                    line: number, offset: text.startIndex, column: text.startIndex - line.startIndex + 1,
                    labelEnd: label.endIndex, contentStart: content.startIndex, isEmpty: content.isEmpty))
        }
        return result
    }

    private func rewrite(_ source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var copied = 0
        for candidate in candidates {
            result.append(contentsOf: source[copied..<candidate.offset])
            result.append(contentsOf: marker)
            copied = candidate.contentStart
            if candidate.isEmpty { result.append(contentsOf: Self.placeholder) }
        }
        result.append(contentsOf: source[copied...])
        return result
    }

    private func itemPositions(in tree: Tree) -> [Int32: [Int32]] {
        var positions: [Int32: [Int32]] = [:]
        for node in tree.nodes where node.kind == .item {
            positions[node.position.line, default: []].append(node.position.column)
        }
        return positions
    }
}
