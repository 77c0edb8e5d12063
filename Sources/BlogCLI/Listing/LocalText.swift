import BlogConfiguration
import BlogOperations
import Foundation

/// Rows as a person reads them: instants in the site's zone, fields with their owners.
struct LocalText {
    let zone: TimeZone

    init(_ site: Site) { zone = site.configuration.timeZone }

    /// The day: `2026-02-13`.
    func day(_ date: Date) -> String { CalendarDay(date, in: zone).description }

    /// The minute: `2026-02-13 10:20`.
    func minute(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: date)
        let minutes = ((seconds % 86_400 + 86_400) % 86_400) / 60
        return "\(day(date)) \(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    /// Who owns a field that a command has set: `set by a command; the file says draft`.
    static func owner(_ owned: LocalFields.Owned, _ file: String?) -> String {
        let value = owned.fileValue.map { $0.split(separator: "\n").joined(separator: ", ") } ?? "nothing"
        let source = file ?? "its source"
        // A text is told by its digest, and that says nothing to a person.
        if owned.field == "content" { return "set by a command, until \(source) changes" }
        return "set by a command, until \(source) says something else than “\(value)”"
    }
}

extension LocalFields.Owned {
    /// The field as the command line and JSON name it: `published_at`.
    var jsonName: String {
        field.reduce(into: "") { name, character in
            if character.isUppercase { name += "_" }
            name += character.lowercased()
        }
    }
}
