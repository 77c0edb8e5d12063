/// Where code is in a Markdown text: fenced and indented blocks, and spans in backticks. In bytes, in order.
///
/// Near enough to CommonMark to tell an example of a tag from a tag: it knows fences in lists and quotes by their prefix,
/// but builds no tree.
struct CodeRegions: Sendable {
    private(set) var ranges: [Range<Int>] = []
    private var next = 0

    init(_ bytes: [UInt8]) {
        var paragraph = 0
        var line = 0
        var fence: (byte: UInt8, count: Int, start: Int)?
        var isBlank = true
        var isCode = false
        var isInList = false
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            let text = bytes[line..<end]
            let head = text.drop { [0x20, 0x09, UInt8(ascii: ">")].contains($0) }
            let run = head.first.map { byte in head.prefix { $0 == byte }.count } ?? 0
            if let open = fence {
                let isClosed =
                    head.first == open.byte && run >= open.count
                    && head.dropFirst(run).allSatisfy { $0 == 0x20 || $0 == 0x09 }
                if isClosed {
                    ranges.append(open.start..<end)
                    fence = nil
                    paragraph = end
                }
            } else if run >= 3, head.first == UInt8(ascii: "`") || head.first == UInt8(ascii: "~"),
                head.first != UInt8(ascii: "`") || !head.dropFirst(run).contains(UInt8(ascii: "`"))
            {
                addSpans(of: bytes, in: paragraph..<line)
                fence = (head[head.startIndex], run, line)
                paragraph = end
            } else if head.isEmpty {
                addSpans(of: bytes, in: paragraph..<line)
                paragraph = end
            } else if isBlank || isCode, Self.isIndented(text, inList: isInList) {
                addSpans(of: bytes, in: paragraph..<line)
                ranges.append(line..<end)
                paragraph = end
                isCode = true
            }
            if !head.isEmpty {
                if !Self.isIndented(text, inList: isInList) { isCode = false }
                if Self.isListItem(head) {
                    isInList = true
                } else if isBlank, text.startIndex == head.startIndex {
                    isInList = false
                }
            }
            isBlank = head.isEmpty
            line = end + 1
        }
        if let fence {
            ranges.append(fence.start..<bytes.count)
        } else {
            addSpans(of: bytes, in: paragraph..<bytes.count)
        }
    }

    /// Whether an offset is in code; to be asked in rising order.
    mutating func contains(_ offset: Int) -> Bool {
        while next < ranges.count, ranges[next].upperBound <= offset { next += 1 }
        return next < ranges.count && ranges[next].contains(offset)
    }

    /// Four columns make code, but within a list's item only its text.
    private static func isIndented(_ line: ArraySlice<UInt8>, inList isInList: Bool) -> Bool {
        var columns = 0
        for byte in line {
            guard byte == 0x20 || byte == 0x09 else { break }
            columns += byte == 0x09 ? 4 - columns % 4 : 1
        }
        return columns >= (isInList ? 8 : 4)
    }

    /// `- `, `* `, `+ `, `1. `, `1) `
    private static func isListItem(_ head: ArraySlice<UInt8>) -> Bool {
        let digits = head.prefix { (0x30...0x39).contains($0) }
        let rest = head.dropFirst(digits.count)
        guard let mark = rest.first, (digits.isEmpty ? "-*+" : ".)").utf8.contains(mark) else { return false }
        return rest.dropFirst().first.map { $0 == 0x20 || $0 == 0x09 } ?? true
    }

    /// A run of backticks up to the next of the same length (CommonMark 0.31, section 6.1).
    private mutating func addSpans(of bytes: [UInt8], in range: Range<Int>) {
        var runs: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "`") else {
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, bytes[index] == UInt8(ascii: "`") { index += 1 }
            runs.append(start..<index)
        }
        // Runs by length, so that a text full of backticks takes linear time.
        var later: [Int: [Int]] = [:]
        for (position, run) in runs.enumerated().reversed() { later[run.count, default: []].append(position) }
        var position = 0
        while position < runs.count {
            let run = runs[position]
            while let last = later[run.count]?.last, last <= position { later[run.count]?.removeLast() }
            if let close = later[run.count]?.last {
                ranges.append(run.lowerBound..<runs[close].upperBound)
                position = close + 1
            } else {
                position += 1
            }
        }
    }
}
