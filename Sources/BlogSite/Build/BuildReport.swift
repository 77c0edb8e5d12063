package import FoundationEssentials
package import Templates

/// What a build did.
package struct BuildReport: Sendable, Equatable {
    /// Files of the site: pages, feeds, JSON documents, assets and static files.
    package struct Pages: Sendable, Equatable {
        /// Files the site has now.
        package var total = 0
        /// Files that were made anew in memory.
        package var rendered = 0
        /// Files that were created or replaced on disk.
        package var written = 0
        /// Files that stayed as they were.
        package var unchanged = 0
        /// Files of the build before that are gone.
        package var deleted = 0

        package init(total: Int = 0, rendered: Int = 0, written: Int = 0, unchanged: Int = 0, deleted: Int = 0) {
            self.total = total
            self.rendered = rendered
            self.written = written
            self.unchanged = unchanged
            self.deleted = deleted
        }
    }

    /// Something that a person should mend; the rest of the site was built.
    package struct Problem: Sendable, Equatable, CustomStringConvertible {
        package enum Severity: Sendable { case warning, error }

        package var severity: Severity
        /// The page's path, or the file.
        package var page: String
        /// What is wrong and where; may have several lines.
        package var message: String

        package init(_ severity: Severity, page: String, _ message: String) {
            self.severity = severity
            self.page = page
            self.message = message
        }

        package var description: String { "\(page): \(message)" }
    }

    package var pages = Pages()
    /// When the next post or page appears or expires.
    package var nextChange: Date?
    /// How long the build took.
    package var seconds = 0.0
    /// In the order of the pages' paths. An error among them means exit code 1.
    package var problems: [Problem] = []
    /// Files in the output folder that no build made, when they were looked for: after the record of earlier builds was
    /// lost, so that a page which should have been deleted is at least named.
    package var foreignFiles: [String] = []

    /// How long templates and includes took, the most expensive first; nil unless that was asked for.
    package var templateMetrics: [TemplateMetrics.Entry]?

    package init() {}

    /// Whether a page is missing or old.
    package var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// `{"pages":{"total","rendered","written","unchanged","deleted"},"next_change":INSTANT|null,"seconds"}` in one line; with
    /// metrics also `"template_metrics":[{"template","include","count","cumulative_ms","average_ms","maximum_ms"}]`.
    package var json: String {
        var json = JSONWriter()
        write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func write(_ metrics: [TemplateMetrics.Entry], to json: inout JSONWriter) {
        json.field("template_metrics", metrics) { json, entry in
            json.object {
                $0.field("template", entry.template)
                $0.field("include", entry.isInclude)
                $0.field("count", entry.count)
                $0.field("cumulative_ms", Double(entry.cumulative) / 1e6)
                $0.field("average_ms", Double(entry.average) / 1e6)
                $0.field("maximum_ms", Double(entry.maximum) / 1e6)
            }
        }
    }

    /// Writes the object that `json` gives, as part of a larger document.
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("pages") {
                $0.field("total", pages.total)
                $0.field("rendered", pages.rendered)
                $0.field("written", pages.written)
                $0.field("unchanged", pages.unchanged)
                $0.field("deleted", pages.deleted)
            }
            $0.field("next_change", nextChange.map { Instant($0) })
            $0.field("seconds", (seconds * 1000).rounded() / 1000)
            if let templateMetrics { write(templateMetrics, to: &$0) }
        }
    }
}
