/// The comments of one post, as Staticman's plain dialect files them.
///
/// `replying_to` is the number of the comment answered, counted from 1 over the comments that answer nobody, in the order of their
/// file names: what the Jekyll themes that introduced the dialect make of it. A reader who counts all comments instead still
/// finds an older comment behind each number.
struct CommentThread: Sendable {
    private let outline: PostOutline
    private let count: Int
    private var prose: Prose
    private let baseURL: String

    init(outline: PostOutline, index: Int, count: Int, settings: CorpusSettings) {
        self.outline = outline
        self.count = count
        prose = Prose(random: settings.random(.thread, index: index), field: outline.field)
        baseURL = Corpus.baseURL
    }

    /// Hands over path and text of each comment, oldest first.
    mutating func write(to sink: (String, String) throws -> Void) throws {
        var time = outline.published.milliseconds
        var roots = 0
        for _ in 0..<count {
            time += pause()
            let answered =
                roots > 0 && prose.random.chance(45) ? prose.random.number(in: max(1, roots - 7)...roots) : nil
            if answered == nil { roots += 1 }
            let comment = comment(at: Timestamp(milliseconds: time), replyingTo: answered)
            try sink("content/comments/\(outline.slug)/comment-\(time).yml", comment)
        }
    }

    /// Minutes at first, sometimes days, rarely months; never zero, so that no two files share a name.
    private mutating func pause() -> Int {
        let minutes =
            switch prose.random.below(10) {
            case 0..<6: prose.random.number(in: 2...400)
            case 6..<9: prose.random.number(in: 400...6_000)
            default: prose.random.number(in: 6_000...200_000)
            }
        return minutes * 60_000 + prose.random.below(60_000)
    }

    private mutating func comment(at time: Timestamp, replyingTo answered: Int?) -> String {
        let isAuthor = answered != nil && prose.random.chance(25)
        let name = isAuthor ? outline.author.fullName : guest()
        let address = name.slug
        let url = prose.random.chance(20) ? "https://\(address).example.net/" : ""
        return """
            _id: \(identifier())
            _parent: '\(baseURL)\(outline.path)'
            name: \(name.yamlQuoted)
            email: '\(hex(digits: 32))'
            url: '\(url)'
            message: \(message(isReply: answered != nil).yamlQuoted)
            replying_to: '\(answered.map(String.init) ?? "")'
            date: '\(time.dateTimeWithMilliseconds)'

            """
    }

    /// One of a few hundred people, some of whom comment everywhere.
    private mutating func guest() -> String {
        let rank = Self.guestPopularity.rank(&prose.random)
        let first = Self.guestNames[rank % Self.guestNames.count]
        let initial = rank / Self.guestNames.count
        return initial == 0 ? first : "\(first) \(Self.initials[initial - 1])."
    }

    private mutating func message(isReply: Bool) -> String {
        var parts = [prose.fillCapitalized(prose.random.pick(isReply ? Self.replies : Self.remarks))]
        if prose.random.chance(60) { parts[0] += " " + prose.sentence() }
        if prose.random.chance(25) { parts.append(prose.paragraph(sentences: 1...3)) }
        if prose.random.chance(6) { parts.append("> \(prose.sentence())\n\n*That* is it.") }
        if prose.random.chance(5) {
            parts.append(prose.fill("See `«word»` on [our page](https://example.net/«word»)."))
        }
        return parts.joined(separator: "\n\n")
    }

    private mutating func identifier() -> String {
        "\(hex(digits: 8))-\(hex(digits: 4))-11e7-\(hex(digits: 4))-\(hex(digits: 12))"
    }

    private mutating func hex(digits: Int) -> String {
        var text = ""
        for _ in 0..<digits { text += String(prose.random.below(16), radix: 16) }
        return text
    }

    private static let guestPopularity = Popularity(ranks: 320, offset: 6)
    private static let initials = ["A", "B", "D", "F", "H", "K", "M", "R", "S"]
    private static let guestNames = [
        "Anna", "Ben", "Carla", "Deniz", "Emil", "Fatima", "Georg", "Hanna", "Ivan", "Julia", "Karim", "Lena", "Marco",
        "Nina",
        "Olga", "Paul", "Rita", "Sam", "Tina", "Umut", "Vera", "Willem", "Xenia", "Yara", "Zoltán", "Amélie", "Bao",
        "Ciarán",
        "Dorota", "Esra", "Finn", "Gwen",
    ]

    private static let remarks: [Phrase] = [
        "Thank you, this saved me «when»!", "We had «trouble» too, and in the end we had to «remedy».",
        "Does this also work with «tool»?", "I disagree about the «parts».",
        "Great post. Could you say more about «subject»?",
        "Small correction: it should be «number», not «small».",
        "I tried it on «number» «parts» and it took «small» seconds.",
        "This is the clearest text on «subject» that I have read.", "How would you do this without «tool»?",
        "For us «amount» of the «parts» were affected.", "Bookmarked.",
        "We are «activity» right now & this is <exactly> our case.",
    ]

    private static let replies: [Phrase] = [
        "Good question; I would «remedy».", "Yes, with «tool» it does.", "Same here, «amount» in our case.",
        "Thanks, fixed.", "Not in my experience.", "Did you «remedy» first?", "That depends on the «parts», I think.",
        "Agreed, and «who» would say the same.",
    ]
}
