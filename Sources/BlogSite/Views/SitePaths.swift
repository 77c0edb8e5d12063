/// The paths of the site's own pages, without the base URL's prefix.
enum SitePaths {
    static let home = "/"
    static let feed = "/feed.xml"
    static let sitemap = "/sitemap.xml"
    static let robots = "/robots.txt"
    static let notFound = "/404.html"
    static let tags = "/tags/"
    static let authors = "/authors/"
    static let api = "/api/v1/"

    static func list(_ number: Int) -> String { "/page/\(number)/" }
    static func tag(_ tag: TagRecord) -> String { "/tags/\(tag.slug)/" }
    static func author(_ author: AuthorRecord) -> String { "/authors/\(author.username)/" }
}
