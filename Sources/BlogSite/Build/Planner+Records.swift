import BlogConfiguration
import Templates

extension Planner {
    /// The list of tags, and a page for each tag that a visible post has.
    func planTagPages(_ plan: inout SitePlan) {
        var print = fingerprint(template: "tags.html")
        for tag in index.tags { add(tag, to: &print) }
        add(
            page(.tags, title: "Tags", path: SitePaths.tags), template: "tags.html", print, owner: "the list of tags",
            to: &plan
        ) { [site] in TagsVariables(tags: site.index.tags.map { TagView(site: site, tag: $0) }) }

        for tag in index.tags {
            var print = fingerprint(template: "tag.html")
            print.add(inputs(of: tag, listing: .max))
            var view = page(.tag, title: tag.name, path: SitePaths.tag(tag))
            view.feed = SitePaths.feed(of: view.path)
            add(
                view, template: "tag.html", print, owner: "the tag \(tag.name)", isRecord: true, to: &plan
            ) { [site] in TagVariables(tag: TagPageView(summary: TagView(site: site, tag: tag))) }
            planFeed(of: tag, &plan)
        }
    }

    /// What a tag's own files show: the tag, its newest `limit` posts and related tags.
    func inputs(of tag: TagRecord, listing limit: Int) -> ContentHash {
        var print = Fingerprint()
        add(tag, to: &print)
        addPosts((index.postsByTag[tag.id] ?? []).prefix(limit), to: &print)
        for related in index.relatedTags(of: tag) {
            add(related.tag, to: &print)
            print.add(related.weight)
        }
        return print.hash
    }

    /// What the list of tags shows of one.
    func add(_ tag: TagRecord, to print: inout Fingerprint) {
        print.add(tag.id)
        print.add(tag.revision)
        print.add(index.postsByTag[tag.id]?.count ?? 0)
    }

    /// The users whose names stand on visible posts: each has a page, for the names lead to it.
    var writers: [AuthorRecord] {
        index.authors.values.filter { index.postsByAuthor[$0.id] != nil }.sorted { $0.id < $1.id }
    }

    /// The list of authors, and a page for each. A deactivated author keeps the page that posts link to, but is not listed.
    func planAuthorPages(_ plan: inout SitePlan) {
        let listed = writers.filter(\.isActive).sorted {
            $0.name == $1.name ? $0.id < $1.id : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        var print = fingerprint(template: "authors.html")
        for author in listed { add(author, to: &print) }
        add(
            page(.authors, title: "Authors", path: SitePaths.authors), template: "authors.html", print,
            owner: "the list of authors", to: &plan
        ) { [site] in AuthorsVariables(authors: listed.map { AuthorView(site: site, author: $0) }) }

        for author in writers {
            var print = fingerprint(template: "author.html")
            add(author, to: &print)
            addPosts(index.postsByAuthor[author.id] ?? [], to: &print)
            var view = page(.author, title: author.name, path: SitePaths.author(author))
            view.feed = SitePaths.feed(of: view.path)
            add(
                view, template: "author.html", print, owner: "the author \(author.username)", isRecord: true, to: &plan
            ) { [site] in AuthorVariables(author: AuthorPageView(summary: AuthorView(site: site, author: author))) }
            planFeed(of: author, &plan)
        }
    }

    private func add(_ author: AuthorRecord, to print: inout Fingerprint) {
        print.add(author.id)
        print.add(author.revision)
        print.add(index.postsByAuthor[author.id]?.count ?? 0)
    }

    /// Pages outside the stream. Their bodies are rendered by then, and read from the store.
    func planPages(_ plan: inout SitePlan) {
        for record in index.pages {
            let template = theme.template(layout: record.layout, default: "page.html")
            var print = fingerprint(template: template)
            print.add(record.id)
            print.add(record.revision)
            print.add(site.documents.uses(.init(record)).hash)
            var view = page(.page, title: record.title, path: record.path)
            view.language = record.language ?? view.language
            view.image = site.imageAddress(record.image, on: record.path)
            add(
                view, template: template, print, stage: .page, owner: "the page \(record.path)", isRecord: true,
                to: &plan,
                filling: { [site] view in view.description = record.excerpt ?? site.document(of: record).summaryText }
            ) { [site] in
                DocumentVariables(
                    document: DocumentView(site: site, page: record, document: site.document(of: record)))
            }
        }
    }

    /// What the files of each post are made from, whether it will have them or not.
    func postFiles() -> [PlannedPost] {
        index.posts.indices.map { position in
            let inputs = inputs(ofPostAt: position)
            var page = fingerprint(template: theme.template(of: index.posts[position].post))
            page.add(inputs)
            for neighbour in [index.older(than: position), index.newer(than: position)] {
                page.add(neighbour.map { listing(ofPostAt: $0) } ?? .unknown)
            }
            var json = Fingerprint()
            json.add(settings)
            json.add(inputs)
            return PlannedPost(position: position, page: page.hash, json: json.hash)
        }
    }

    /// Posts, with their page and their JSON document.
    ///
    /// - Parameter files: of ``postFiles()``.
    func planPosts(_ files: [PlannedPost], _ plan: inout SitePlan) {
        let hasAPI = site.configuration.api.enabled
        // The oldest row claims its path first, whatever the dates say: a later one must not push it out.
        for position in index.positionsByID {
            let entry = index.posts[position]
            let owner = Claimant.post(entry)
            var planned = files[position]
            if plan.claim(entry.path, for: owner) == nil { planned.page = nil }
            if !hasAPI || plan.claim(entry.jsonAddress, for: owner) == nil { planned.json = nil }
            plan.add(planned)
        }
    }

    /// What a post's own files show: the post, its comments and the related posts.
    private func inputs(ofPostAt position: Int) -> ContentHash {
        let entry = index.posts[position]
        let comments = entry.post.comments
        var print = Fingerprint()
        print.add(text(ofPostAt: position))
        print.add(comments.latestRevision)
        for author in comments.authorIDs {
            print.add(author)
            print.add(index.authors[author]?.revision ?? -1)
        }
        addPosts(site.related.positions(for: position), to: &print)
        return print.hash
    }
}
