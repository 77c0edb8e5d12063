/// What the info string of a fenced code block says: language, lines to mark, line numbers.
///
/// The spellings of Hugo (`go {hl_lines=[2,"5-7"] linenos=true}`), Zola (`rust,linenos,hl_lines=1 3-5`), Docusaurus
/// (`swift {3-5} showLineNumbers`) and Pandoc (`{.python .numberLines}`) are read; words that mean nothing here, such
/// as rustdoc's `ignore`, are passed over.
struct CodeInfo: Equatable {
    var language = ""
    var highlightedLines: [ClosedRange<Int>] = []
    var numbersLines = false

    var marksLines: Bool { numbersLines || !highlightedLines.isEmpty }

    init() {}

    init(_ info: ArraySlice<UInt8>) {
        var rest = info
        if rest.starts(with: "{.".utf8) { rest = rest.dropFirst(2) }
        let name = rest.prefix { !Self.languageEnd.contains($0) }
        language = String(decoding: name, as: UTF8.self)
        rest = rest[name.endIndex...]
        guard !rest.isEmpty else { return }
        numbersLines = ["linenos", "showLineNumbers", "numberLines"].contains { Self.end(of: $0, in: rest) != nil }
        if Self.end(of: "linenos=false", in: rest) != nil { numbersLines = false }
        if let lines = Self.end(of: "hl_lines=", in: rest) {
            highlightedLines = Self.ranges(rest[lines...].drop { !$0.isASCIIDigit && !Self.listEnd.contains($0) })
        } else if let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            let lines = rest[open..<close].dropFirst()
            if lines.allSatisfy({ Self.rangeBytes.contains($0) }) { highlightedLines = Self.ranges(lines) }
        }
    }

    private static let languageEnd = ByteSet(" \t,{};")
    private static let listEnd = ByteSet("]}")
    private static let rangeBytes = ByteSet("0123456789,- ")
    private static let listBytes = ByteSet("0123456789,- \"")

    /// `1 3-5`, `1,3-5` or `2,"5-7"`, up to what is no such list.
    private static func ranges(_ text: ArraySlice<UInt8>) -> [ClosedRange<Int>] {
        let list = text.prefix { listBytes.contains($0) }
        let dash = UInt8(ascii: "-")
        return list.split { !$0.isASCIIDigit && $0 != dash }.compactMap { item in
            let bounds = item.split(separator: dash).map { Int(String(decoding: $0, as: UTF8.self)) }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2, first <= last
            else { return nil }
            return first...last
        }
    }

    /// Where the first occurrence of `word` ends.
    private static func end(of word: StaticString, in text: ArraySlice<UInt8>) -> Int? {
        let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return text.indices.first { text[$0...].starts(with: word) }.map { $0 + word.count }
    }
}
