extension BodyConverter {
    /// Hugo's shortcodes (https://gohugo.io/content-management/shortcodes/), in both kinds of marks.
    mutating func convertShortcode(_ token: Token, in range: Range<Int>) -> Int? {
        var text = text(token)
        // `{{</* … */>}}` is how Hugo's own documents write a shortcode that is none.
        let body = String(text).trimmed
        if body.hasPrefix("/*"), body.hasSuffix("*/"), body.count >= 4 {
            let marks = token.kind == .angle ? ("{{<", ">}}") : ("{{%", "%}}")
            write(marks.0 + body.dropFirst(2).dropLast(2) + marks.1)
            return token.range.upperBound
        }
        if body.hasPrefix("/") { return nil }
        let isClosed = body.hasSuffix("/")
        if isClosed { text = Substring(body.dropLast()) }
        let arguments = TagArguments(text)
        let end = token.range.upperBound
        let (open, close) = token.kind == .angle ? ("{{< ", " >}}") : ("{{% ", " %}}")
        switch arguments.name {
        case "ref", "relref":
            guard let path = arguments.value("path") ?? arguments.positional.first else { break }
            write(path.hasPrefix("#") || path.contains("://") ? path : Self.documentLink(path))
            return end
        case "figure", "image", "img":
            guard let figure = Figure(arguments) else { break }
            write(block: figure.block, inline: figure.inline, for: token.range)
            return end
        case "highlight":
            let closing = closing("highlight", after: token, in: range) {
                $0.filter { !$0.isWhitespace } == "/highlight"
            }
            guard let closing else { break }
            write(
                code: Array(bytes[end..<closing.range.lowerBound]), language: arguments.positional.first ?? "",
                for: token.range.lowerBound..<closing.range.upperBound)
            return closing.range.upperBound
        case let name:
            guard let markdown = Embed.markdown(name, arguments) else { break }
            write(markdown)
            return end
        }
        return leave("\(open)\(arguments.name)\(close)")
    }

    /// Zola's shortcodes (https://www.getzola.org/documentation/content/shortcodes/): `{{ name(key="value") }}`.
    mutating func convertZola(_ token: Token, in range: Range<Int>) -> Int? {
        let body = String(text(token)).trimmed
        let marks = token.kind == .output ? ("{{", "}}") : ("{%", "%}")
        if body.hasPrefix("/*"), body.hasSuffix("*/"), body.count >= 4 {
            write(marks.0 + body.dropFirst(2).dropLast(2) + marks.1)
            return token.range.upperBound
        }
        // Anything else between these marks is text to Zola.
        guard body.prefixMatch(of: #/[A-Za-z_][A-Za-z0-9_]*\(/#) != nil, body.hasSuffix(")") else { return nil }
        let arguments = TagArguments(body[...])
        if token.kind == .output {
            if ["figure", "image", "img", "picture"].contains(arguments.name), let figure = Figure(arguments) {
                write(block: figure.block, inline: figure.inline, for: token.range)
                return token.range.upperBound
            }
            if let markdown = Embed.markdown(arguments.name, arguments) {
                write(markdown)
                return token.range.upperBound
            }
        }
        return leave("\(marks.0) \(arguments.name)() \(marks.1)")
    }
}
