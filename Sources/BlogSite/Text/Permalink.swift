/// The pattern of the posts' paths: `/posts/:slug/`, `/:year/:month/:slug/`.
package struct Permalink: Sendable, Hashable {
    private enum Part: Sendable, Hashable { case text(String), slug, year, month, day, author }
    /// The parts of each segment between slashes.
    private let segments: [[Part]]

    /// Parses a pattern. It must start with `/`, hold `:slug` (else posts would share a path), end with `/` or `.html`, and
    /// name only `:slug :year :month :day :author`.
    package init(_ pattern: String) throws(SiteError) {
        func refuse(_ reason: String) -> SiteError {
            SiteError(.configuration, path: pattern, "no permalink pattern: \(reason)")
        }
        guard pattern.hasPrefix("/") else { throw refuse("it does not start with /") }
        guard pattern.hasSuffix("/") || pattern.hasSuffix(".html") else {
            throw refuse("it ends with neither / nor .html")
        }
        var segments: [[Part]] = []
        for segment in pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            var parts: [Part] = []
            var rest = segment
            while let first = rest.first {
                if first == ":" {
                    let name = rest.dropFirst().prefix { $0.isASCII && $0.isLetter }
                    switch name {
                    case "slug": parts.append(.slug)
                    case "year": parts.append(.year)
                    case "month": parts.append(.month)
                    case "day": parts.append(.day)
                    case "author": parts.append(.author)
                    default: throw refuse(":\(name) is none of :slug :year :month :day :author")
                    }
                    rest = rest.dropFirst(name.count + 1)
                } else {
                    let text = rest.prefix { $0 != ":" }
                    parts.append(.text(String(text)))
                    rest = rest.dropFirst(text.count)
                }
            }
            segments.append(parts)
        }
        guard segments.contains(where: { $0.contains(.slug) }) else { throw refuse("it has no :slug") }
        self.segments = segments
    }

    /// The path of one post. A post without a date loses the segments that need one: `/:year/:slug/` gives `/slug/`.
    package func path(slug: String, author: String, date: CivilDate?) -> String {
        var result: [String] = []
        for parts in segments {
            var text = ""
            var needsDate = false
            for part in parts {
                switch part {
                case .text(let literal): text += literal
                case .slug: text += slug
                case .author: text += author
                case .year: if let date { text += padded(date.year, 4) } else { needsDate = true }
                case .month: if let date { text += padded(date.month, 2) } else { needsDate = true }
                case .day: if let date { text += padded(date.day, 2) } else { needsDate = true }
                }
            }
            if needsDate && !parts.contains(.slug) { continue }
            result.append(text)
        }
        return "/" + result.joined(separator: "/")
    }
}
