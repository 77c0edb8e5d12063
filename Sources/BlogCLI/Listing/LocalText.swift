import BlogConfiguration
import BlogOperations
import Foundation

/// Rows as a person reads them: instants in the site's zone, fields with their owners.
struct LocalText {
    let zone: TimeZone

    init(_ site: Site) { zone = site.configuration.timeZone }

    /// The day: `2026-02-13`.
    func day(_ date: Date) -> String { String(minute(date).prefix(10)) }

    /// The minute: `2026-02-13 10:20`.
    func minute(_ date: Date) -> String {
        let day = CalendarDay(date, in: zone)
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: date)
        let minutes = ((seconds % 86_400 + 86_400) % 86_400) / 60
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return
            "\(padded(day.year, 4))-\(padded(day.month))-\(padded(day.day)) \(padded(minutes / 60)):\(padded(minutes % 60))"
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
