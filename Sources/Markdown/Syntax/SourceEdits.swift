/// What was put into or taken out of source lines before the parse, to find a column's place in the original. No edit
/// adds or removes a line.
struct SourceEdits {
    private struct Edit {
        /// In the edited line, 1-based: the first column behind the inserted bytes.
        var end: Int32
        /// What this and the edits before it have added to the line.
        var growth: Int32
    }

    /// By line, for each time that the source was gone over.
    private var passes: [[Int32: [Edit]]] = []

    /// The source is as it was.
    var isEmpty: Bool { passes.isEmpty }

    /// Begins the edits of a source that already has those before.
    mutating func beginPass() {
        passes.append([:])
    }

    /// Within a line, edits are added from left to right.
    ///
    /// - Parameter column: In the edited line, 1-based, where the inserted bytes begin.
    mutating func add(line: Int, column: Int, removed: Int, inserted: Int) {
        let growth = passes[passes.count - 1][Int32(line)]?.last?.growth ?? 0
        passes[passes.count - 1][Int32(line), default: []].append(
            Edit(end: Int32(column + inserted), growth: growth + Int32(inserted - removed)))
    }

    func original(_ position: SourcePosition) -> SourcePosition {
        var position = position
        for pass in passes.reversed() {
            guard let edits = pass[position.line] else { continue }
            // The last edit that ends at or before the column.
            var (low, high) = (0, edits.count)
            while low < high {
                let middle = (low + high) / 2
                if edits[middle].end <= position.column { low = middle + 1 } else { high = middle }
            }
            if low > 0 { position.column = max(1, position.column - edits[low - 1].growth) }
        }
        return position
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
            if byte == .newline || (byte == .carriageReturn && !(scanned < source.count && source[scanned] == .newline))
            {
                line += 1
                lineStart = scanned
            }
        }
    }

    func column(of offset: Int) -> Int { offset - lineStart + 1 }
}
