import Bytes

/// Remembers backslash escapes across the parse.
///
/// cmark's text no longer tells `\~` from `~`, yet `\~~no\~~` is not struck through and `\[^1]` is no footnote. So
/// before the parse a mark is put behind each escaped character that an extension gives a meaning, and taken out again
/// afterwards. The mark is a punctuation character, as the escaped one is: the rules for emphasis see no difference.
enum EscapeMarks {
    /// Four bytes of UTF-8 that the source does not contain.
    struct Mark: Equatable {
        let bytes: [UInt8]

        func removed(from text: UnsafeRawBufferPointer) -> [UInt8] {
            var result: [UInt8] = []
            result.reserveCapacity(text.count)
            var index = 0
            while index < text.count {
                if text[index] == bytes[0], text[index...].starts(with: bytes) {
                    index += bytes.count
                } else {
                    result.append(text[index])
                    index += 1
                }
            }
            return result
        }

        /// Takes the marks out of text nodes, when the extensions are done.
        func removeAll(from tree: inout Tree) {
            for id in tree.nodes.indices where tree.nodes[id].kind == .text {
                let range = tree.nodes[id].text.indices
                guard tree.text[range].contains(bytes[0]) else { continue }
                let text = tree.text[range].withUnsafeBytes { removed(from: $0) }
                tree.nodes[id].text = tree.store(text)
            }
        }
    }

    /// Punctuation of dead scripts that cmark 0.30 knows as such: Old South Arabian, Old Persian, Phoenician, Ugaritic.
    private static let candidates = ["\u{10A7F}", "\u{103D0}", "\u{1091F}", "\u{1039F}"].map { Array($0.utf8) }

    private static let marked = ByteSet("~[]^:.@!")

    /// The source with marks, or nil if it has no such escapes (or uses all the candidates itself: then escapes are
    /// forgotten, as nothing worse can be done about it).
    static func insert(into source: [UInt8], edits: inout SourceEdits) -> (source: [UInt8], mark: Mark)? {
        guard let first = firstEscape(in: source, from: 0) else { return nil }
        guard let mark = candidates.first(where: { !contains($0, in: source) }) else { return nil }
        edits.beginPass()
        var result: [UInt8] = []
        result.reserveCapacity(source.count + source.count / 8)
        var copied = 0
        var next: Int? = first
        var lines = LineCounter()
        while let escape = next {
            let end = escape + 2
            result.append(contentsOf: source[copied..<end])
            lines.advance(to: result.count, in: result)
            edits.add(line: lines.line, column: lines.column(of: result.count), removed: 0, inserted: mark.count)
            result.append(contentsOf: mark)
            copied = end
            next = firstEscape(in: source, from: end)
        }
        result.append(contentsOf: source[copied...])
        return (result, Mark(bytes: mark))
    }

    private static func firstEscape(in source: [UInt8], from start: Int) -> Int? {
        source.withUnsafeBufferPointer { bytes in
            var index = start
            while let backslash = ByteSearch.first(UInt8(ascii: "\\"), in: bytes, from: index),
                backslash + 1 < bytes.count
            {
                if marked.contains(bytes[backslash + 1]) { return backslash }
                // A backslash before a backslash escapes nothing after it.
                index = backslash + 2
            }
            return nil
        }
    }

    private static func contains(_ needle: [UInt8], in source: [UInt8]) -> Bool {
        source.withUnsafeBufferPointer { bytes in
            var index = 0
            while let found = ByteSearch.first(needle[0], in: bytes, from: index) {
                if bytes[found...].starts(with: needle) { return true }
                index = found + 1
            }
            return false
        }
    }
}
