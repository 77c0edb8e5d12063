/// GFM task list items: `[ ]` or `[x]` at the beginning of an item's first paragraph, white space behind it.
enum TaskList {
    static func apply(to tree: inout Tree) {
        for item in 0..<NodeID(tree.nodes.count) where tree[item].kind == .item {
            let paragraph = tree[item].firstChild
            guard paragraph != Tree.none, tree[paragraph].kind == .paragraph else { continue }
            let first = tree[paragraph].firstChild
            guard first != Tree.none, tree[first].kind == .text else { continue }
            let text = Array(tree.text[tree[first].text.indices].prefix(4))
            guard text.count == 4, text[0] == UInt8(ascii: "["), text[2] == UInt8(ascii: "]"), text[3].isASCIISpace,
                text[1] == .space || text[1].asciiLowercased == UInt8(ascii: "x")
            else { continue }
            let marker = tree.make(.taskMarker, at: tree[first].position)
            tree[marker].flag = text[1] != .space
            tree[first].text.start += 3
            tree.prepend(marker, to: paragraph)
        }
    }
}
