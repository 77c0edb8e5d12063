import Synchronization

/// How long templates and includes take, added up over all pages and threads of a run.
///
/// ```swift
/// let clock = ContinuousClock()
/// let start = clock.now
/// let metrics = TemplateMetrics { Int64((clock.now - start) / .nanoseconds(1)) }
/// let templates = try TemplateSet(files, metrics: metrics)
/// …
/// for entry in metrics.entries { … }
/// ```
///
/// A set that is made without metrics has no trace of them in its programs, and pays nothing.
package final class TemplateMetrics: Sendable {
    /// One template: as the template of pages, or as an include of others.
    package struct Entry: Sendable, Equatable {
        package let template: String
        /// Whether these are the times of its includes; a template can be both.
        package let isInclude: Bool
        package internal(set) var count = 0
        /// All times together. An include's time is also part of its page's.
        package internal(set) var cumulative: Int64 = 0
        package internal(set) var maximum: Int64 = 0

        package var average: Int64 { count == 0 ? 0 : cumulative / Int64(count) }
    }

    /// One include of one page.
    struct Sample {
        /// By its number in the set.
        let template: Int32
        let nanoseconds: Int64
    }

    private struct Key: Hashable {
        let template: String
        let isInclude: Bool
    }

    /// Nanoseconds since any fixed moment.
    let now: @Sendable () -> Int64
    private let measured = Mutex<[Key: Entry]>([:])

    package init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// What was measured so far: the most expensive first, then by name.
    package var entries: [Entry] {
        measured.withLock { Array($0.values) }.sorted {
            ($1.cumulative, $0.template, $0.isInclude ? 1 : 0) < ($0.cumulative, $1.template, $1.isInclude ? 1 : 0)
        }
    }

    /// Adds a page and its includes at once, so that threads meet once a page.
    func add(page: String, nanoseconds: Int64, includes: [(template: String, nanoseconds: Int64)]) {
        measured.withLock { measured in
            Self.add(nanoseconds, to: Key(template: page, isInclude: false), &measured)
            for include in includes {
                Self.add(include.nanoseconds, to: Key(template: include.template, isInclude: true), &measured)
            }
        }
    }

    private static func add(_ nanoseconds: Int64, to key: Key, _ measured: inout [Key: Entry]) {
        var entry = measured[key] ?? Entry(template: key.template, isInclude: key.isInclude)
        entry.count += 1
        entry.cumulative += nanoseconds
        entry.maximum = max(entry.maximum, nanoseconds)
        measured[key] = entry
    }
}
