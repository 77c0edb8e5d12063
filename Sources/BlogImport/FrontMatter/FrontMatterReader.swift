package import BlogConfiguration

extension FrontMatter {
    /// At most so many bytes of front matter: more is a file whose block is not closed where its author thinks.
    private static let sizeLimit = 1 << 20

    /// Splits a file into front matter and body. YAML stands between `---` lines (or ends with `...`),
    /// TOML between `+++` lines, JSON in braces.
    ///
    /// A file that starts with neither is all body; so is one that starts with `{%` or `{{`, which is text.
    package static func read(_ source: SourceText) throws(Diagnostic) -> FrontMatter {
        let lead = source.text.utf8.prefix { [0x0A, 0x20, 0x09].contains($0) }
        let rest = source.text[lead.endIndex...]
        let skipped = lead.count { $0 == 0x0A }
        let firstLine = rest.prefix { $0 != "\n" }
        switch marker(firstLine) {
        case "---": return try readBlock(source, .yaml, from: rest.startIndex, line: skipped + 1)
        case "+++": return try readBlock(source, .toml, from: rest.startIndex, line: skipped + 1)
        default: break
        }
        let second = rest.utf8.dropFirst().first { ![0x0A, 0x20, 0x09].contains($0) }
        if rest.utf8.first == UInt8(ascii: "{"), second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") {
            return try readJSON(source, from: rest.startIndex, line: skipped + 1)
        }
        return FrontMatter(
            source: source, entries: [], body: String(rest), bodyLine: skipped + 1, isPresent: false)
    }

    /// The line without the spaces at its end.
    private static func marker(_ line: Substring) -> String {
        var line = line
        while let last = line.last, last == " " || last == "\t" { line.removeLast() }
        return String(line)
    }

    /// The languages of blocks that end with a line of their own.
    private enum Language {
        case yaml, toml

        var closers: [String] { self == .yaml ? ["---", "..."] : ["+++"] }
    }

    private static func readBlock(
        _ source: SourceText, _ language: Language, from start: String.Index, line: Int
    ) throws(Diagnostic) -> FrontMatter {
        let text = source.text
        var blockStart = text.endIndex
        var lineStart = start
        var number = line
        while lineStart < text.endIndex {
            let lineEnd = text.utf8[lineStart...].firstIndex(of: 0x0A) ?? text.endIndex
            let nextLine = lineEnd < text.endIndex ? text.utf8.index(after: lineEnd) : lineEnd
            if number == line {
                blockStart = nextLine
            } else if language.closers.contains(marker(text[lineStart..<lineEnd])) {
                try checkSize(of: blockStart..<lineStart, in: source, line: line)
                let block = String(text[blockStart..<lineStart])
                let root =
                    switch language {
                    case .yaml: try YAMLReader.read(block, of: source, lineOffset: line)
                    case .toml: try TOMLReader.read(block, of: source, lineOffset: line)
                    }
                return try FrontMatter(source, root: root, line: line, bodyFrom: nextLine, bodyLine: number + 1)
            }
            lineStart = nextLine
            number += 1
        }
        throw source.diagnostic(
            at: Place(line: line, column: 1), "the front matter that starts here never ends",
            suggestion: "put a line with \(language == .yaml ? "---" : "+++") below it")
    }

    private static func readJSON(
        _ source: SourceText, from start: String.Index, line: Int
    ) throws(Diagnostic) -> FrontMatter {
        let (root, end) = try JSONReader.read(source, from: start)
        try checkSize(of: start..<end, in: source, line: line)
        let bodyLine = source.text.utf8[..<end].count { $0 == 0x0A } + 1
        return try FrontMatter(source, root: root, line: line, bodyFrom: end, bodyLine: bodyLine)
    }

    private static func checkSize(
        of range: Range<String.Index>, in source: SourceText, line: Int
    ) throws(Diagnostic) {
        guard source.text.utf8.distance(from: range.lowerBound, to: range.upperBound) <= sizeLimit else {
            throw source.diagnostic(at: Place(line: line, column: 1), "front matter of more than 1 MiB")
        }
    }

    private init(
        _ source: SourceText, root: DataNode?, line: Int, bodyFrom start: String.Index, bodyLine: Int
    ) throws(Diagnostic) {
        if let root, root.map == nil, !root.isNull {
            throw source.diagnostic(at: root.place, "the front matter is \(root.summary), expected keys and values")
        }
        let blank = source.text.utf8[start...].prefix { [0x0A, 0x20, 0x09].contains($0) }
        // Spaces at the head of the first line of text are Markdown: four of them make it code.
        let bodyStart = blank.lastIndex(of: 0x0A).map { source.text.utf8.index(after: $0) } ?? start
        let skipped = source.text.utf8[start..<bodyStart].count { $0 == 0x0A }
        self.init(
            source: source, entries: root?.map ?? [], body: String(source.text[bodyStart...]),
            bodyLine: bodyLine + skipped, isPresent: true)
    }
}
