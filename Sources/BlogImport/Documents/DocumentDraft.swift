import BlogConfiguration
import BlogModels
import Foundation

/// A post's or page's file, read and checked, before it is known which row it is.
struct DocumentDraft: Sendable, Hashable {
    /// Relative to the source.
    var path: String
    /// Post or page.
    var kind: ImportedKind
    /// SHA-256 of the body in hexadecimal; `nil` for an empty one, which identifies nothing.
    var bodyDigest: String?
    var fields: PostFields
    var title: String
    var excerpt: String?
    var content: String
    var format = TextFormat.markdown
    var published: Bool
    /// The date from front matter, a `path:` or the file's name.
    var date: Date?
    /// The slug that the file has by itself, if its front matter names none.
    var derivedSlug: Slug
    /// A page's place by its file: `/docs/setup/`; of a post: empty.
    var derivedPath: String
    /// The file up to its body, for messages.
    var header: SourceText
    /// Tags of the body that stay text, by kind.
    var leftovers: [String: Int] = [:]

    /// The slug that the file wants.
    var wantedSlug: Slug { fields.slug ?? derivedSlug }

    /// A message at the place of a field, or at the file's first line.
    func diagnostic(
        _ severity: Diagnostic.Severity = .error, at field: String, _ message: String, suggestion: String? = nil
    ) -> Diagnostic {
        guard let place = fields.places[field] else {
            return Diagnostic(severity, path: header.path, line: 1, message: message, suggestion: suggestion)
        }
        return header.diagnostic(severity, at: place, message, suggestion: suggestion)
    }
}

/// Of a date that there is not: an undated post's `createdAt`.
let undated = Date(timeIntervalSince1970: 0)
