import BlogConfiguration
import Templates

extension Planner {
    /// A feed: the newest dated posts of a page.
    private struct Feed {
        var title: String
        var description: String
        /// The path of the page whose posts these are.
        var page: String
        /// Newest first; undated ones may be among them.
        var positions: any Collection<Int> & Sendable
    }

    /// The feeds of all posts, in the three formats that readers know.
    func planSiteFeeds(_ plan: inout SitePlan) {
        let (title, description) = (site.configuration.title, site.configuration.description)
        let feed = Feed(
            title: title, description: description, page: SitePaths.home, positions: index.posts.indices)
        planFeed(feed, "feed.xml", at: SitePaths.feed, owner: "the feed", &plan)
        planFeed(feed, "atom.xml", at: SitePaths.atom, owner: "the Atom feed", &plan)
        planJSONFeed(feed, &plan)
    }

    /// The feed of a tag.
    func planFeed(of tag: TagRecord, _ plan: inout SitePlan) {
        let feed = Feed(
            title: "\(site.configuration.title): \(tag.name)", description: "", page: SitePaths.tag(tag),
            positions: index.postsByTag[tag.id] ?? [])
        planFeed(
            feed, "feed.xml", at: SitePaths.feed(of: feed.page), owner: "the feed of the tag \(tag.name)",
            isRecord: true,
            &plan)
    }

    /// The feed of an author.
    func planFeed(of author: AuthorRecord, _ plan: inout SitePlan) {
        let feed = Feed(
            title: "\(site.configuration.title): \(author.name)", description: "", page: SitePaths.author(author),
            positions: index.postsByAuthor[author.id] ?? [])
        planFeed(
            feed, "feed.xml", at: SitePaths.feed(of: feed.page), owner: "the feed of the author \(author.username)",
            isRecord: true, &plan)
    }

    private func planFeed(
        _ feed: Feed, _ template: String, at path: String, owner: Claimant, isRecord: Bool = false,
        _ plan: inout SitePlan
    ) {
        let shown = shown(in: feed)
        var print = fingerprint(template: template)
        print.add(feed.title)
        print.add(feed.page)
        addTexts(shown, to: &print)
        let link = site.address.page(feed.page)
        let updated = shown.compactMap { index.posts[$0].post.lastChange }.max()
        add(
            page(.feed, title: feed.title, description: feed.description, path: path), template: template, print,
            owner: owner, isRecord: isRecord, to: &plan
        ) { [site] in
            FeedVariables(
                posts: shown.map { FeedPostView(summary: PostView(site: site, position: $0)) }, updatedAt: updated,
                link: link)
        }
    }

    private func planJSONFeed(_ feed: Feed, _ plan: inout SitePlan) {
        guard let path = plan.claim(SitePaths.jsonFeed, for: "the JSON feed") else { return }
        var print = Fingerprint()
        print.add(settings)
        let shown = shown(in: feed)
        addTexts(shown, to: &print)
        let target = Target(path: path, address: SitePaths.jsonFeed, stage: .list, inputs: print.hash)
        let document = JSONFeed(site: site, positions: shown)
        plan.add(PlannedFile(target: target) { $0.append(contentsOf: document.bytes) })
    }

    /// Dated posts come first in every list of positions.
    private func shown(in feed: Feed) -> [Int] {
        feed.positions.prefix(site.configuration.feed.items).filter { $0 < index.datedCount }
    }
}
