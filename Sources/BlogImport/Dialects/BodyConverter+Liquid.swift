extension BodyConverter {
    /// Jekyll's and Eleventy's Liquid (https://jekyllrb.com/docs/liquid/).
    mutating func convertLiquid(_ token: Token, in range: Range<Int>) -> Int? {
        token.kind == .output ? convertOutput(token, in: range) : convertTag(token, in: range)
    }

    private mutating func convertTag(_ token: Token, in range: Range<Int>) -> Int? {
        let arguments = TagArguments(text(token))
        switch arguments.name {
        case "raw", "verbatim":
            guard let close = liquidEnd(of: arguments.name, after: token, in: range) else { return leave("{% raw %}") }
            output += bytes[token.range.upperBound..<close.range.lowerBound]
            return close.range.upperBound
        case "comment":
            guard let close = liquidEnd(of: "comment", after: token, in: range) else { return leave("{% comment %}") }
            return close.range.upperBound
        case "highlight":
            return highlight(token, arguments, in: range)
        case "include", "include_relative", "include_cached":
            return include(token, arguments)
        case "post_url":
            guard let name = arguments.positional.first else { return leave("{% post_url %}") }
            write(Self.documentLink(name))
            return token.range.upperBound
        case "link":
            // Everything up to the mark is the path, spaces and all.
            let path = String(text(token)).trimmed.dropFirst("link".count).description.trimmed
            guard !path.isEmpty, !path.contains("{") else { return leave("{% link %}") }
            write(Self.isDocument(path) ? Self.documentLink(path) : path.hasPrefix("/") ? path : "/" + path)
            return token.range.upperBound
        case "figure", "image", "img":
            guard let figure = Figure(arguments) else { return figureBlock(token, arguments, in: range) }
            write(block: figure.block, inline: figure.inline, for: token.range)
            return token.range.upperBound
        case let name where name.hasPrefix("end"): return nil
        case let name:
            guard let markdown = Embed.markdown(name.lowercased(), arguments) else { return leave("{% \(name) %}") }
            write(markdown)
            return token.range.upperBound
        }
    }

    private mutating func liquidEnd(of name: String, after token: Token, in range: Range<Int>) -> Token? {
        closing(name, after: token, in: range) { TagArguments($0).name == "end\(name)" }
    }

    /// `{% highlight swift linenos %}` becomes a fenced block. Liquid counts inside it.
    private mutating func highlight(_ token: Token, _ arguments: TagArguments, in range: Range<Int>) -> Int? {
        guard let close = liquidEnd(of: "highlight", after: token, in: range) else { return leave("{% highlight %}") }
        let outer = output
        output = []
        run(token.range.upperBound..<close.range.lowerBound)
        let code = output
        output = outer
        write(
            code: code, language: arguments.positional.first ?? "",
            for: token.range.lowerBound..<close.range.upperBound)
        return close.range.upperBound
    }

    /// `{% figure caption:"…" %}` around Markdown of its own.
    private mutating func figureBlock(_ token: Token, _ arguments: TagArguments, in range: Range<Int>) -> Int? {
        guard let close = liquidEnd(of: arguments.name, after: token, in: range) else {
            return leave("{% \(arguments.name) %}")
        }
        let caption = arguments.value("caption", "title").map {
            "<figcaption>\n\n\(Figure.oneLine($0))\n\n</figcaption>\n"
        }
        write("\n<figure>\n\n")
        run(token.range.upperBound..<close.range.lowerBound)
        write("\n\n\(caption ?? "")</figure>\n")
        return close.range.upperBound
    }

    /// Themes have includes for figures and embeds; what others hold is not in the document.
    private mutating func include(_ token: Token, _ arguments: TagArguments) -> Int? {
        guard let file = arguments.positional.first else { return leave("{% \(arguments.name) %}") }
        let name = (file.split(separator: "/").last ?? "").split(separator: ".").first?.lowercased() ?? ""
        if ["figure", "image", "img", "picture", "responsive-image", "lightbox"].contains(name),
            let figure = Figure(arguments)
        {
            write(block: figure.block, inline: figure.inline, for: token.range)
            return token.range.upperBound
        }
        var own = arguments
        own.dropFirst()
        if let markdown = Embed.markdown(name, own) {
            write(markdown)
            return token.range.upperBound
        }
        return leave("{% \(arguments.name) \(file) %}")
    }

    static func isDocument(_ path: String) -> Bool {
        let path = path.prefix { $0 != "#" && $0 != "?" }.lowercased()
        return [".md", ".markdown", ".mdown", ".mkd", ".html"].contains { path.hasSuffix($0) }
    }

    // MARK: Outputs

    /// `{{ site.baseurl }}` and texts with filters that make addresses of them; the blog puts its own prefix before rooted
    /// links.
    private mutating func convertOutput(_ token: Token, in range: Range<Int>) -> Int? {
        let parts = text(token).split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
        guard let value = parts.first else { return nil }
        var address: String
        if Self.isSiteAddress(value) {
            address = ""
        } else if let literal = Self.literal(value), parts.count > 1 {
            address = literal
        } else if dialect.isLiquid, let literal = Self.literal(value) {
            write(literal)
            return token.range.upperBound
        } else {
            return leave("{{ \(value.prefix { !$0.isWhitespace }) }}")
        }
        for filter in parts.dropFirst() {
            let call = filter.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            switch call.first {
            case "relative_url", "absolute_url", "url", "htmlBaseUrl":
                if !address.contains("://"), !address.hasPrefix("/") { address = "/" + address }
            case "prepend" where call.count == 2 && Self.isSiteAddress(call[1]): break
            case "prepend", "append":
                guard call.count == 2, let literal = Self.literal(call[1]) else { return leave("{{ … | \(filter) }}") }
                address = call[0] == "append" ? address + literal : literal + address
            default: return leave("{{ … | \(call.first ?? "") }}")
            }
        }
        // A link that is nothing but the site's address leads home.
        if address.isEmpty {
            let next = token.range.upperBound < range.upperBound ? bytes[token.range.upperBound] : 0
            if next != UInt8(ascii: "/"), next != UInt8(ascii: "{") { address = "/" }
        }
        write(address)
        return token.range.upperBound
    }

    private static func isSiteAddress(_ value: String) -> Bool {
        ["site.baseurl", "site.url", "site.github.url", "site.base_url", "metadata.url"].contains(value)
    }

    /// The text in quotes.
    private static func literal(_ value: String) -> String? {
        guard value.count > 1, let quote = value.first, "\"'".contains(quote), value.last == quote else { return nil }
        let text = value.dropFirst().dropLast()
        return text.contains(quote) ? nil : String(text)
    }
}
