import BlogConfiguration

/// Rows and columns for a terminal: text to the left, numbers to the right, one column that gives way when it is narrow.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        let title: String
        let alignment: Alignment
        /// Whether this column is cut when the table is wider than the terminal.
        var isFlexible = false
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row. What a stranger wrote reaches the terminal as plain text.
    mutating func append(_ cells: [String]) { rows.append(cells.map(\.printable)) }

    /// The lines of the table, titles first, none wider than `width` as far as the flexible column allows.
    func lines(width: Int) -> [String] {
        var widths = columns.indices.map { index in
            rows.map { $0[index].terminalWidth }.reduce(columns[index].title.terminalWidth, max)
        }
        let gaps = 2 * (columns.count - 1)
        let excess = widths.reduce(gaps, +) - width
        if excess > 0, let flexible = columns.firstIndex(where: \.isFlexible) {
            widths[flexible] = max(8, widths[flexible] - excess)
        }
        return [columns.map(\.title)].map { line($0, widths) } + rows.map { line($0, widths) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "  " }
            let text = cell.cut(toTerminalWidth: widths[index])
            let padding = String(repeating: " ", count: max(0, widths[index] - text.terminalWidth))
            line += columns[index].alignment == .left ? text + padding : padding + text
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}

extension String {
    /// How many columns a terminal gives the text: wide East Asian characters and emoji take two, marks none.
    /// Ranges after Unicode Standard Annex 11, East Asian Width, W and F.
    var terminalWidth: Int { reduce(0) { $0 + $1.terminalWidth } }

    /// The text, or as much of its start as fits with an ellipsis.
    func cut(toTerminalWidth width: Int) -> String {
        guard terminalWidth > width else { return self }
        var result = ""
        var used = 1
        for character in self {
            used += character.terminalWidth
            if used > width { break }
            result.append(character)
        }
        return result + "…"
    }
}

extension Character {
    fileprivate var terminalWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.properties.generalCategory == .control { return 0 }
        if unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
