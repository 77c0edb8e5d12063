package import FoundationEssentials

/// How a build differs from what blog.yml says.
package struct BuildOptions: Sendable {
    /// Renders and compares every file, as if there had been no build before.
    package var force = false
    /// Shows what is not published yet.
    package var drafts = false
    /// Shows what is published with a date to come.
    package var future = false
    /// Publishes the whole site in one step instead of one file after another.
    package var atomic = false
    /// The instant the site is built for. Pages do not depend on it otherwise.
    package var now: Date
    /// In place of `url` in blog.yml.
    package var baseURL: String?
    /// How many pages are rendered at once while none waits for the disk; nil means one per core.
    package var workers: Int?
    /// How many addresses one sitemap may have: https://www.sitemaps.org/protocol.html
    var sitemapLimit = 50_000
    /// Measures how long each template takes.
    package var templateMetrics = false
    /// Called with the path of each file that is made anew, from any thread.
    package var rendered: (@Sendable (_ path: String) -> Void)?
    /// Called now and then with how many of how many files have been rendered, from any thread.
    package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

    package init(now: Date) { self.now = now }

    /// How many tasks share the work.
    var workerCount: Int { max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount) }
}
