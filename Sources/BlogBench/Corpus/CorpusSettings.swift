/// What a corpus is made from. Equal settings give equal bytes, on every machine.
package struct CorpusSettings: Sendable, Equatable {
    /// How many posts; at least 1.
    package let posts: Int
    /// How many comments on all posts together.
    package let comments: Int
    /// Any number; each gives another site.
    package let seed: UInt64

    /// - Precondition: `posts` is positive, `comments` is not negative; `CorpusCommand.validate()` tells users about it.
    package init(posts: Int, comments: Int, seed: UInt64) {
        precondition(posts > 0 && comments >= 0, "a corpus has at least one post")
        self.posts = posts
        self.comments = comments
        self.seed = seed
    }

    /// The independent random streams of one corpus.
    enum Stream: UInt64 {
        case site = 1, outline, body, thread, attention, visits
    }

    /// The generator of one item of a stream.
    func random(_ stream: Stream, index: Int = 0) -> SplitMix64 {
        SplitMix64(seed: seed, stream: stream.rawValue, index: index)
    }
}
