import BlogConfiguration

/// The paths of the site's own pages, without the base URL's prefix.
enum SitePaths {
    static let home = "/"
    static let feed = "/feed.xml"
    static let atom = "/atom.xml"
    static let jsonFeed = "/feed.json"
    static let sitemap = "/sitemap.xml"
    static let robots = "/robots.txt"
    static let notFound = "/404.html"
    static let tags = "/tags/"
    static let authors = "/authors/"
    static let archive = "/archive/"
    static let statistics = "/stats/"
    static let search = "/search/"
    static let redirects = "/redirects/"
    static let api = "/api/v1/"

    static func list(_ number: Int) -> String { "/page/\(number)/" }
    static func tag(_ tag: TagRecord) -> String { self.tag(slug: tag.slug) }
    static func tag(slug: String) -> String { "/tags/\(slug)/" }
    static func author(_ author: AuthorRecord) -> String { "/authors/\(author.username)/" }
    static func year(_ year: Int) -> String { "/archive/\(padded(year, 4))/" }
    static func month(_ year: Int, _ month: Int) -> String { "/archive/\(padded(year, 4))/\(padded(month, 2))/" }
    static func sitemap(part: Int) -> String { "/sitemap-\(part).xml" }

    /// The feed of a page that lists posts.
    static func feed(of page: String) -> String { page + "feed.xml" }
}
