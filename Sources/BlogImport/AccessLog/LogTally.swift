/// What the lines of access logs were. Every line that is read is counted once.
package struct LogTally: Sendable, Hashable {
    /// Lines that were read; empty ones are none.
    package var lines = 0
    /// Posts read by people.
    package var views = 0
    /// Posts read by bots and by programs that hide their name.
    package var bots = 0
    /// Posts read by feed readers.
    package var feedReaders = 0
    /// Posts fetched in advance, without being looked at.
    package var prefetches = 0
    /// Second halves of views: a reader was led here by the post's former path.
    package var redirects = 0
    /// Everything else of this site: other pages, files, methods and statuses.
    package var others = 0
    /// Requests of other hosts.
    package var otherHosts = 0
    /// Lines of no known format.
    package var unreadable = 0
    /// Among the views, those whose format does not tell the agent, so that bots are among them.
    package var viewsWithoutAgent = 0

    package init() {}

    /// What was read, and what of it counts for nothing, each with its name.
    private var parts: [(name: String, count: Int)] {
        [
            ("lines", lines), ("views", views), ("bots", bots), ("feed_readers", feedReaders),
            ("prefetches", prefetches), ("redirects", redirects), ("others", others), ("other_hosts", otherHosts),
            ("unreadable", unreadable), ("views_without_agent", viewsWithoutAgent),
        ]
    }

    /// The members of the report's object.
    var json: String { parts.map { "\"\($0.name)\":\($0.count)" }.joined(separator: ",") }

    static func += (left: inout LogTally, right: LogTally) {
        left.lines += right.lines
        left.views += right.views
        left.bots += right.bots
        left.feedReaders += right.feedReaders
        left.prefetches += right.prefetches
        left.redirects += right.redirects
        left.others += right.others
        left.otherHosts += right.otherHosts
        left.unreadable += right.unreadable
        left.viewsWithoutAgent += right.viewsWithoutAgent
    }
}
