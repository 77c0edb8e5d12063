package import Foundation

/// The pattern of posts' paths: `/posts/:slug/`, `/:year/:month/:slug.html`.
///
/// Paths come out as text, not percent-encoded. Every value that goes in is one path segment, so that no slug or
/// author's name leads out of the output folder.
package struct Permalink: Sendable, Hashable, CustomStringConvertible {
    /// What a pattern may name.
    package enum Field: String, Sendable, Hashable, CaseIterable {
        case slug, year, month, day, author
    }

    private enum Part: Sendable, Hashable {
        case text(String)
        case field(Field)
    }

    private let parts: [Part]
    /// The pattern as written.
    package let description: String

    /// `/posts/:slug/`
    package static let standard = Permalink(
        parts: [.text("/posts/"), .field(.slug), .text("/")], description: "/posts/:slug/")

    private init(parts: [Part], description: String) {
        self.parts = parts
        self.description = description
    }

    /// Why a pattern is refused, and what may be meant.
    package struct Fault: Error, Sendable, Hashable {
        package var message: String
        package var suggestion: String?
    }

    package init(_ pattern: String) throws(Fault) {
        guard pattern.hasPrefix("/") else {
            throw Fault(message: "the pattern must start with \"/\"", suggestion: "try \"/\(pattern)\"")
        }
        let segments = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for segment in segments.dropLast() where ["", ".", ".."].contains(segment) {
            throw Fault(message: "the pattern has the empty or relative segment \"\(segment)\"")
        }
        if let bad = pattern.unicodeScalars.first(where: { "?#\\%\"<>".unicodeScalars.contains($0) || $0.value < 0x21 })
        {
            throw Fault(message: "the pattern has the character \"\(bad.escaped(asASCII: true))\"")
        }
        var parts: [Part] = []
        var rest = pattern[...]
        while let colon = rest.firstIndex(of: ":") {
            if colon > rest.startIndex { parts.append(.text(String(rest[..<colon]))) }
            let name = rest[colon...].dropFirst().prefix { $0.isLetter || $0 == "_" }
            guard let field = Field(rawValue: String(name)) else {
                let near = nearest(to: String(name), among: Field.allCases.map(\.rawValue)).map {
                    "did you mean \":\($0)\"?"
                }
                let known = Field.allCases.map { ":\($0.rawValue)" }.joined(separator: ", ")
                throw Fault(
                    message: "the pattern names \":\(name)\", expected one of \(known)",
                    suggestion: name == "title" ? "did you mean \":slug\"?" : near)
            }
            parts.append(.field(field))
            rest = rest[name.endIndex...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.contains(.field(.slug)) else {
            throw Fault(message: "the pattern must contain \":slug\", or two posts would share a path")
        }
        let last = segments.last ?? ""
        guard last.isEmpty || last.contains(".") else {
            throw Fault(
                message: "the pattern must end with \"/\" or a file name such as \":slug.html\"",
                suggestion: "try \"\(pattern)/\"")
        }
        self.init(parts: parts, description: pattern)
    }

    /// The path of one post. An undated post has `0000`, `00` and `00` for its date.
    package func path(slug: String, date: Date?, author: String, timeZone: TimeZone) -> String {
        let day = hasDate ? date.map { CalendarDay($0, in: timeZone) } : nil
        return parts.reduce(into: "") { path, part in
            switch part {
            case .text(let text): path += text
            case .field(.slug): path += Self.segment(slug)
            case .field(.author): path += Self.segment(author)
            case .field(.year): path += padded(day?.year ?? 0, 4)
            case .field(.month): path += padded(day?.month ?? 0, 2)
            case .field(.day): path += padded(day?.day ?? 0, 2)
            }
        }
    }

    /// Whether a path depends on a date: to find the day of an instant takes longer than all the rest.
    private var hasDate: Bool {
        parts.contains { part in
            switch part {
            case .field(.year), .field(.month), .field(.day): true
            default: false
            }
        }
    }

    /// Slugs and usernames are one segment by construction; a row written by plain SQL need not be.
    private static func segment(_ value: String) -> String {
        let value = value.utf8.contains(UInt8(ascii: "/")) ? value.replacing("/", with: "-") : value
        return value.isEmpty || value == "." || value == ".." ? "-" : value
    }
}
