package import Foundation

/// The rows that every contender writes: the same in C, Swift and Python, worked out from a row's number.
package struct Corpus: Sendable {
    package let posts: Int
    private let sentences: [String]

    package static let users = 500
    package static let tags = 40
    /// How many of the posts have comments and tags: those that the nested prefetch loads.
    package static let discussed = 2_000
    package static let commentsPerPost = 5
    package static let tagsPerPost = 3

    package init(posts: Int, sentences path: String) throws {
        self.posts = posts
        sentences = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    package func title(_ number: Int) -> String { "Notes on the craft of writing, part \(number)" }

    package func slug(_ number: Int) -> String { "notes-on-the-craft-of-writing-part-\(number)" }

    /// Four to twelve sentences.
    package func content(_ number: Int) -> String {
        (0..<4 + number % 9).map { sentences[(number + $0) % sentences.count] }.joined(separator: " ")
    }

    package func comment(_ number: Int) -> String { sentences[number % sentences.count] }

    package func isPublished(_ number: Int) -> Bool { number % 5 != 0 }

    package func views(_ number: Int) -> Int { number * 31 % 10_000 }

    /// To the microsecond, one a minute.
    package func created(_ number: Int) -> Date {
        Date(timeIntervalSince1970: Double(1_700_000_000 + number * 60) + Double(number * 37 % 1_000_000) / 1_000_000)
    }

    /// An hour later; one post in five never was.
    package func publication(_ number: Int) -> Date? {
        isPublished(number) ? created(number).addingTimeInterval(3_600) : nil
    }

    /// The ids that the point gets ask for, spread over the table.
    package func ids(_ count: Int) -> [Int] { (0..<count).map { 1 + $0 * 7_919 % posts } }
}
