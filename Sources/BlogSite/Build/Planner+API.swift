extension Planner {
    /// The JSON documents besides those of posts.
    func planAPI(_ counts: SiteCounts, _ plan: inout SitePlan) {
        let api = APIDocuments(site: site)
        let all = postsFingerprint(index.posts.indices)
        let users = usersFingerprint(api.users)

        var totals = Fingerprint()
        for total in [api.users.count, index.posts.count, api.commentCount, index.tags.count] { totals.add(total) }
        add("index", stage: .list, [totals.hash], &plan) { api.start() }
        add("openapi", stage: .list, [], &plan) { api.description() }
        // Its bytes are known when all other files are.
        plan.claimManifest()
        add("users", stage: .list, [users], &plan) { api.usersWindow() }
        planPages("users", api.userPaging, &plan, inputs: { _ in users }) {
            api.usersPage($0)
        }
        for user in api.users {
            let posts = index.firstAuthored(by: user)
            let views = posts.reduce(0) { $0 + index.posts[$1].post.shownViewCount }
            add("users/\(user.id)", stage: .page, [usersFingerprint([user]), count(views)], &plan) { api.user(user) }
            let window = [postsFingerprint(posts.prefix(api.limit)), count(posts.count)]
            add("users/\(user.id)/posts", stage: .page, window, &plan) { api.posts(of: user) }
        }

        let window = postsFingerprint(0..<min(api.limit, index.posts.count))
        add("posts", stage: .list, [window, count(index.posts.count)], &plan) { api.postsWindow() }
        planPages("posts", api.postPaging, &plan, inputs: { postsFingerprint(api.postPaging.positions(onPage: $0)) }) {
            api.postsPage($0)
        }
        add("posts/search", stage: .list, [all], &plan) { api.searchDocuments() }

        let tags = tagsFingerprint
        add("tags", stage: .list, [tags], &plan) { api.tagList() }
        for tag in index.tags {
            add("tags/\(tag.slug)", stage: .page, [inputs(of: tag, listing: api.limit)], &plan) { api.tagPage(tag) }
        }
        // It shows a part of what was counted: made at once, it is its own fingerprint.
        let bytes = api.statistics(counts)
        add("stats", stage: .list, [ContentHash(of: bytes)], &plan) { bytes }
    }

    /// The numbered pages of a list; the last may be an empty one, to which a full one leads.
    private func planPages(
        _ name: String, _ paging: Paging, _ plan: inout SitePlan, inputs: (Int) -> ContentHash,
        _ write: @escaping @Sendable (Int) -> [UInt8]
    ) {
        for number in stride(from: 1, through: paging.emptyPage ?? paging.filledPages, by: 1) {
            let links = count(paging.newer(than: number) ?? 0)
            add("\(name)/page/\(number)", stage: .list, [inputs(number), count(number), links], &plan) { write(number) }
        }
    }

    private func add(
        _ name: String, stage: Publisher.Stage, _ inputs: [ContentHash], _ plan: inout SitePlan,
        _ write: @escaping @Sendable () -> [UInt8]
    ) {
        let address = APIDocuments.path(name)
        guard let path = plan.claim(address, for: "the JSON document \(name)") else { return }
        var print = Fingerprint()
        print.add(settings)
        for hash in inputs { print.add(hash) }
        let target = Target(path: path, address: address, stage: stage, inputs: print.hash)
        plan.add(PlannedFile(target: target) { $0 = write() })
    }

    private func postsFingerprint(_ positions: some Collection<Int>) -> ContentHash {
        var print = Fingerprint()
        addPosts(positions, to: &print)
        return print.hash
    }

    private func usersFingerprint(_ users: [AuthorRecord]) -> ContentHash {
        var print = Fingerprint()
        for user in users {
            print.add(user.id)
            print.add(user.revision)
            print.add(index.firstAuthored(by: user).count)
        }
        return print.hash
    }

    private var tagsFingerprint: ContentHash {
        var print = Fingerprint()
        for tag in index.tags { add(tag, to: &print) }
        return print.hash
    }

    private func count(_ number: Int) -> ContentHash {
        var print = Fingerprint()
        print.add(number)
        return print.hash
    }
}
