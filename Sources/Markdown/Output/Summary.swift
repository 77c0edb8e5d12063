/// Where the summary of a document is.
enum Summary {
    case before(NodeID)
    case paragraph(NodeID)
    case none

    /// The node that it ends before.
    var end: NodeID {
        if case .before(let marker) = self { return marker }
        return Tree.none
    }

    private static let markers: Set<String> = ["more", "truncate"]

    static func find(in document: Document) -> Summary {
        let tree = document.tree
        var firstParagraph = Tree.none
        var block = tree[document.root].firstChild
        while block != Tree.none {
            switch tree[block].kind {
            case .htmlBlock where isMarker(tree[block].text, in: tree): return .before(block)
            case .paragraph:
                var inline = tree[block].firstChild
                while inline != Tree.none {
                    if tree[inline].kind == .htmlInline, isMarker(tree[inline].text, in: tree) {
                        return .before(inline)
                    }
                    inline = tree[inline].next
                }
                // A paragraph of nothing but images says nothing.
                if firstParagraph == Tree.none, hasText(block, in: tree) { firstParagraph = block }
            default: break
            }
            block = tree[block].next
        }
        return firstParagraph == Tree.none ? .none : .paragraph(firstParagraph)
    }

    private static func isMarker(_ html: TextRange, in tree: Tree) -> Bool {
        let html = tree.text[html.indices]
        // Most HTML is longer than any marker.
        guard html.count < 40, html.starts(with: "<!--".utf8) else { return false }
        var text = html.dropFirst(4)
        while let last = text.last, last.isASCIISpace { text = text.dropLast() }
        guard text.suffix(3).elementsEqual("-->".utf8) else { return false }
        return markers.contains(String(decoding: text.dropLast(3).trimmed, as: UTF8.self))
    }

    private static func hasText(_ paragraph: NodeID, in tree: Tree) -> Bool {
        var node = paragraph
        while node != Tree.none {
            let isImage = tree[node].kind == .image
            if tree[node].kind == .code { return true }
            if tree[node].kind == .text, tree.text[tree[node].text.indices].contains(where: { !$0.isASCIISpace }) {
                return true
            }
            node = tree.following(node, in: paragraph, skippingChildren: isImage)
        }
        return false
    }
}
