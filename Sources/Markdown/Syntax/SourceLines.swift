import Bytes

/// The lines of a source, split as cmark does: at `\n`, `\r\n` and `\r`.
struct SourceLines {
    let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            guard ByteSearch.first(.carriageReturn, in: bytes) != nil else {
                var next = 0
                while let end = ByteSearch.first(.newline, in: bytes, from: next) {
                    next = end + 1
                    starts.append(next)
                }
                return
            }
            for index in 0..<bytes.count where bytes[index] <= .carriageReturn {
                if bytes[index] == .newline {
                    starts.append(index + 1)
                } else if bytes[index] == .carriageReturn, index + 1 == bytes.count || bytes[index + 1] != .newline {
                    starts.append(index + 1)
                }
            }
        }
        self.starts = starts
    }

    var count: Int { starts.count }

    /// Whether the last two characters of a line, behind which only white space may follow, can be those of a table's
    /// delimiter row.
    func mayEndDelimiterRow(_ line: Int) -> Bool {
        guard line < starts.count || !bytes.isEmpty, line <= starts.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            var end = line < starts.count ? starts[line] : bytes.count
            while end > starts[line - 1], bytes[end - 1].isASCIISpace { end -= 1 }
            guard end > starts[line - 1], Self.delimiterEnds.contains(bytes[end - 1]) else { return false }
            return end - 1 == starts[line - 1] || Self.delimiterBytes.contains(bytes[end - 2])
        }
    }

    private static let delimiterEnds = ByteSet("|-:")
    private static let delimiterBytes = ByteSet("|-: \t>")

    /// A line, 1-based, without its end. Lines that do not exist are empty.
    subscript(line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= starts.count else { return [] }
        let start = starts[line - 1]
        var end = line < starts.count ? starts[line] : bytes.count
        while end > start, bytes[end - 1] == .newline || bytes[end - 1] == .carriageReturn { end -= 1 }
        return bytes[start..<end]
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces and tabs at both ends.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first == .space || first == .tab { slice = slice.dropFirst() }
        while let last = slice.last, last == .space || last == .tab { slice = slice.dropLast() }
        return slice
    }
}
