/// Shares a number of comments out among the posts: none or few for most, very many for some, and exactly the number in total.
///
/// A post's weight is drawn as 1/u, from 2 to 250; its count is the difference of two rounded running totals.
struct CommentCounts: Sendable {
    private let settings: CorpusSettings
    private let total: Int
    private var index = 0
    private var running = 0
    private var given = 0

    init(settings: CorpusSettings) {
        self.settings = settings
        total = settings.comments == 0 ? 1 : (0..<settings.posts).reduce(0) { $0 + Self.weight(of: $1, settings) }
    }

    /// The number of comments of the next post.
    mutating func next() -> Int {
        running += Self.weight(of: index, settings)
        index += 1
        // 128 bits in between: the product can pass 2^63 for a large site.
        let product = running.multipliedFullWidth(by: settings.comments)
        let upToHere = total.dividingFullWidth(product).quotient
        defer { given = upToHere }
        return upToHere - given
    }

    private static func weight(of index: Int, _ settings: CorpusSettings) -> Int {
        var random = settings.random(.attention, index: index)
        return 5_000 / random.number(in: 20...2_000)
    }
}
