/// What is next to a run of delimiters, as far as the rules for emphasis care (CommonMark 0.30, section 6.2).
enum Neighbour {
    case space, punctuation, other

    static func before(_ index: Int, in text: [UInt8], of node: NodeID, _ tree: Tree) -> Neighbour {
        if index > 0 { return of(text[..<index].suffix(4), last: true) }
        return of(sibling: tree[node].previous, last: true, parent: tree[node].parent, in: tree)
    }

    /// - Parameter lastPiece: The node that now stands behind `node`, before the sibling that is meant.
    static func after(_ index: Int, in text: [UInt8], of node: NodeID, _ tree: Tree, lastPiece: NodeID) -> Neighbour {
        if index < text.count { return of(text[index...].prefix(4), last: false) }
        return of(sibling: tree[lastPiece].next, last: false, parent: tree[node].parent, in: tree)
    }

    private static func of(sibling: NodeID, last: Bool, parent: NodeID, in tree: Tree) -> Neighbour {
        guard sibling != Tree.none else {
            switch tree[parent].kind {
            // The delimiters of what it is in.
            case .emphasis, .strong, .strikethrough, .link: return .punctuation
            default: return .space
            }
        }
        switch tree[sibling].kind {
        case .softBreak, .lineBreak: return .space
        case .text:
            let text = tree.text[tree[sibling].text.indices]
            return of(last ? text.suffix(4) : text.prefix(4), last: last)
        default: return .punctuation
        }
    }

    private static func of(_ bytes: ArraySlice<UInt8>, last: Bool) -> Neighbour {
        // Bytes of a character cut in two at the far end do not matter.
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard let scalar = last ? scalars.last : scalars.first else { return .space }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .control: return .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return .punctuation
        default:
            // ASCII symbols count as punctuation.
            return scalar.isASCII && !UInt8(truncatingIfNeeded: scalar.value).isASCIIAlphanumeric
                ? .punctuation : .other
        }
    }
}
