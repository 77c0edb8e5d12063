/// Finds link reference definitions, which cmark takes out of the document without telling.
enum ReferenceDefinitions {
    /// The definitions' lines, each group followed by a blank line, for the end of another document.
    ///
    /// They are in lines of no block, or at the beginning of a paragraph. What only looks like one at such a place
    /// becomes a paragraph of the other document, where nobody asks for it.
    static func collect(from lines: SourceLines, _ tree: Tree) -> [UInt8] {
        let uses = lineUses(of: tree, count: lines.count)
        var result: [UInt8] = []
        var line = 1
        while line <= lines.count {
            let text = strip(lines[line])
            guard text.first == UInt8(ascii: "["), uses[line] == .none || uses[line] == .paragraphStart,
                isDefinition(text)
            else {
                line += 1
                continue
            }
            // Further definitions, and the destination and title on lines of their own, follow directly.
            repeat {
                result.append(contentsOf: strip(lines[line]))
                result.append(.newline)
                line += 1
            } while line <= lines.count && !strip(lines[line]).isEmpty
                && (uses[line] == .none || uses[line] == .paragraph) && !continuesWithText(strip(lines[line]))
            result.append(.newline)
        }
        return result
    }

    private enum Use: UInt8 {
        case none, paragraphStart, paragraph, other
    }

    private static func lineUses(of tree: Tree, count: Int) -> [Use] {
        var uses = [Use](repeating: .none, count: count + 2)
        for node in tree.nodes {
            switch node.kind {
            case .paragraph:
                for line in node.position.line...max(node.position.line, node.endLine) where Int(line) <= count {
                    uses[Int(line)] = line == node.position.line ? .paragraphStart : .paragraph
                }
            case .codeBlock, .htmlBlock, .heading, .table:
                // A heading's end may be one line too far.
                let end = node.endLine - (node.kind == .heading ? 1 : 0)
                for line in node.position.line...max(node.position.line, end) where Int(line) <= count {
                    uses[Int(line)] = .other
                }
            default: break
            }
        }
        return uses
    }

    /// A line's text behind quote and list markers.
    private static func strip(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.drop { $0 == .space || $0 == .tab || $0 == UInt8(ascii: ">") }
    }

    private static func isDefinition(_ text: ArraySlice<UInt8>) -> Bool {
        guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return true }
        return text[close...].dropFirst().first == UInt8(ascii: ":") || text[close...].count > 1
    }

    /// Neither a definition, nor a title, nor a lone destination.
    private static func continuesWithText(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
            || first == UInt8(ascii: "(")
        {
            return false
        }
        return text.trimmed.contains(.space) && first != UInt8(ascii: "<")
    }
}
