/// The prepared statements of a connection by their text, the least recently used dropped first.
package struct StatementCache<Prepared: AnyObject> {
    private let capacity: Int
    private var entries: [String: (statement: Prepared, used: UInt64)] = [:]
    private var clock: UInt64 = 0
    /// The statement that was used last, and most often is used next. Its text is the same object then, so that comparing it takes
    /// no time, while hashing it takes as long as a tenth of a point query.
    private var latest: (sql: String, statement: Prepared)?

    /// An empty cache of at most so many.
    package init(capacity: Int) { self.capacity = capacity }

    /// The statement of a text, if it is here.
    package mutating func take(_ sql: String) -> Prepared? {
        if let latest, latest.sql == sql { return latest.statement }
        guard let index = entries.index(forKey: sql) else { return nil }
        clock += 1
        entries.values[index].used = clock
        latest = (sql, entries.values[index].statement)
        return entries.values[index].statement
    }

    /// Keeps the statement of a text, and drops another one where there are too many.
    package mutating func insert(_ statement: Prepared, for sql: String) {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) {
            entries[oldest.key] = nil
        }
        clock += 1
        entries[sql] = (statement, clock)
        latest = (sql, statement)
    }

    /// Drops the statement of a text.
    package mutating func remove(_ sql: String) {
        entries[sql] = nil
        if latest?.sql == sql { latest = nil }
    }

    /// Drops all.
    package mutating func removeAll() { (entries, latest) = ([:], nil) }
}
