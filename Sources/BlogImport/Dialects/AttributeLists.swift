/// kramdown's attribute lists (https://kramdown.gettalong.org/syntax.html#attribute-list-definitions): `{: .notice}` behind
/// a span or below a block, `{:toc}`. They say how the old theme shows a text, and are no part of it.
enum AttributeLists {
    /// Removes them outside code and counts them.
    static func remove(from body: inout ConvertedBody) {
        let bytes = Array(body.text.utf8)
        var code = CodeRegions(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var count = 0
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            let start = output.count
            var removed: [UInt8] = []
            var index = line
            while index < end {
                if !code.contains(index), let close = list(bytes, at: index, before: end) {
                    removed += bytes[index..<close]
                    count += 1
                    index = close
                } else {
                    output.append(bytes[index])
                    index += 1
                }
            }
            if !removed.isEmpty { tidy(&output, from: start, removed: removed) }
            let isGone = !removed.isEmpty && output.count <= start
            if end < bytes.count, !isGone { output.append(0x0A) }
            line = end + 1
        }
        guard count > 0 else { return }
        body.text = String(decoding: output, as: UTF8.self)
        body.leftovers["{: … } (left out)", default: 0] += count
    }

    /// Where the list that starts here ends.
    private static func list(_ bytes: [UInt8], at start: Int, before end: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "{"), start + 2 < end, bytes[start + 1] == UInt8(ascii: ":"),
            start == 0 || bytes[start - 1] != UInt8(ascii: "\\"),
            let close = bytes[start..<min(end, start + 500)].firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        let first = bytes[start + 2]
        let isList = ".# ".utf8.contains(first) || (0x61...0x7A).contains(first | 0x20) || first == UInt8(ascii: ":")
        return isList ? close + 1 : nil
    }

    /// Takes white space left at the end of a line, and the item that stood for the contents list.
    private static func tidy(_ output: inout [UInt8], from start: Int, removed: [UInt8]) {
        while output.count > start, output[output.count - 1] == 0x20 || output[output.count - 1] == 0x09 {
            output.removeLast()
        }
        guard output.count == start, removed.starts(with: "{:toc".utf8) || removed.starts(with: "{: toc".utf8) else {
            return
        }
        // The line before: `* TOC` or `1. toc`.
        let before = output.dropLast()
        let head = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let item = before[head...].drop { $0 == 0x20 || "0123456789".utf8.contains($0) }
        if let mark = item.first, "*-+.".utf8.contains(mark) { output.removeSubrange(head...) }
    }
}
