package import FoundationEssentials
import ORM

/// Values as ``LocalMark/fileValue`` holds them. Import and the commands that mark a field write the same text.
package enum FieldText {
    /// `true` or `false`.
    package static func text(_ value: Bool) -> String { value ? "true" : "false" }
    /// Slugs of tags in their order, one on each line: a file may spell a tag otherwise than the database does.
    package static func text(_ slugs: [String]) -> String { slugs.joined(separator: "\n") }
    /// An instant to the microsecond.
    package static func text(_ date: Date?) -> String? { date.map { Timestamp($0).text } }
}
