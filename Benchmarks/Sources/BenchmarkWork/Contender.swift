/// A library that does the benchmark's work.
package protocol Contender: Sendable {
    /// A post that is not stored yet, as the library takes it.
    associatedtype New: Sendable
    /// A stored post.
    associatedtype Stored: Sendable
    /// A post with its comments, their authors, and its tags.
    associatedtype Discussion: Sendable

    static var name: String { get }
    func createSchema() async throws
    func rows(of corpus: Corpus) -> [New]
    /// Inserts the rows in one transaction and gives them back with their ids.
    func insert(_ rows: [New]) async throws -> [Stored]
    /// Inserts users, comments and tags; not measured.
    func insertRelated(_ corpus: Corpus) async throws
    /// All posts.
    func fetch() async throws -> [Stored]
    /// Reads a post for each id within one read scope. Gives the sum of their views.
    func getInside(_ ids: [Int]) async throws -> Int
    /// Reads a post for each id, each in a read scope of its own. Gives the sum of their views.
    func getOutside(_ ids: [Int]) async throws -> Int
    /// The posts that have comments, with these, their authors and the posts' tags.
    func prefetch() async throws -> [Discussion]
    func check(_ posts: [Stored]) -> Int
    func checkPrefetched(_ posts: [Discussion]) throws -> Int
    func close() async
}

extension Contender {
    /// Does all the work once and prints a line for each measure.
    package static func run(_ corpus: Corpus, _ contender: Self) async throws {
        try await contender.createSchema()
        let rows = contender.rows(of: corpus)
        try await measure("insert", of: name) {
            try await contender.insert(rows)
        } check: {
            contender.check($0)
        }
        try await contender.insertRelated(corpus)
        // The first read opens the connection.
        _ = try await contender.getOutside([1])
        try await measure("fetch", of: name) {
            try await contender.fetch()
        } check: {
            contender.check($0)
        }
        let inside = corpus.ids(50_000)
        try await measure("get inside a scope", of: name, operations: inside.count) {
            try await contender.getInside(inside)
        } check: {
            $0
        }
        let outside = corpus.ids(10_000)
        try await measure("get outside", of: name, operations: outside.count) {
            try await contender.getOutside(outside)
        } check: {
            $0
        }
        try await measure("nested prefetch", of: name) {
            try await contender.prefetch()
        } check: {
            try contender.checkPrefetched($0)
        }
        await contender.close()
    }
}
