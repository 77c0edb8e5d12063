import BlogConfiguration
import Foundation

/// The files that the search page's script reads, besides the shards: where to begin, and what a result shows.
struct SearchFiles: Sendable {
    let site: SiteContext

    /// How many numbers of posts one file of results has; few, because a search shows posts from all over.
    static let chunk = 20
    /// How long the excerpt of a result is.
    static let excerptLength = 160

    static let root = SitePaths.search + "index.json"
    static func shard(_ prefix: String) -> String {
        "\(SitePaths.search)words/\(SearchLayout.fileName(of: prefix)).json"
    }
    static func posts(_ number: Int) -> String { "\(SitePaths.search)posts/\(number).json" }

    /// `{"version":1,"chunk":20,"posts":312,"shards":["","a","b",…]}`
    func root(_ shards: [SearchIndex.Shard]) -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.field("version", SearchIndex.version)
            $0.field("chunk", Self.chunk)
            $0.field("posts", site.index.posts.count)
            $0.field("shards", shards) { $0.string($1.prefix) }
        }
        json.finish()
        return json.bytes
    }

    /// `{"7":["Title","/posts/title/","2025-02-13","The beginning …"]}`: by the posts' numbers; the date in the site's zone,
    /// null for an undated post.
    func posts(_ positions: [Int]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for position in positions {
                let entry = site.index.posts[position]
                json.key("\(entry.post.id)")
                json.array(0..<4) { json, field in
                    switch field {
                    case 0: json.string(entry.post.title)
                    case 1: json.string(site.address.url(PercentEncoding.path(entry.path)))
                    case 2: if let date = date(of: entry.post) { json.string(date) } else { json.null() }
                    default: json.string(Self.cut(site.excerpt(of: entry.post)))
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    private func date(of post: PostRecord) -> String? {
        guard let date = post.publishedAt?.date else { return nil }
        let day = CalendarDay(date, in: site.configuration.timeZone)
        return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
    }

    /// A text at most as long as an excerpt is, cut at a space where there is one.
    static func cut(_ text: String) -> String {
        guard text.count > excerptLength else { return text }
        let start = text.prefix(excerptLength)
        let end = start.lastIndex(of: " ") ?? start.endIndex
        return start[..<end] + " …"
    }
}
