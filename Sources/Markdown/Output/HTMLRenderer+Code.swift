extension HTMLRenderer {
    mutating func codeBlock(_ node: Node) {
        out.startLine()
        let info = options.highlight ? CodeInfo(bytes(node.detail)) : CodeInfo()
        out.raw("<pre")
        if info.numbersLines { out.raw(" class=\"numbered\"") }
        if options.scrollRegions { out.raw(" tabindex=\"0\"") }
        out.raw("><code")
        let language =
            options.highlight ? Array(info.language.utf8)[...] : bytes(node.detail).prefix { !$0.isASCIISpace }
        if !language.isEmpty {
            out.raw(" class=\"language-")
            out.escaped(language)
            out.raw("\"")
        }
        out.raw(">")
        if options.highlight {
            CodeWriter.write(Array(bytes(node.text)), info: info, to: &out)
        } else {
            out.escaped(bytes(node.text))
        }
        out.raw("</code></pre>\n")
    }
}
