/// Fills phrases with the words of one field; one value writes one text from one random stream.
struct Prose: Sendable {
    var random: SplitMix64
    let field: Field
    private var pending: [Phrase] = []

    init(random: SplitMix64, field: Field) {
        self.random = random
        self.field = field
    }

    /// The phrase with its slots filled, its first letter as it comes.
    mutating func fill(_ phrase: Phrase) -> String {
        var text = ""
        for piece in phrase.pieces {
            switch piece {
            case .text(let literal): text += literal
            case .slot(let slot): text += word(for: slot)
            }
        }
        return text
    }

    /// The phrase as a sentence or a title: it begins with a capital letter.
    mutating func fillCapitalized(_ phrase: Phrase) -> String {
        fill(phrase).capitalizingFirstLetter
    }

    /// The next sentence. None comes twice before all have come once.
    mutating func sentence() -> String {
        if pending.isEmpty { pending = random.shuffled(Vocabulary.sentences) }
        return fillCapitalized(pending.removeLast())
    }

    /// So many sentences in a row.
    mutating func paragraph(sentences: ClosedRange<Int>) -> String {
        var text = sentence()
        for _ in 1..<random.number(in: sentences) { text += " " + sentence() }
        return text
    }

    private mutating func word(for slot: Phrase.Slot) -> String {
        switch slot {
        case .subject: random.pick(field.subjects)
        case .parts: random.pick(field.parts)
        case .tool: random.pick(field.tools)
        case .trouble: random.pick(field.troubles)
        case .remedy: random.pick(field.remedies)
        case .activity: random.pick(Vocabulary.activities)
        case .who: random.pick(Vocabulary.people)
        case .when: random.pick(Vocabulary.periods)
        case .amount: random.pick(Vocabulary.amounts)
        case .number: String(random.number(in: 13...960))
        case .small: String(random.number(in: 2...19))
        case .word: random.pick(Vocabulary.words)
        }
    }
}

extension String {
    /// `index design` → `Index design`; text that begins with anything but a letter stays as it is.
    var capitalizingFirstLetter: String {
        prefix(1).uppercased() + dropFirst()
    }
}
