/// All of a post but its body: what front matter, links from other posts and comments need to know.
struct PostOutline: Sendable {
    let title: String
    let slug: String
    let published: Timestamp
    let author: CorpusAuthor
    let tags: [String]
    let field: Field

    /// Where readers find the post, with the permalink of the generated blog.yml.
    var path: String { "/posts/\(slug)/" }
}

/// Computes the outline of any post from its index alone, so that nothing has to be kept in memory.
struct PostOutlines: Sendable {
    private let settings: CorpusSettings
    private let authors: [CorpusAuthor]
    private let tags: [(name: String, field: Field)]
    private let multiplier: Int
    private let offset: Int

    private static let authorPopularity = Popularity(ranks: 20, offset: 1)
    private static let tagPopularity = Popularity(ranks: 60, offset: 4)
    private static let titles = Vocabulary.titles.count * Vocabulary.activities.count * 12
    private static let firstDay = 1_325_376_000  // 2012-01-01T00:00:00Z
    private static let period = 13 * 365 * 86_400  // to the end of 2024

    init(settings: CorpusSettings, authors: [CorpusAuthor]) {
        self.settings = settings
        self.authors = authors
        var random = settings.random(.site, index: 1)
        tags = random.shuffled(Field.all.flatMap { field in field.tags.map { ($0, field) } })
        // The number of titles is 2^n · 3^m: a multiplier that shares neither prime makes index → title a permutation.
        multiplier = 6 * random.number(in: 500...3000) + 1
        offset = random.below(Self.titles)
    }

    /// The outline of post `index`; posts with a higher index are newer.
    func outline(of index: Int) -> PostOutline {
        var random = settings.random(.outline, index: index)
        let main = tags[Self.tagPopularity.rank(&random)]
        let title = self.title(of: index, field: main.field, &random)
        let published = self.published(at: index, &random)
        return PostOutline(
            title: title, slug: title.slug, published: published, author: authors[Self.authorPopularity.rank(&random)],
            tags: threeTags(main: main, &random), field: main.field)
    }

    /// Title, activity and subject come from a permutation of the index, so no two posts share all three. When all combinations
    /// are used up, a second part is written, then a third.
    private func title(of index: Int, field: Field, _ random: inout SplitMix64) -> String {
        let number = (index % Self.titles * multiplier + offset) % Self.titles
        let phrase = Vocabulary.titles[number % Vocabulary.titles.count]
        let activity = Vocabulary.activities[number / Vocabulary.titles.count % Vocabulary.activities.count]
        let subject = field.subjects[number / Vocabulary.titles.count / Vocabulary.activities.count]
        let title = phrase.pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let literal): text += literal
            case .slot(.subject): text += subject
            case .slot: text += activity
            }
        }
        let part = index / Self.titles + 1
        return title.capitalizingFirstLetter + (part > 1 ? ", part \(part)" : "")
    }

    /// Posts are spread evenly over the years, at a random moment of their share of the time.
    private func published(at index: Int, _ random: inout SplitMix64) -> Timestamp {
        let share = max(1, Self.period / settings.posts)
        return Timestamp(seconds: Self.firstDay + Self.period * index / settings.posts + random.below(share))
    }

    /// The main tag, often a relative of it, and others by popularity.
    private func threeTags(main: (name: String, field: Field), _ random: inout SplitMix64) -> [String] {
        var chosen = [main.name]
        if random.chance(60) {
            chosen.append(random.pick(main.field.tags.filter { $0 != main.name }))
        }
        while chosen.count < 3 {
            var rank = Self.tagPopularity.rank(&random)
            while chosen.contains(tags[rank].name) { rank = (rank + 1) % tags.count }
            chosen.append(tags[rank].name)
        }
        return chosen
    }
}
