import BlogConfiguration

/// The JSON API: the read endpoints of a blog server as files. Each function gives one document's bytes.
///
/// Only active users and visible posts appear; no e-mail address unless the site asks for it. The keys' order is part of the
/// format; another shape needs another version in the path.
struct APIDocuments: Sendable {
    let site: SiteContext
    /// Active users by id, the oldest first.
    let users: [AuthorRecord]

    /// The version in the paths.
    static let version = 1

    init(site: SiteContext) {
        self.site = site
        users = site.index.authors.values.filter(\.isActive).sorted { $0.id < $1.id }
    }

    var index: SiteIndex { site.index }

    /// The comments that readers see.
    var commentCount: Int { index.posts.reduce(0) { $0 + $1.post.comments.count } }

    /// How many rows a page holds.
    var limit: Int { site.configuration.api.perPage }

    /// The path of a document: `posts/7` is `/api/v1/posts/7.json`.
    static func path(_ name: String) -> String { "\(SitePaths.api)\(name).json" }

    /// The absolute address of a document.
    func link(_ name: String) -> String { site.address.absolute(Self.path(name)) }

    /// The address of a kind of document, with a name in braces for what the reader puts in.
    private func pattern(_ name: String) -> String { String(site.address.base.dropLast()) + Self.path(name) }

    /// What there is: counts, and the addresses to start from.
    func start() -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.field("version", Self.version)
            $0.field("title", site.configuration.title)
            $0.field("url", site.address.base)
            $0.field("counts") {
                $0.field("users", users.count)
                $0.field("posts", index.posts.count)
                $0.field("comments", commentCount)
                $0.field("tags", index.tags.count)
            }
            $0.field("routes") {
                for name in ["users", "posts", "posts/search", "tags", "stats"] { $0.field(name, link(name)) }
                $0.field("users/page", pattern("users/page/{number}"))
                $0.field("user", pattern("users/{id}"))
                $0.field("user/posts", pattern("users/{id}/posts"))
                $0.field("posts/page", pattern("posts/page/{number}"))
                $0.field("post", pattern("posts/{id}"))
                $0.field("tag", pattern("tags/{slug}"))
            }
        }
        json.finish()
        return json.bytes
    }

    /// The newest rows of a list with its totals: the form that a server gives for the first page.
    func window<Row>(
        _ name: String, _ rows: [Row], total: Int, pages: Int?, _ write: (inout JSONWriter, Row) -> Void
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.field(name, rows, write)
            pagination(&$0, shown: rows.count, total: total, pages: pages)
        }
        json.finish()
        return json.bytes
    }

    /// `total` counts all rows, of which this document has the newest; `pages` are the numbered pages from the oldest.
    func pagination(_ json: inout JSONWriter, shown: Int, total: Int, pages: Int?) {
        json.field("pagination") {
            $0.field("total", total)
            $0.field("limit", limit)
            $0.field("offset", 0)
            $0.field("has_next", total > shown)
            if let pages { $0.field("pages", pages) }
        }
    }

    /// A page numbered from the oldest, without totals, so that a full one never changes.
    func numbered<Row>(
        _ name: String, _ rows: [Row], _ paging: Paging, _ number: Int, _ write: (inout JSONWriter, Row) -> Void
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object {
            $0.field(name, rows, write)
            $0.field("page") {
                $0.field("number", number)
                $0.field("limit", limit)
                $0.field("prev", paging.older(than: number).map { link("\(name)/page/\($0)") })
                $0.field("next", paging.newer(than: number).map { link("\(name)/page/\($0)") })
            }
        }
        json.finish()
        return json.bytes
    }
}
