import BlogConfiguration
import Templates

extension Planner {
    /// An address of the sitemap.
    private struct Address {
        var path: String
        var updatedAt: Instant?
    }

    /// All pages that a search engine should know. More addresses than one file may have are split over several, whose
    /// list is the sitemap then.
    func planSitemap(_ plan: inout SitePlan) {
        let addresses = sitemapAddresses
        guard addresses.count > sitemapLimit, theme.contains("sitemap-index.xml") else {
            return planSitemap(addresses[...], at: SitePaths.sitemap, owner: "the sitemap", &plan)
        }
        var parts: [Address] = []
        for start in stride(from: 0, to: addresses.count, by: sitemapLimit) {
            let part = addresses[start..<min(start + sitemapLimit, addresses.count)]
            let path = SitePaths.sitemap(part: parts.count + 1)
            planSitemap(part, at: path, owner: "part \(parts.count + 1) of the sitemap", &plan)
            parts.append(Address(path: path, updatedAt: part.compactMap(\.updatedAt).max()))
        }
        let template = "sitemap-index.xml"
        var print = fingerprint(template: template)
        add(parts[...], to: &print)
        let listed = parts
        add(
            page(.sitemap, title: site.configuration.title, path: SitePaths.sitemap), template: template, print,
            owner: "the sitemap", to: &plan
        ) { [site] in SitemapIndexVariables(sitemaps: Self.views(of: listed[...], site)) }
    }

    private func planSitemap(_ addresses: ArraySlice<Address>, at path: String, owner: Claimant, _ plan: inout SitePlan)
    {
        var print = fingerprint(template: "sitemap.xml")
        add(addresses, to: &print)
        add(
            page(.sitemap, title: site.configuration.title, path: path), template: "sitemap.xml", print, owner: owner,
            to: &plan
        ) { [site] in SitemapVariables(entries: Self.views(of: addresses, site)) }
    }

    /// Posts stand oldest first behind what rarely changes, so that a new one changes the last parts alone.
    private var sitemapAddresses: [Address] {
        var addresses = [Address(path: SitePaths.home)]
        addresses += index.pages.map { Address(path: $0.path, updatedAt: $0.lastChange) }
        addresses += index.posts.reversed().map { Address(path: $0.path, updatedAt: $0.post.lastChange) }
        func add(_ template: String, _ paths: [String]) {
            if theme.contains(template) { addresses += paths.map { Address(path: $0) } }
        }
        add("tags.html", [SitePaths.tags])
        add("tag.html", index.tags.map { SitePaths.tag($0) })
        add("authors.html", [SitePaths.authors])
        add("author.html", writers.map { SitePaths.author($0) })
        add("archive.html", [SitePaths.archive])
        add("year.html", archive.years.map { SitePaths.year($0.year) })
        add("month.html", archive.months.map { SitePaths.month($0.year, $0.month) })
        add("stats.html", [SitePaths.statistics])
        add("search.html", [SitePaths.search])
        return addresses
    }

    private func add(_ addresses: ArraySlice<Address>, to print: inout Fingerprint) {
        for address in addresses {
            print.add(address.path)
            print.add(address.updatedAt?.microseconds ?? -1)
        }
    }

    private static func views(of addresses: ArraySlice<Address>, _ site: SiteContext) -> [SitemapEntryView] {
        addresses.map {
            SitemapEntryView(location: site.address.page($0.path), updatedAt: $0.updatedAt)
        }
    }
}
