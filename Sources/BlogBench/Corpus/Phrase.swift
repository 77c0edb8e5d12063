/// Text with slots that the generator fills: `«who» found «trouble».`
///
/// The slot marks are guillemets because neither prose nor any language of the code samples uses them.
struct Phrase: Sendable, ExpressibleByStringLiteral {
    /// What a slot stands for; `Vocabulary` and `Field` hold the words.
    enum Slot: String, Sendable {
        case subject, parts, tool, trouble, remedy, activity, who, when, amount, number, small, word
    }

    enum Piece: Sendable {
        case text(String)
        case slot(Slot)
    }

    let pieces: [Piece]

    init(stringLiteral literal: String) {
        var pieces: [Piece] = []
        var rest = literal[...]
        while let open = rest.firstIndex(of: "«") {
            pieces.append(.text(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "»"),
                let slot = Slot(rawValue: String(rest[rest.index(after: open)..<close]))
            else { preconditionFailure("a phrase with an unknown slot: \(literal)") }
            pieces.append(.slot(slot))
            rest = rest[rest.index(after: close)...]
        }
        pieces.append(.text(String(rest)))
        self.pieces = pieces
    }
}
