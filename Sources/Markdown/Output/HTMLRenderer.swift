/// Writes a tree as HTML. With no extensions in the tree and `scrollRegions` off the result is, byte for byte, cmark's, but
/// for titles that are empty, which are left out.
struct HTMLRenderer {
    let document: Document
    let options: MarkdownOptions
    let imageSize: MarkdownRenderer.ImageSize
    /// Summaries share a page with others: no ids, no footnote references.
    let isSummary: Bool
    var out: HTMLBuffer
    private var tableCount = 0
    var imageCount = 0

    init(
        _ document: Document,
        options: MarkdownOptions,
        imageSize: @escaping MarkdownRenderer.ImageSize,
        isSummary: Bool
    ) {
        self.document = document
        self.options = options
        self.imageSize = imageSize
        self.isSummary = isSummary
        out = HTMLBuffer(capacity: isSummary ? 512 : document.tree.text.count * 3 / 2)
    }

    /// Writes `top` and what is in it, up to the node `stop`, closing what is open there.
    mutating func write(_ top: NodeID, until stop: NodeID = Tree.none) {
        var node = top
        while true {
            if node == stop {
                while node != top {
                    node = tree[node].parent
                    exit(node)
                }
                return
            }
            if enter(node) {
                if tree[node].firstChild != Tree.none {
                    node = tree[node].firstChild
                    continue
                }
                exit(node)
            }
            while node != top, tree[node].next == Tree.none {
                node = tree[node].parent
                exit(node)
            }
            if node == top { return }
            node = tree[node].next
        }
    }

    var tree: Tree { _read { yield document.tree } }

    func bytes(_ range: TextRange) -> ArraySlice<UInt8> { document.tree.text[range.indices] }

    /// Writes what comes before the children. Returns false if it has written all of the node.
    private mutating func enter(_ id: NodeID) -> Bool {
        let node = document.tree.nodes[Int(id)]
        switch node.kind {
        case .document, .detached, .footnoteDefinition: break
        case .text: out.escaped(bytes(node.text))
        case .softBreak: softBreak(node)
        case .lineBreak: out.raw("<br />\n")
        case .code:
            out.raw("<code>")
            out.escaped(bytes(node.text))
            out.raw("</code>")
        case .htmlInline: html(bytes(node.text))
        case .emphasis: out.raw("<em>")
        case .strong: out.raw("<strong>")
        case .strikethrough: out.raw("<del>")
        case .link: openLink(node)
        case .image:
            image(id, node, caption: false)
            return false
        case .paragraph:
            if let image = figure(node) {
                writeFigure(image)
                return false
            }
            if !isTight(node) {
                out.startLine()
                out.raw("<p>")
            }
        case .heading: openHeading(node)
        case .thematicBreak:
            out.startLine()
            out.raw("<hr />\n")
        case .blockQuote:
            out.startLine()
            out.raw("<blockquote>\n")
        case .list: openList(id, node)
        case .item: openItem(id)
        case .codeBlock: codeBlock(node)
        case .htmlBlock:
            out.startLine()
            html(bytes(node.text))
            out.startLine()
        case .taskMarker: taskMarker(node)
        case .alert: openAlert(node)
        case .table: openTable()
        case .tableRow: openRow(node)
        case .tableCell: openCell(node)
        case .footnoteReference: footnoteReference(node)
        }
        return true
    }

    private mutating func exit(_ id: NodeID) {
        let node = document.tree.nodes[Int(id)]
        switch node.kind {
        case .emphasis: out.raw("</em>")
        case .strong: out.raw("</strong>")
        case .strikethrough: out.raw("</del>")
        case .link: if isAllowed(node.text) { out.raw("</a>") }
        case .paragraph: if !isTight(node) { out.raw("</p>\n") }
        case .heading:
            out.raw("</h")
            out.number(level(node))
            out.raw(">\n")
        case .blockQuote:
            out.startLine()
            out.raw("</blockquote>\n")
        case .list: out.raw(node.isOrdered ? "</ol>\n" : "</ul>\n")
        case .item: out.raw("</li>\n")
        case .alert:
            out.startLine()
            out.raw("</div>\n")
        case .table: closeTable(node)
        case .tableRow: closeRow(node)
        case .tableCell: closeCell(node)
        default: break
        }
    }

    // MARK: Blocks

    private func isTight(_ node: Node) -> Bool {
        guard node.parent != Tree.none, tree[node.parent].kind == .item else { return false }
        let list = tree[node.parent].parent
        return list != Tree.none && tree[list].flag
    }

    func level(_ node: Node) -> Int {
        min(6, Int(node.number) + document.headingShift)
    }

    private mutating func openHeading(_ node: Node) {
        out.startLine()
        out.raw("<h")
        out.number(level(node))
        if !node.text.isEmpty, !isSummary {
            out.raw(" id=\"")
            out.escaped(bytes(node.text))
            out.raw("\"")
        }
        out.raw(">")
    }

    private mutating func openList(_ id: NodeID, _ node: Node) {
        out.startLine()
        out.raw(node.isOrdered ? "<ol" : "<ul")
        if node.isOrdered, node.number != 1 {
            out.raw(" start=\"")
            out.number(Int(node.number))
            out.raw("\"")
        }
        var item = node.firstChild
        while item != Tree.none, !document.isTask(item) { item = tree[item].next }
        if item != Tree.none { out.raw(" class=\"tasks\"") }
        out.raw(">\n")
    }

    private mutating func openItem(_ id: NodeID) {
        out.startLine()
        out.raw(document.isTask(id) ? "<li class=\"task\">" : "<li>")
    }

    private mutating func taskMarker(_ node: Node) {
        out.raw("<input type=\"checkbox\" disabled")
        if node.flag { out.raw(" checked") }
        out.raw(" aria-label=\"")
        out.escaped(node.flag ? options.labels.completedTask : options.labels.incompleteTask)
        out.raw("\" />")
    }

    private mutating func openAlert(_ node: Node) {
        guard let alert = Alert(rawValue: Int(node.number)) else { return }
        out.startLine()
        out.raw("<div class=\"alert ")
        out.escaped(alert.className)
        out.raw("\" role=\"note\">\n<p class=\"alert-title\">")
        out.escaped(alert.label(options.labels))
        out.raw("</p>\n")
    }

    // MARK: Inlines

    private mutating func html(_ html: ArraySlice<UInt8>) {
        switch options.rawHTML {
        case .escape: out.escaped(html)
        case .allow where options.tagFilter: TagFilter.write(html, to: &out)
        case .allow: out.raw(html)
        }
    }

    private mutating func softBreak(_ node: Node) {
        if options.joinsCJKLines, node.previous != Tree.none, node.next != Tree.none,
            tree[node.previous].kind == .text, tree[node.next].kind == .text,
            EastAsian.endsWide(bytes(tree[node.previous].text)), EastAsian.startsWide(bytes(tree[node.next].text))
        {
            return
        }
        out.raw("\n")
    }

    // MARK: Tables

    private mutating func openTable() {
        out.startLine()
        if options.scrollRegions {
            tableCount += 1
            out.raw("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"")
            out.escaped(options.labels.table)
            out.raw(" ")
            out.number(tableCount)
            out.raw("\">\n")
        }
        out.raw("<table>\n")
    }

    private mutating func closeTable(_ node: Node) {
        if node.firstChild != node.lastChild { out.raw("</tbody>\n") }
        out.raw("</table>\n")
        if options.scrollRegions { out.raw("</div>\n") }
    }

    private mutating func openRow(_ node: Node) {
        if node.flag {
            out.raw("<thead>\n")
        } else if tree[node.previous].flag {
            out.raw("<tbody>\n")
        }
        out.raw("<tr>\n")
    }

    private mutating func closeRow(_ node: Node) {
        out.raw("</tr>\n")
        if node.flag { out.raw("</thead>\n") }
    }

    private mutating func openCell(_ node: Node) {
        out.raw(tree[node.parent].flag ? "<th" : "<td")
        switch node.alignment {
        case .none: break
        case .left: out.raw(" class=\"left\"")
        case .center: out.raw(" class=\"center\"")
        case .right: out.raw(" class=\"right\"")
        }
        out.raw(">")
    }

    private mutating func closeCell(_ node: Node) {
        out.raw(tree[node.parent].flag ? "</th>\n" : "</td>\n")
    }
}
