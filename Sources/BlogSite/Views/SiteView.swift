import BlogConfiguration
import Templates

/// `site` in every template: one object for all pages.
final class SiteView: ViewModel {
    static let shape = Shape(
        "site",
        [
            .init("title", .text, "The site's title"),
            .init("description", .text, "One sentence about the site; may be empty"),
            .init("url", .url, "The absolute address of the home page; ends with a slash"),
            .init("language", .text, "The site's language tag"),
            .init("navigation", .list(.object { NavigationView.shape }), "The menu"),
            .init("feed_items", .integer, "How many posts the feed has"),
            .init("api_enabled", .flag, "Whether the JSON files are published"),
            .init("generator", .text, "The program that made the site"),
        ])

    private let configuration: SiteConfiguration
    private let address: SiteAddress
    private let navigation: Value

    init(configuration: SiteConfiguration, address: SiteAddress) {
        self.configuration = configuration
        self.address = address
        navigation = .objects(configuration.navigation.map { NavigationView(item: $0) })
    }

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(configuration.title)
        case 1: .string(configuration.description)
        case 2: .string(address.base)
        case 3: .string(configuration.language)
        case 4: navigation
        case 5: .int(configuration.feed.items)
        case 6: .bool(configuration.api.enabled)
        default: .string("Blog")
        }
    }
}

/// One link of the menu.
struct NavigationView: ViewModel {
    static let shape = Shape(
        "navigation item",
        [
            .init("title", .text, "The link's text"),
            .init("url", .url, "A path of the site or an absolute address"),
        ])

    let item: NavigationItem

    func value(_ field: Int) -> Value { field == 0 ? .string(item.title) : .string(item.url) }
}

/// `page` in every template: the page that is being rendered.
struct PageView: ViewModel {
    /// The kinds of page, as templates see them.
    enum Kind: String, Sendable {
        case home, list, post, page, tags, tag, authors, author, archive, year, month, stats, search, feed, sitemap,
            robots
        case notFound = "404"
    }

    static let shape = Shape(
        "page",
        [
            .init(
                "kind", .text,
                "home, list, post, page, tags, tag, authors, author, archive, year, month, stats, search, 404, feed, sitemap or robots"
            ),
            .init("title", .text, "The page's title, without the site's"),
            .init("description", .text, "One sentence for search engines; may be empty"),
            .init("path", .url, "The page's path, for url()"),
            .init("canonical", .url, "The page's absolute address"),
            .init("language", .text, "The language tag of the page"),
            .init("image", .optional(.url), "The absolute address of the page's picture"),
            .init("feed", .url, "The path of the feed of what the page lists, else of the site's, for url()"),
        ])

    var kind: Kind
    var title: String
    var description = ""
    var path: String
    var language: String
    /// Absolute.
    var image: String?
    var feed = SitePaths.feed
    let address: SiteAddress

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(kind.rawValue)
        case 1: .string(title)
        case 2: .string(description)
        case 3: .string(path)
        case 4: .string(address.page(path))
        case 5: .string(language)
        case 6: .optional(image)
        default: .string(feed)
        }
    }
}
