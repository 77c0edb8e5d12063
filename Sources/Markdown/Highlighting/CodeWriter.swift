/// Writes code as HTML with a `<span>` for each token and, if asked to, for each line.
struct CodeWriter: TokenSink {
    private(set) var out: HTMLBuffer
    private let text: [UInt8]
    private let info: CodeInfo
    private var written = 0
    private var line = 1

    init(text: [UInt8], info: CodeInfo, out: HTMLBuffer) {
        self.text = text
        self.info = info
        self.out = out
        if info.marksLines { openLine() }
    }

    static func write(_ text: [UInt8], info: CodeInfo, to out: inout HTMLBuffer) {
        let writer = CodeWriter(text: text, info: info, out: out)
        // The buffer lives in the writer meanwhile: otherwise each write would copy it.
        out = HTMLBuffer()
        switch Language.named(info.language)?.grammar {
        case .code(let grammar):
            var scanner = CodeScanner(grammar, text: text, sink: writer)
            scanner.run()
            out = scanner.sink.finished()
        case .markup:
            var scanner = MarkupScanner(text: text, sink: writer)
            scanner.run()
            out = scanner.sink.finished()
        case .lines(let rules):
            var scanner = LineScanner(rules: rules, text: text, sink: writer)
            scanner.run()
            out = scanner.sink.finished()
        case nil:
            out = writer.finished()
        }
    }

    mutating func token(_ token: Token, _ range: Range<Int>) {
        guard range.lowerBound >= written, !range.isEmpty else { return }
        write(written..<range.lowerBound, as: nil)
        write(range, as: token)
        written = range.upperBound
    }

    private consuming func finished() -> HTMLBuffer {
        write(written..<text.count, as: nil)
        if info.marksLines, text.last != .newline { out.raw("</span>") }
        return out
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
