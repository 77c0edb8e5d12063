import Templates

/// `document` on a page outside the stream.
struct DocumentView: ViewModel {
    static let shape = Shape(
        "document",
        [
            .init("title", .text, "The title"),
            .init("html", .markup, "The text"),
            .init("contents", .list(.object { HeadingView.shape }), "The headings of the second and third level"),
            .init("updated_at", .optional(.date), "When the page was last changed, where that is known"),
        ])

    let site: SiteContext
    let page: PageRecord
    let document: RenderedDocument

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .string(page.title)
        case 1: .markup(HTMLLinks.resolve(document.html, on: page.path, of: site.address, as: .page))
        case 2: .objects(HeadingView.contents(of: document, site.configuration.markdown))
        default: .optional(date: page.lastChange?.seconds)
        }
    }
}

extension PageRecord {
    /// The date of the last change, or else of publication; nil for a page that gives neither (the database dates those at
    /// the beginning of 1970).
    var lastChange: Instant? {
        let latest = max(updatedAt, publishedAt ?? updatedAt)
        return latest.microseconds > 0 ? latest : nil
    }
}

/// `pagination` on a numbered list page.
struct PaginationView: ViewModel {
    static let shape = Shape(
        "pagination",
        [
            .init("number", .integer, "The page's number, counted from the oldest"),
            .init("newer_url", .optional(.url), "The path of the page with newer posts, for url()"),
            .init("older_url", .optional(.url), "The path of the page with older posts, for url()"),
        ])

    let paging: Paging
    let number: Int

    func value(_ field: Int) -> Value {
        switch field {
        case 0: .int(number)
        // Behind the newest numbered page the home page goes on.
        case 1: .string(paging.newer(than: number).map(SitePaths.list) ?? SitePaths.home)
        default: .optional(paging.older(than: number).map(SitePaths.list))
        }
    }
}

/// One address of the sitemap.
struct SitemapEntryView: ViewModel {
    static let shape = Shape(
        "sitemap entry",
        [
            .init("location", .url, "The absolute address"),
            .init("updated_at", .optional(.date), "When the page was last changed"),
        ])

    let location: String
    let updatedAt: Instant?

    func value(_ field: Int) -> Value { field == 0 ? .string(location) : .optional(date: updatedAt?.seconds) }
}
