import BlogModels
import Foundation
import ORM

/// Writes hourly sums of views, and the posts' own sums after them.
struct HourlyViewTable: Sendable {
    /// A post and an hour of one source.
    struct Key: Hashable, Sendable {
        var post: Int
        /// Since 1970, UTC.
        var hour: Int

        fileprivate var date: Date { Date(timeIntervalSince1970: Double(hour) * 3600) }

        fileprivate init(_ row: HourlyView) {
            post = row.post.id
            hour = Int(row.hour.timeIntervalSince1970) / 3600
        }

        init(post: Int, hour: Int) {
            self.post = post
            self.hour = hour
        }
    }

    /// What was written.
    struct Outcome: Sendable {
        var rows = ImportReport.Counts()
        /// By how many the views have grown; less than 0 when a source takes some back.
        var added = 0
    }

    private let source: Int
    /// Whether the source has no rows yet.
    private let isNew: Bool
    private let transaction: Transaction
    private var outcome = Outcome()
    private var touched: Set<Int> = []
    private var ids: IDSequence

    /// The table as the source with this name sees it; the source is made if it is new.
    init(source name: String, on transaction: Transaction) async throws {
        self.transaction = transaction
        if let known = try await ViewSource.filter({ $0.name == name }).first(on: transaction) {
            source = known.id
            isNew = false
        } else {
            var ids = try await ViewSource.idSequence(on: transaction) { $0.id }
            source = try await ViewSource.create(id: ids.next(), name: name, on: transaction).id
            isNew = true
        }
        ids = try await HourlyView.idSequence(on: transaction) { $0.id }
    }

    /// Adds to the source's sums.
    mutating func add(_ views: [Key: Int]) async throws -> Outcome {
        try await write(views) { old, new in (old ?? 0) + new }
        return try await finish()
    }

    /// Makes these the source's sums and deletes all others, but for those of the posts in `kept`.
    mutating func replace(_ views: [Key: Int], keeping kept: Set<Int> = []) async throws -> Outcome {
        let source = source
        var gone: [Int] = []
        for row in try await HourlyView.filter({ $0.source.id == source }).order({ $0.id.asc }).all(on: transaction)
        where views[Key(row)] == nil && !kept.contains(row.post.id) {
            gone.append(row.id)
            touched.insert(row.post.id)
            outcome.added -= row.count
        }
        for ids in gone.chunks(of: 5000) {
            outcome.rows.deleted += try await HourlyView.filter { $0.id.isIn(ids) }.delete(on: transaction)
        }
        try await write(views) { _, new in new }
        return try await finish()
    }

    /// Writes sums in the order of posts and hours; `sum` makes a row's new count of its old one and what was given.
    private mutating func write(_ views: [Key: Int], _ sum: (_ old: Int?, _ given: Int) -> Int) async throws {
        let keys = views.keys.sorted { ($0.post, $0.hour) < ($1.post, $1.hour) }
        // Each chunk is a savepoint, which copies every page that it changes, and hours lie all over their index: small chunks would
        // have the same pages copied again and again.
        for keys in keys.chunks(of: 25_000) {
            let old = isNew ? [:] : try await rows(keys)
            var changed: [HourlyView] = []
            var new: [HourlyView.New] = []
            for key in keys {
                let given = views[key] ?? 0
                guard var row = old[key] else {
                    let count = sum(nil, given)
                    new.append(
                        .init(id: ids.next(), post: .id(key.post), hour: key.date, source: .id(source), count: count))
                    outcome.added += count
                    touched.insert(key.post)
                    continue
                }
                let count = sum(row.count, given)
                guard count != row.count else {
                    outcome.rows.unchanged += 1
                    continue
                }
                outcome.added += count - row.count
                row.count = count
                changed.append(row)
                touched.insert(key.post)
            }
            try await changed.save(on: transaction)
            try await HourlyView.insert(new, on: transaction)
            outcome.rows.updated += changed.count
            outcome.rows.created += new.count
        }
    }

    /// The rows that there are among these; the keys are sorted by post.
    private func rows(_ keys: [Key]) async throws -> [Key: HourlyView] {
        guard let first = keys.min(by: { $0.hour < $1.hour }), let last = keys.max(by: { $0.hour < $1.hour }) else {
            return [:]
        }
        let posts = Set(keys.map(\.post)).sorted()
        // Not by source: a planner without statistics takes that for the best index, and walks through all of the source.
        let rows = try await HourlyView.filter {
            $0.post.id.isIn(posts) && first.date...last.date ~= $0.hour
        }.all(on: transaction)
        let wanted = Set(keys)
        var found: [Key: HourlyView] = [:]
        for row in rows where row.source.id == source && wanted.contains(Key(row)) { found[Key(row)] = row }
        return found
    }

    /// Brings the sums of the posts that were touched up to date, each by the database itself.
    private func finish() async throws -> Outcome {
        for posts in touched.sorted().chunks(of: 5000) {
            try await Post.filter { $0.id.isIn(posts) }.update(
                .set(\.viewCount) { $0.views.sum { $0.count }.or(0) }, .set(\.updatedAt) { $0.updatedAt },
                on: transaction)
        }
        return outcome
    }
}

extension Array {
    /// The elements in runs of at most so many.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
