/// The lines of a source, split as cmark does: at `\n`, `\r\n` and `\r`.
struct SourceLines {
    let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
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
