extension HTMLRenderer {
    mutating func codeBlock(_ node: Node) {
        out.startLine()
        out.raw(options.scrollRegions ? "<pre tabindex=\"0\"><code" : "<pre><code")
        let language = bytes(node.detail).prefix { !$0.isASCIISpace }
        if !language.isEmpty {
            out.raw(" class=\"language-")
            out.escaped(language)
            out.raw("\"")
        }
        out.raw(">")
        out.escaped(bytes(node.text))
        out.raw("</code></pre>\n")
    }
}
