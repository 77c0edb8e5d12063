package import Templates

/// The templates of a theme: what each makes and what it is given.
///
/// Rendering takes the variables' names from here, `blog template check` their types, `templates/README.md` all of it.
package enum ThemeSchema {
    package static let schema = TemplateSchema(
        shared: SharedVariables.shape,
        pages: [
            page(.home, "home.html", "`/`: the newest posts", isRequired: true, HomeVariables.shape),
            page(
                .list, "list.html", "`/page/N/`: posts, numbered from the oldest, so that a full page stays as it is",
                ListVariables.shape),
            page(.post, "post.html", "one post", isRequired: true, PostVariables.shape),
            page(.page, "page.html", "one page outside the stream", DocumentVariables.shape),
            page(.tags, "tags.html", "`/tags/`", TagsVariables.shape),
            page(.tag, "tag.html", "`/tags/SLUG/`", TagVariables.shape),
            page(.authors, "authors.html", "`/authors/`", AuthorsVariables.shape),
            page(.author, "author.html", "`/authors/USERNAME/`", AuthorVariables.shape),
            page(.archive, "archive.html", "`/archive/`: all years and months", ArchiveVariables.shape),
            page(.year, "year.html", "`/archive/YYYY/`", YearVariables.shape),
            page(.month, "month.html", "`/archive/YYYY/MM/`", MonthVariables.shape),
            page(.stats, "stats.html", "`/stats/`: what the blog knows about itself", StatisticsVariables.shape),
            page(
                .search, "search.html", "`/search/`, and with it the index that its script reads", SearchVariables.shape
            ),
            page(
                .notFound, "404.html", "what a host shows for an address that is not there", NoVariables.shape),
            page(
                .feed, "feed.xml", "the feed of the site (RSS), and one of each tag and author beside its page",
                FeedVariables.shape),
            page(.feed, "atom.xml", "the same feed of the site in the format Atom", FeedVariables.shape),
            page(.sitemap, "sitemap.xml", "the sitemap", SitemapVariables.shape),
            page(
                .sitemap, "sitemap-index.xml", "the list of sitemaps, where one file cannot hold all addresses",
                SitemapIndexVariables.shape),
            page(.robots, "robots.txt", "the rules for robots", NoVariables.shape),
        ],
        layouts: ["post.html", "page.html"])

    private static func page(
        _ kind: PageView.Kind, _ template: String, _ purpose: String, isRequired: Bool = false, _ variables: Shape
    ) -> TemplateSchema.Page {
        TemplateSchema.Page(
            template, purpose, isRequired: isRequired, variables: variables, constants: ["page.kind": kind.rawValue])
    }
}
