extension HTMLRenderer {
    /// As GitHub: `fn-LABEL` names the note, `fnref-LABEL` its first reference, `fnref-LABEL-2` the second.
    mutating func footnoteReference(_ node: Node) {
        guard !isSummary else { return }
        out.raw("<sup class=\"footnote-ref\"><a href=\"#fn-")
        out.url(bytes(node.text))
        out.raw("\" id=\"fnref-")
        referenceSuffix(node.text, Int(node.ordinal))
        out.raw("\" role=\"doc-noteref\">")
        out.number(Int(node.number))
        out.raw("</a></sup>")
    }

    /// Writes the notes that the text refers to, in the order of their first references.
    mutating func writeFootnotes() {
        guard !document.footnotes.isEmpty else { return }
        out.startLine()
        out.raw("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"")
        out.escaped(options.labels.footnotes)
        out.raw("\">\n<ol>\n")
        for (index, footnote) in document.footnotes.enumerated() {
            out.raw("<li id=\"fn-")
            out.url(bytes(footnote.label))
            out.raw("\">\n")
            writeNote(footnote, number: index + 1)
            out.raw("</li>\n")
        }
        out.raw("</ol>\n</section>\n")
    }

    /// The links back belong into the note's last paragraph; if the note ends with something else they get a paragraph
    /// of their own.
    private mutating func writeNote(_ footnote: Document.Footnote, number: Int) {
        var block = tree[footnote.node].firstChild
        while block != Tree.none {
            let next = tree[block].next
            if next == Tree.none, tree[block].kind == .paragraph {
                out.startLine()
                out.raw("<p>")
                var inline = tree[block].firstChild
                while inline != Tree.none {
                    write(inline)
                    inline = tree[inline].next
                }
                out.raw(" ")
                backLinks(footnote, number: number)
                out.raw("</p>\n")
                return
            }
            write(block)
            block = next
        }
        out.startLine()
        out.raw("<p>")
        backLinks(footnote, number: number)
        out.raw("</p>\n")
    }

    private mutating func backLinks(_ footnote: Document.Footnote, number: Int) {
        for ordinal in 1...max(1, footnote.referenceCount) {
            if ordinal > 1 { out.raw(" ") }
            out.raw("<a href=\"#fnref-")
            referenceSuffix(footnote.label, ordinal)
            out.raw("\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"")
            out.escaped(options.labels.backToReference)
            out.raw(" ")
            out.number(number)
            if ordinal > 1 {
                out.raw("-")
                out.number(ordinal)
            }
            out.raw("\">↩")
            if ordinal > 1 {
                out.raw("<sup>")
                out.number(ordinal)
                out.raw("</sup>")
            }
            out.raw("</a>")
        }
    }

    private mutating func referenceSuffix(_ label: TextRange, _ ordinal: Int) {
        out.url(bytes(label))
        if ordinal > 1 {
            out.raw("-")
            out.number(ordinal)
        }
    }
}
