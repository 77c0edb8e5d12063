/// Writes code as HTML with a `<span>` for each token and, if asked to, for each line.
struct CodeWriter: TokenSink {
    private var out: HTMLBuffer
    private let text: [UInt8]
    private let info: CodeInfo
    private var written = 0
    private var line = 1

    private init(text: [UInt8], info: CodeInfo, out: consuming HTMLBuffer) {
        self.text = text
        self.info = info
        self.out = out
        if info.marksLines { openLine() }
    }

    static func write(_ text: [UInt8], info: CodeInfo, to out: inout HTMLBuffer) {
        // The buffer moves into the writer and back: a second owner would make the next write copy all of it.
        var buffer = HTMLBuffer()
        swap(&buffer, &out)
        var writer = CodeWriter(text: text, info: info, out: consume buffer)
        switch Language.named(info.language)?.grammar {
        case .code(let grammar):
            var scanner = CodeScanner(grammar, text: text, sink: consume writer)
            scanner.run()
            scanner.sink.finish(&out)
        case .markup:
            var scanner = MarkupScanner(text: text, sink: consume writer)
            scanner.run()
            scanner.sink.finish(&out)
        case .lines(let rules):
            var scanner = LineScanner(rules: rules, text: text, sink: consume writer)
            scanner.run()
            scanner.sink.finish(&out)
        case nil:
            writer.finish(&out)
        }
    }

    mutating func token(_ token: Token, _ range: Range<Int>) {
        guard range.lowerBound >= written, !range.isEmpty else { return }
        write(written..<range.lowerBound, as: nil)
        write(range, as: token)
        written = range.upperBound
    }

    private mutating func finish(_ target: inout HTMLBuffer) {
        write(written..<text.count, as: nil)
        if info.marksLines, text.last != .newline { out.raw("</span>") }
        swap(&out, &target)
    }

    private mutating func write(_ range: Range<Int>, as token: Token?) {
        guard info.marksLines else {
            span(range, as: token)
            return
        }
        // An element must not reach over the end of a line.
        var start = range.lowerBound
        while let end = text[start..<range.upperBound].firstIndex(of: .newline) {
            span(start..<end, as: token)
            out.raw("</span>\n")
            line += 1
            start = end + 1
            if start < text.count { openLine() }
        }
        span(start..<range.upperBound, as: token)
    }

    private mutating func span(_ range: Range<Int>, as token: Token?) {
        guard !range.isEmpty else { return }
        if let token {
            out.raw("<span class=\"")
            out.escaped(token.rawValue)
            out.raw("\">")
        }
        out.escaped(text[range])
        if token != nil { out.raw("</span>") }
    }

    private mutating func openLine() {
        out.raw(
            info.highlightedLines.contains(where: { $0.contains(line) })
                ? "<span class=\"line marked\">" : "<span class=\"line\">")
    }
}
