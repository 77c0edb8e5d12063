import BlogConfiguration

/// The newest posts as a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
struct JSONFeed: Sendable {
    let site: SiteContext
    /// The posts in the index, newest first.
    let positions: [Int]

    var bytes: [UInt8] {
        let (configuration, address) = (site.configuration, site.address)
        var json = JSONWriter()
        json.object {
            $0.field("version", "https://jsonfeed.org/version/1.1")
            $0.field("title", configuration.title)
            $0.field("home_page_url", address.base)
            $0.field("feed_url", address.absolute(SitePaths.jsonFeed))
            if !configuration.description.isEmpty { $0.field("description", configuration.description) }
            $0.field("language", configuration.language)
            $0.field("items", positions) { item(&$0, site.index.posts[$1]) }
        }
        json.finish()
        return json.bytes
    }

    private func item(_ json: inout JSONWriter, _ entry: SiteIndex.Entry) {
        let (post, address) = (entry.post, site.address)
        let canonical = address.page(entry.path)
        let document = site.document(of: post)
        let html = site.configuration.feed.full ? document.html : document.summaryHTML
        json.object {
            $0.field("id", canonical)
            $0.field("url", canonical)
            $0.field("title", post.title)
            $0.field("content_html", HTMLLinks.resolve(html, on: entry.path, of: address, as: .absolute))
            $0.field("summary", site.excerpt(of: post))
            if let image = site.imageAddress(post.image, on: entry.path) { $0.field("image", image) }
            $0.field("date_published", post.publishedAt)
            if let changed = post.changedAfterPublication { $0.field("date_modified", changed) }
            $0.field("authors", site.index.authors(of: post)) { json, author in
                json.object {
                    $0.field("name", author.name)
                    $0.field("url", address.page(SitePaths.author(author)))
                }
            }
            $0.field("tags", site.index.tags(of: post)) { $0.string($1.name) }
            if let language = post.language { $0.field("language", language) }
        }
    }
}
