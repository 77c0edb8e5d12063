/// GitHub's alerts: a block quote whose first line is `[!NOTE]` or one of four others.
enum Alert: Int, CaseIterable {
    case note, tip, important, warning, caution

    var className: String {
        switch self {
        case .note: "note"
        case .tip: "tip"
        case .important: "important"
        case .warning: "warning"
        case .caution: "caution"
        }
    }

    func label(_ labels: MarkdownLabels) -> String {
        switch self {
        case .note: labels.note
        case .tip: labels.tip
        case .important: labels.important
        case .warning: labels.warning
        case .caution: labels.caution
        }
    }

    static func apply(to tree: inout Tree) {
        for quote in 0..<NodeID(tree.nodes.count) where tree[quote].kind == .blockQuote {
            let paragraph = tree[quote].firstChild
            guard paragraph != Tree.none, tree[paragraph].kind == .paragraph else { continue }
            let first = tree[paragraph].firstChild
            guard first != Tree.none, tree[first].kind == .text,
                let alert = kind(of: tree.text[tree[first].text.indices])
            else { continue }
            let lineEnd = tree[first].next
            if lineEnd == Tree.none {
                // A marker with nothing under it is text.
                guard tree[paragraph].next != Tree.none else { continue }
                tree.unlink(paragraph)
                tree[paragraph].kind = .detached
            } else {
                guard tree[lineEnd].kind == .softBreak || tree[lineEnd].kind == .lineBreak else { continue }
                tree.unlink(first)
                tree.unlink(lineEnd)
            }
            tree[quote].kind = .alert
            tree[quote].number = Int32(alert.rawValue)
        }
    }

    private static func kind(of text: ArraySlice<UInt8>) -> Alert? {
        let text = text.trimmed
        guard text.starts(with: "[!".utf8), text.last == UInt8(ascii: "]") else { return nil }
        let name = text.dropFirst(2).dropLast()
        return allCases.first { $0.className.utf8.count == name.count && name.hasPrefix($0.className) }
    }
}
