import BlogConfiguration
import BlogModels
import Foundation

/// The file of a new post.
struct NewPost {
    let title: String
    let author: String?
    let tags: [String]
    let isDraft: Bool
    let now: Date
    let timeZone: TimeZone

    /// The text of the file: front matter and an empty body.
    var content: String {
        var lines = ["---", "title: \(Self.quoted(title))", "date: \(instant)"]
        if let author { lines.append("author: \(Self.quoted(author))") }
        let named = tags.filter { !$0.isEmpty }
        if !named.isEmpty { lines.append("tags: [\(named.map(Self.quoted).joined(separator: ", "))]") }
        if isDraft { lines.append("draft: true") }
        return (lines + ["---", "", ""]).joined(separator: "\n")
    }

    /// Writes the file to `posts/` below the folder and gives its path. A file of that name is never replaced.
    func write(below folder: String) throws -> String {
        let path = "\(folder)/posts/\(Slug(title: title)?.text ?? "post").md"
        let target = URL(filePath: path)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandError("\(path) is there already: choose another title, or edit that file", .cannotCreate)
        }
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: target, options: .withoutOverwriting)
        } catch {
            throw CommandError("\(path): \(error.localizedDescription)", .cannotCreate)
        }
        return path
    }

    /// The minute, with the offset of the site's zone: `2026-02-13T10:20:00+01:00`.
    private var instant: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let part = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: now)
        let offset = timeZone.secondsFromGMT(for: now) / 60
        func two(_ number: Int?) -> String { padded(number ?? 0, 2) }
        let zone = offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
        return "\(part.year ?? 0)-\(two(part.month))-\(two(part.day))T\(two(part.hour)):\(two(part.minute)):00\(zone)"
    }

    /// A YAML double-quoted scalar (YAML 1.2, 7.3.1), which every text can be.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
