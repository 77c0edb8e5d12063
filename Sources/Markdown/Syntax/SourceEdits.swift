/// What was put into or taken out of source lines before the parse, to find a column's place in the original. No edit adds or removes
/// a line.
struct SourceEdits {
    private struct Edit {
        /// In the edited line, 1-based, where the inserted bytes begin.
        var column: Int32
        var removed: Int32
        var inserted: Int32
    }

    private var byLine: [Int32: [Edit]] = [:]

    /// Within a line, edits are added from left to right.
    mutating func add(line: Int, column: Int, removed: Int, inserted: Int) {
        byLine[Int32(line), default: []].append(
            Edit(column: Int32(column), removed: Int32(removed), inserted: Int32(inserted)))
    }

    func original(_ position: SourcePosition) -> SourcePosition {
        guard let edits = byLine[position.line] else { return position }
        var column = position.column
        for edit in edits where edit.column + edit.inserted <= position.column {
            column -= edit.inserted - edit.removed
        }
        return SourcePosition(line: position.line, column: max(1, column))
    }
}

/// Counts lines on the way through a source.
struct LineCounter {
    private(set) var line = 1
    private var lineStart = 0
    private var scanned = 0

    mutating func advance(to offset: Int, in source: [UInt8]) {
        while scanned < offset {
            let byte = source[scanned]
            scanned += 1
            // In `\r\n` the line ends behind the newline.
            if byte == .newline || (byte == .carriageReturn && !(scanned < source.count && source[scanned] == .newline)) {
                line += 1
                lineStart = scanned
            }
        }
    }

    func column(of offset: Int) -> Int { offset - lineStart + 1 }
}
