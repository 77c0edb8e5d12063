package import BlogConfiguration

/// What an import did, or with a dry run would do.
package struct ImportReport: Sendable, Hashable {
    /// What became of the rows of one kind.
    package struct Counts: Sendable, Hashable {
        package var created = 0
        /// Changed in place; a post that was unpublished because its file is gone counts here.
        package var updated = 0
        package var unchanged = 0
        package var deleted = 0

        package init(created: Int = 0, updated: Int = 0, unchanged: Int = 0, deleted: Int = 0) {
            self.created = created
            self.updated = updated
            self.unchanged = unchanged
            self.deleted = deleted
        }

        static func += (left: inout Counts, right: Counts) {
            left.created += right.created
            left.updated += right.updated
            left.unchanged += right.unchanged
            left.deleted += right.deleted
        }
    }

    package var posts = Counts()
    package var pages = Counts()
    package var comments = Counts()
    package var users = Counts()
    package var tags = Counts()
    /// Hourly sums of views, of which one may hold many.
    package var views = Counts()
    /// By how many the views have grown; less than 0 when a source takes some back.
    package var addedViews = 0
    /// What the lines of access logs were.
    package var logs = LogTally()
    /// What was refused or skipped; not empty means exit code 1.
    package var refusals: [Diagnostic] = []
    /// What was mended on its way in.
    package var warnings: [Diagnostic] = []
    /// What is worth a line and no error: a source that matches nothing.
    package var notes: [String] = []
    /// How many files were opened; unchanged files are not.
    package var filesRead = 0
    package var seconds = 0.0

    package init() {}

    /// Whether any row was written.
    package var hasChanges: Bool {
        [posts, pages, comments, users, tags, views].contains { $0.created + $0.updated + $0.deleted > 0 }
    }

    /// The `--json` report on one line, without a line break. Pages have no counts in it.
    package var json: String {
        let kinds = [("posts", posts), ("comments", comments), ("users", users), ("tags", tags)]
        let counts = kinds.map { name, counts in "\"\(name)\":{\(counts.json)}" }
        let skipped = refusals.map { refusal in
            "{\"path\":\(DataNode.quoted(refusal.path)),\"line\":\(refusal.line.map(String.init) ?? "null"),"
                + "\"reason\":\(DataNode.quoted(refusal.reason))}"
        }
        let milliseconds = (seconds * 1000).rounded() / 1000
        let parts =
            counts + [
                "\"views\":{\(views.json),\"added\":\(addedViews)}", "\"requests\":{\(logs.json)}",
                "\"skipped\":[\(skipped.joined(separator: ","))]", "\"seconds\":\(milliseconds)",
            ]
        return "{\(parts.joined(separator: ","))}"
    }

    /// Adds what became of hourly sums of views.
    mutating func take(_ outcome: HourlyViewTable.Outcome) {
        views += outcome.rows
        addedViews += outcome.added
    }

    /// Adds another source's report.
    mutating func add(_ other: ImportReport) {
        posts += other.posts
        pages += other.pages
        comments += other.comments
        users += other.users
        tags += other.tags
        views += other.views
        addedViews += other.addedViews
        logs += other.logs
        refusals += other.refusals
        warnings += other.warnings
        notes += other.notes
        filesRead += other.filesRead
    }
}

extension ImportReport.Counts {
    fileprivate var json: String {
        "\"created\":\(created),\"updated\":\(updated),\"unchanged\":\(unchanged),\"deleted\":\(deleted)"
    }
}
