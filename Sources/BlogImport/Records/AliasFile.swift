package import BlogConfiguration
import Foundation

/// `content/aliases.yml`: old paths and the slugs of the posts that they lead to now.
///
/// Import appends to it, so that a site whose database is lost keeps every link. Lines that are there stay as they are.
package struct AliasFile: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package var path: SitePath
        /// A post's slug, or the path of a post or page.
        package var target: String
        package var place: Place
    }

    package var lines: [Line] = []

    package init() {}

    package init(_ source: SourceText) throws(Diagnostic) {
        for entry in try DataFile.read(source) {
            let path: SitePath
            do {
                path = try SitePath(entry.key)
            } catch {
                throw source.diagnostic(at: entry.keyPlace, error.message)
            }
            guard let target = entry.value.text?.trimmed, !target.isEmpty else {
                throw source.diagnostic(
                    at: entry.value.place, "\"\(entry.key)\" leads to \(entry.value.summary), expected a post's slug")
            }
            lines.append(Line(path: path, target: target, place: entry.keyPlace))
        }
    }

    /// The file's text with more lines at its end.
    package static func appending(_ additions: [(path: SitePath, target: String)], to text: String) -> String {
        var text = text
        if text.isEmpty { text = "# Old paths and the posts they lead to. Import adds a line when a post moves.\n" }
        if !text.hasSuffix("\n") { text += "\n" }
        for addition in additions {
            text += "\(DataNode.quoted(addition.path.text)): \(DataNode.quoted(addition.target))\n"
        }
        return text
    }
}
