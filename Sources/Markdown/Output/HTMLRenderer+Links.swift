extension HTMLRenderer {
    mutating func openLink(_ node: Node) {
        guard isAllowed(node.text) else { return }
        out.raw("<a href=\"")
        out.url(bytes(node.text))
        out.raw("\"")
        title(node)
        if let relation = options.linkRelation, isExternal(node.text) {
            out.raw(" rel=\"")
            out.escaped(relation)
            out.raw("\"")
        }
        out.raw(">")
    }

    mutating func image(_ id: NodeID, _ node: Node, caption: Bool) {
        guard options.images, isAllowed(node.text) else {
            out.escaped(document.alternativeText(of: id))
            return
        }
        out.raw("<img src=\"")
        out.url(bytes(node.text))
        out.raw("\" alt=\"")
        out.escaped(document.alternativeText(of: id))
        out.raw("\"")
        if !caption { title(node) }
        if let size = imageSize(document.tree.string(node.text)) {
            out.raw(" width=\"")
            out.number(size.width)
            out.raw("\" height=\"")
            out.number(size.height)
            out.raw("\"")
        }
        if options.lazyImages {
            if imageCount > 0 { out.raw(" loading=\"lazy\"") }
            imageCount += 1
        }
        out.raw(" />")
    }

    private mutating func title(_ node: Node) {
        guard !node.detail.isEmpty else { return }
        out.raw(" title=\"")
        out.escaped(bytes(node.detail))
        out.raw("\"")
    }

    /// The image that makes this paragraph a figure.
    func figure(_ paragraph: Node) -> NodeID? {
        guard options.figures, options.images, paragraph.firstChild != Tree.none,
            paragraph.firstChild == paragraph.lastChild
        else { return nil }
        let child = tree[paragraph.firstChild]
        return child.kind == .image && !child.detail.isEmpty ? paragraph.firstChild : nil
    }

    mutating func writeFigure(_ id: NodeID) {
        let node = tree[id]
        out.startLine()
        out.raw("<figure>\n")
        image(id, node, caption: true)
        out.raw("\n<figcaption>")
        out.escaped(bytes(node.detail))
        out.raw("</figcaption>\n</figure>\n")
    }

    func isAllowed(_ destination: TextRange) -> Bool {
        guard options.webLinksOnly else { return true }
        let url = bytes(destination)
        return ["http://", "https://", "mailto:"].contains { url.hasPrefix($0) }
    }

    private func isExternal(_ destination: TextRange) -> Bool {
        guard let host = options.siteHost else { return true }
        let url = bytes(destination)
        for scheme in ["https://", "http://", "//"] where url.hasPrefix(scheme) {
            let rest = url.dropFirst(scheme.utf8.count)
            let authority = rest.prefix {
                $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
            }
            return !(authority.count == host.utf8.count && authority.hasPrefix(host))
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    /// Compares ASCII letters without case.
    func hasPrefix(_ prefix: String) -> Bool {
        let prefix = prefix.utf8
        guard count >= prefix.count else { return false }
        return zip(self, prefix).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}
