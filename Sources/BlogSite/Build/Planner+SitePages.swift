import BlogConfiguration
import Templates

extension Planner {
    private var paging: Paging { Paging(count: index.posts.count, size: site.configuration.postsPerPage) }

    /// Home, numbered lists, the site's feeds, 404 and robots.txt. The sitemap comes last, when all pages are known.
    func planSitePages(_ plan: inout SitePlan) {
        planHome(&plan)
        planLists(&plan)
        planSiteFeeds(&plan)
        let title = site.configuration.title
        for (kind, title, path, template) in [
            (PageView.Kind.notFound, "Page not found", SitePaths.notFound, "404.html"),
            (.robots, title, SitePaths.robots, "robots.txt"),
        ] {
            // A file of the same name in static/ is there because its author wants that one.
            if plan.isClaimed(path) { continue }
            add(
                page(kind, title: title, path: path), template: template, fingerprint(template: template),
                owner: .named(template),
                to: &plan
            ) { NoVariables() }
        }
    }

    private func planHome(_ plan: inout SitePlan) {
        let shown = 0..<min(site.configuration.postsPerPage, index.posts.count)
        let older: String? =
            shown.upperBound < index.posts.count && theme.contains("list.html")
            ? SitePaths.list(paging.page(ofPosition: shown.upperBound)) : nil
        var print = fingerprint(template: "home.html")
        addPosts(shown, to: &print)
        print.add(older)
        add(
            page(
                .home, title: site.configuration.title, description: site.configuration.description,
                path: SitePaths.home),
            template: "home.html", print, owner: "the home page", to: &plan
        ) { [site] in
            HomeVariables(posts: shown.map { PostView(site: site, position: $0) }, olderPath: older)
        }
    }

    /// The page behind the last full one has nothing yet; it leads to the home page, so that no link of a full page is dead
    /// and none has to change.
    private func planLists(_ plan: inout SitePlan) {
        guard theme.contains("list.html") else { return }
        let paging = paging
        for number in stride(from: 1, through: paging.filledPages, by: 1) {
            let shown = paging.positions(onPage: number)
            var print = fingerprint(template: "list.html")
            addPosts(shown, to: &print)
            print.add(number)
            print.add(paging.newer(than: number) ?? 0)
            add(
                page(.list, title: "Posts, page \(number)", path: SitePaths.list(number)), template: "list.html", print,
                owner: "the list page \(number)", to: &plan
            ) { [site] in
                ListVariables(
                    posts: shown.map { PostView(site: site, position: $0) },
                    pagination: PaginationView(paging: paging, number: number))
            }
        }
        if let empty = paging.emptyPage {
            planRedirect(
                from: SitePaths.list(empty), to: SitePaths.home, owner: "the list page \(empty)", severity: .error,
                &plan)
        }
    }

    /// Adds what lists show of posts.
    func addPosts(_ positions: some Collection<Int>, to print: inout Fingerprint) {
        print.add(positions.count)
        for position in positions { print.add(listing(ofPostAt: position)) }
    }

    /// Adds what feeds show of posts: their texts too.
    func addTexts(_ positions: some Collection<Int>, to print: inout Fingerprint) {
        print.add(positions.count)
        for position in positions { print.add(text(ofPostAt: position)) }
    }

    /// Plans a page that leads to another of the site; false when its address is not free.
    @discardableResult
    func planRedirect(
        from path: String, to target: String, owner: Claimant, severity: BuildReport.Problem.Severity,
        _ plan: inout SitePlan
    ) -> Bool {
        guard let output = plan.claim(path, for: owner, severity: severity) else { return false }
        let address = site.address.page(target)
        let language = site.configuration.language
        var print = Fingerprint()
        print.add(settings)
        print.add(address)
        plan.add(
            PlannedFile(target: Target(path: output, address: path, stage: .list, inputs: print.hash)) { bytes in
                RedirectPage.write(to: address, language: language, into: &bytes)
            })
        return true
    }

    /// Old addresses lead to the page that is there now. An address that is taken by then needs no redirect.
    func planAliases(_ aliases: [AliasRecord], _ plan: inout SitePlan) {
        var redirects: [RedirectRules.Redirect] = []
        for alias in aliases.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            // Of what readers do not see, an old address must not tell either.
            guard let target = index.path(ofPost: alias.postID, orPage: alias.pageID), target != alias.path,
                planRedirect(
                    from: alias.path, to: target, owner: "the old address \(alias.path)", severity: .warning, &plan)
            else { continue }
            redirects.append(
                .init(path: site.address.path(alias.path), target: site.address.page(target)))
        }
        planRedirectRules(redirects, &plan)
    }

    /// The same redirects as rules for servers, where there are any.
    private func planRedirectRules(_ redirects: [RedirectRules.Redirect], _ plan: inout SitePlan) {
        guard !redirects.isEmpty else { return }
        let rules = RedirectRules(redirects: redirects)
        for server in RedirectRules.Server.allCases {
            let address = SitePaths.redirects + server.fileName
            guard let path = plan.claim(address, for: "the redirects for \(server.rawValue)") else { continue }
            var print = Fingerprint()
            print.add(settings)
            for redirect in redirects {
                print.add(redirect.path)
                print.add(redirect.target)
            }
            let target = Target(path: path, address: address, stage: .list, inputs: print.hash)
            plan.add(PlannedFile(target: target) { $0.append(contentsOf: rules.text(for: server).utf8) })
        }
    }
}
