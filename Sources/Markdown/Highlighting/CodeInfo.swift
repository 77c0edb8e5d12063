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

    init(_ info: String) {
        var rest = info[...]
        if rest.hasPrefix("{.") { rest = rest.dropFirst(2) }
        language = String(rest.prefix { !Self.languageEnd.contains($0) })
        rest = rest.dropFirst(language.count)
        numbersLines =
            ["linenos", "showLineNumbers", "numberLines"].contains { rest.contains($0) }
            && !rest.contains("linenos=false")
        if let lines = rest.range(of: "hl_lines=") {
            highlightedLines = Self.ranges(rest[lines].drop { !$0.isNumber && $0 != "]" && $0 != "}" })
        } else if let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let lines = rest[open..<close].dropFirst()
            if lines.allSatisfy({ $0.isNumber || $0 == "," || $0 == "-" || $0 == " " }) {
                highlightedLines = Self.ranges(lines)
            }
        }
    }

    private static let languageEnd: Set<Character> = [" ", "\t", ",", "{", "}", ";"]

    /// `1 3-5`, `1,3-5` or `2,"5-7"`, up to what is no such list.
    private static func ranges(_ text: Substring) -> [ClosedRange<Int>] {
        let list = text.prefix { $0.isNumber || " ,-\"".contains($0) }
        return list.split { $0 == " " || $0 == "," || $0 == "\"" }.compactMap { item in
            let bounds = item.split(separator: "-").map { Int($0) }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2, first <= last
            else { return nil }
            return first...last
        }
    }
}

extension Substring {
    /// From behind the first occurrence to the end.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count)..<endIndex }
            start = index(after: start)
        }
        return nil
    }
}
