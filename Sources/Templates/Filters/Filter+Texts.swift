extension Filter {
    /// Filters that take a text.
    static let texts: [String: Filter] = [
        "capitalize": text { text in PythonText.capitalized(text) },
        "lower": text { text in PythonText.lowercased(text) },
        "upper": text { text in text.uppercased() },
        // Jinja2 joins the words of markup to plain text.
        "title": Filter { (input, _, _) throws(Failure) in .string(PythonText.titled(try input.printed())) },
        "trim": Filter(["chars"]) { (input, arguments, _) throws(Failure) in
            let printed = try input.printed()
            guard let given = try arguments.given(0), !given.isAbsent else {
                return input.sameKind(PythonText.trimmed(printed) { Whitespace.contains($0) })
            }
            guard let chars = given.stringValue else {
                throw Failure("the characters to trim are a string, not \(given.kindWithArticle)")
            }
            let set = Set(chars.unicodeScalars)
            return input.sameKind(PythonText.trimmed(printed) { set.contains($0) })
        },
        "center": Filter(["width"]) { (input, arguments, context) throws(Failure) in
            let text = try input.printed()
            let width = try arguments.integer(0, "the width", default: 80)
            guard width > text.scalarCount else { return input.sameKind(text) }
            try context.checkSize(width)
            let missing = width - text.scalarCount
            // CPython's rule for the odd space: to the left only if the width is odd too.
            let left = missing / 2 + (missing & width & 1)
            return input.sameKind(
                String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left))
        },
        "escape": Filter { (input, _, _) throws(Failure) in
            input.isMarkup ? input : .markup(Escaping.html(try input.printed()))
        },
        "safe": Filter { (input, _, _) throws(Failure) in .markup(try input.printed()) },
        "string": Filter { (input, _, _) throws(Failure) in input.sameKind(try input.printed()) },
        "striptags": Filter { (input, _, _) throws(Failure) in .string(PythonText.withoutTags(try input.printed())) },
        "wordcount": Filter { (input, _, _) throws(Failure) in .int(PythonText.wordCount(try input.printed())) },
        "replace": Filter(["old", "new", "count"], required: 2, replace),
        "indent": Filter(["width", "first", "blank"], indent),
        "truncate": Filter(["length", "killwords", "end", "leeway"], truncate),
        "urlencode": Filter([], urlencode),
        "format": Filter(.open()) { (input, arguments, context) throws(Failure) in
            let text = try PercentFormat.format(input, arguments, context)
            return input.sameKind(text)
        },
        "xmlattr": Filter(["autospace"], xmlattr),
        "tojson": Filter(["indent"]) { (input, arguments, context) throws(Failure) in
            var indent: Int?
            if let given = try arguments.given(0), !given.isAbsent {
                indent = try arguments.integer(0, "the indentation", default: 0)
            }
            try context.checkSize(indent ?? 0)
            return .markup(try JSONText.make(input, indent: indent, context))
        },
    ]

    private static func text(_ change: @escaping @Sendable (String) -> String) -> Filter {
        Filter { (input, _, _) throws(Failure) in input.sameKind(change(try input.printed())) }
    }

    @Sendable private static func replace(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        guard let old = try arguments.given(0), let new = try arguments.given(1) else { return input }
        var count = -1
        if let given = try arguments.given(2), !given.isAbsent {
            count = try arguments.integer(2, "the count", default: -1)
        }
        var isMarkup = input.isMarkup
        var text = try input.printed()
        if context.escapes, !isMarkup, old.isMarkup || new.isMarkup {
            text = Escaping.html(text)
            isMarkup = true
        }
        var replacement = try new.printed()
        if isMarkup, !new.isMarkup { replacement = Escaping.html(replacement) }
        let result = try PythonText.replacing(try old.printed(), with: replacement, in: text, count: count, context)
        return isMarkup ? .markup(result) : .string(result)
    }

    @Sendable private static func indent(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        guard let text = input.stringValue else { throw Failure("indent needs a text, not \(input.kindWithArticle)") }
        var indentation: String
        if let width = try arguments.given(0), let given = width.stringValue {
            indentation = input.isMarkup && !width.isMarkup ? Escaping.html(given) : given
        } else {
            let width = try arguments.integer(0, "the width", default: 4)
            try context.checkSize(width)
            indentation = String(repeating: " ", count: max(0, width))
        }
        let first = try arguments.flag(1, default: false)
        let blank = try arguments.flag(2, default: false)
        let lines = PythonText.lines(text + "\n")
        try context.checkSize(lines.count * indentation.utf8.count + text.utf8.count)
        var result = first ? indentation : ""
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result += "\n"
                if blank || !line.isEmpty { result += indentation }
            }
            result += line
        }
        return input.sameKind(result)
    }

    @Sendable private static func truncate(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        guard let text = input.stringValue else { throw Failure("truncate needs a text, not \(input.kindWithArticle)") }
        let length = try arguments.integer(0, "the length", default: 255)
        let killsWords = try arguments.flag(1, default: false)
        let given = try arguments.given(2) ?? .string("...")
        guard var end = given.stringValue else { throw Failure("the end is a string, not \(given.kindWithArticle)") }
        let leeway = try arguments.integer(3, "the leeway", default: 5)
        let endLength = end.scalarCount
        guard length >= endLength else { throw Failure("the length must be \(endLength) at least, that of the end") }
        guard leeway >= 0 else { throw Failure("the leeway cannot be negative") }
        // A text has no more characters than bytes.
        let (limit, overflow) = length.addingReportingOverflow(leeway)
        if overflow || text.utf8.count <= limit || text.scalarCount <= limit { return input }
        let scalars = text.unicodeScalars
        var kept = scalars[..<scalars.index(scalars.startIndex, offsetBy: length - endLength)]
        if !killsWords, let space = kept.lastIndex(of: " ") { kept = kept[..<space] }
        if input.isMarkup, !given.isMarkup { end = Escaping.html(end) }
        let cut = String(kept)
        if given.isMarkup, !input.isMarkup { return .markup(Escaping.html(cut) + end) }
        return input.sameKind(cut + end)
    }

    @Sendable private static func urlencode(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        var pairs: [(Value, Value)] = []
        switch input {
        case .dict(let dict): pairs = Array(zip(dict.keys, dict.values))
        case .list(let items), .tuple(let items):
            for item in items {
                let pair = try context.elements(of: item)
                guard pair.count == 2 else { throw Failure("urlencode needs pairs of a key and a value") }
                pairs.append((pair[0], pair[1]))
            }
        default: return .string(PythonText.percentEncoded(try input.printed(), inQuery: false))
        }
        var parts: [String] = []
        for (key, value) in pairs {
            let key = PythonText.percentEncoded(try key.printed(), inQuery: true)
            parts.append(key + "=" + PythonText.percentEncoded(try value.printed(), inQuery: true))
        }
        return .string(parts.joined(separator: "&"))
    }

    @Sendable private static func xmlattr(
        _ input: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws(Failure) -> Value {
        guard case .dict(let dict) = input else { throw Failure("xmlattr needs a dict, not \(input.kindWithArticle)") }
        var result = ""
        for (key, value) in zip(dict.keys, dict.values) where !value.isAbsent {
            guard let name = key.stringValue else {
                throw Failure("an attribute's name is a string, not \(key.kindWithArticle)")
            }
            let refused: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{0B}", "\u{0C}", "/", ">", "="]
            guard !name.unicodeScalars.contains(where: refused.contains) else {
                throw Failure("\"\(name)\" cannot be an attribute's name")
            }
            if !result.isEmpty { result += " " }
            let text = try value.printed()
            result +=
                (key.isMarkup ? name : Escaping.html(name)) + "=\"" + (value.isMarkup ? text : Escaping.html(text))
                + "\""
        }
        if try arguments.flag(0, default: true), !result.isEmpty { result = " " + result }
        return context.escapes ? .markup(result) : .string(result)
    }
}
