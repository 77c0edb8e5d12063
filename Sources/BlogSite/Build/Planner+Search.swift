import Templates

extension Planner {
    /// The search page and the files that its script reads.
    func planSearch(_ search: SearchIndex?, _ plan: inout SitePlan) {
        guard let search else { return }
        add(
            page(.search, title: "Search", path: SitePaths.search), template: "search.html",
            fingerprint(template: "search.html"), owner: "the search page", to: &plan
        ) { SearchVariables() }

        let files = SearchFiles(site: site)
        var print = Fingerprint()
        print.add(settings)
        print.add(index.posts.count)
        for shard in search.shards { print.add(shard.prefix) }
        addFile(SearchFiles.root, .list, print.hash, &plan) { files.root(search.shards) }
        for shard in search.shards {
            addFile(SearchFiles.shard(shard.prefix), .page, shard.hash, &plan) {
                try search.bytes(of: shard.prefix)
            }
        }
        func chunk(of position: Int) -> Int { index.posts[position].post.id / SearchFiles.chunk }
        var rest = index.positionsByID[...]
        while let number = rest.first.map(chunk(of:)) {
            let sorted = Array(rest.prefix { chunk(of: $0) == number })
            rest = rest.dropFirst(sorted.count)
            var print = Fingerprint()
            print.add(settings)
            for position in sorted {
                let entry = index.posts[position]
                print.add(entry.post.id)
                print.add(entry.post.revision)
                print.add(entry.path)
                print.add(posts.uses[position])
            }
            addFile(SearchFiles.posts(number), .page, print.hash, &plan) { files.posts(sorted) }
        }
    }

    private func addFile(
        _ address: String, _ stage: Publisher.Stage, _ inputs: ContentHash, _ plan: inout SitePlan,
        _ bytes: @escaping @Sendable () throws -> [UInt8]
    ) {
        guard let path = plan.claim(address, for: "the search index") else { return }
        let target = Target(path: path, address: address, stage: stage, inputs: inputs)
        plan.add(PlannedFile(target: target) { $0 = try bytes() })
    }
}
