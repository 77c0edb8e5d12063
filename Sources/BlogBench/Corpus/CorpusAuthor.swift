/// One of the twenty people who write the corpus.
struct CorpusAuthor: Sendable {
    let username: String
    let fullName: String
    let bio: String

    /// The authors of a seed, the most productive one first.
    static func all(_ random: inout SplitMix64) -> [CorpusAuthor] {
        let names = random.shuffled(firstNames).prefix(20)
        let families = random.shuffled(lastNames).prefix(20)
        return zip(names, families).map { first, last in
            CorpusAuthor(
                username: "\(first) \(last)".slug, fullName: "\(first) \(last)",
                bio:
                    "\(random.pick(occupations)) Writes about \(random.pick(Field.all).parts.prefix(2).joined(separator: " and "))."
            )
        }
    }

    /// `content/authors/USERNAME.yml`
    var file: String {
        """
        username: \(username)
        full_name: "\(fullName)"
        email: \(username)@example.org
        bio: "\(bio)"
        url: https://example.org/people/\(username)

        """
    }

    private static let firstNames = [
        "Maya", "José", "Zoë", "Łukasz", "Aisha", "Björn", "Chidi", "Dana", "Elif", "Femi", "Greta", "Hiro", "Ines",
        "Jonas",
        "Katya", "Liam", "Mei", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sofia", "Tomás", "Uma", "Viktor", "Wanda",
        "Yusuf",
    ]

    private static let lastNames = [
        "Lindqvist", "Okafor", "Müller", "Tanaka", "O’Brien", "García", "Novák", "Haddad", "Kowalska", "Sørensen",
        "Demir",
        "Petrov", "Rossi", "Nakamura", "Dubois", "Svensson", "Mbeki", "Iyer", "Costa", "Weber", "Jansen", "Horvat",
        "Kim", "Silva",
        "Marsh", "Nguyen",
    ]

    private static let occupations = [
        "Database engineer by day, baker by night.", "Has repaired more printers than anyone should.",
        "Teaches evening classes and keeps bees.", "Maintains small programs that run for a long time.",
        "Used to typeset newspapers.", "Looks after servers in a cold room.", "Reads specifications for pleasure.",
        "Draws maps and the software behind them.",
    ]
}
