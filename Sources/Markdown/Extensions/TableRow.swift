/// The source of table rows, as in GFM's section on tables.
enum TableRow {
    /// The cells of a line: between pipes that no backslash precedes, white space trimmed. Pipes at both ends are
    /// optional.
    static func cells(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        let line = line.trimmed
        var cells: [ArraySlice<UInt8>] = []
        var start = line.startIndex
        if line.first == pipe { start += 1 }
        var index = start
        while index < line.endIndex {
            if line[index] == pipe, index == line.startIndex || line[index - 1] != backslash {
                cells.append(line[start..<index].trimmed)
                start = index + 1
            }
            index += 1
        }
        if start < line.endIndex { cells.append(line[start...].trimmed) }
        return cells
    }

    /// The alignments that a delimiter row such as `| :-- | --: |` gives, or nil if the line is none.
    static func alignments(_ line: ArraySlice<UInt8>) -> [Node.Alignment]? {
        let line = line.trimmed
        guard let last = line.last, last == dash || last == colon || last == pipe, line.contains(dash),
            line.allSatisfy({ delimiterBytes.contains($0) })
        else { return nil }
        var alignments: [Node.Alignment] = []
        for cell in cells(line) {
            let left = cell.first == colon
            let right = cell.count > 1 && cell.last == colon
            let dashes = cell.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
            guard !dashes.isEmpty, dashes.allSatisfy({ $0 == dash }) else { return nil }
            alignments.append(left && right ? .center : left ? .left : right ? .right : .none)
        }
        return alignments.isEmpty ? nil : alignments
    }

    /// `\|` is how a cell writes a pipe, in code too.
    static func unescapingPipes(_ cell: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(cell.count)
        for byte in cell {
            if byte == pipe, result.last == backslash { result.removeLast() }
            result.append(byte)
        }
        return result
    }

    /// Whether a line that could not interrupt a paragraph begins a block after a table row, and so ends the table.
    static func startsBlock(_ line: ArraySlice<UInt8>, indent: Int) -> Bool {
        if indent >= 4 { return true }
        let line = line.trimmed
        guard let first = line.first else { return true }
        if first == UInt8(ascii: "<") {
            // An HTML block of kind 7: one tag, alone on its line.
            return line.last == UInt8(ascii: ">") && line.dropFirst().allSatisfy { $0 != UInt8(ascii: "<") }
                && line.dropFirst().first.map { $0.isASCIILetter || $0 == UInt8(ascii: "/") } == true
                && !line.contains(pipe)
        }
        if first == dash || first == UInt8(ascii: "+") || first == UInt8(ascii: "*") {
            return line.count == 1
        }
        let digits = line.prefix { $0.isASCIIDigit }
        guard (1...9).contains(digits.count), line.count > digits.count else { return false }
        let rest = line.dropFirst(digits.count)
        guard rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ")") else { return false }
        return rest.count == 1 || rest.dropFirst().first == .space || rest.dropFirst().first == .tab
    }

    private static let pipe = UInt8(ascii: "|")
    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")
    private static let backslash = UInt8(ascii: "\\")
    private static let delimiterBytes = ByteSet("|-: \t")
}
