import BlogConfiguration
import Templates

extension BuildRun {
    /// Posts with what their files need from the database.
    private struct Batch: Sendable {
        var comments: [Int: [CommentRecord]]
        var bodies: [Int: BodyText]
    }

    /// Posts with those of their files whose inputs changed; the others are kept.
    func changed(_ posts: [PlannedPost]) async throws -> [PlannedPost] {
        let middle = posts.count / 2
        async let first = changed(posts[..<middle])
        let second = try changed(posts[middle...])
        return try await first + second
    }

    private func changed(_ posts: ArraySlice<PlannedPost>) throws -> [PlannedPost] {
        try posts.compactMap { post in
            var post = post
            let entry = site.index.posts[post.position]
            if let inputs = post.page, publisher.keep(try .page(at: entry.path), inputs: inputs) { post.page = nil }
            if let inputs = post.json, publisher.keep(try .page(at: entry.jsonAddress), inputs: inputs) {
                post.json = nil
            }
            return post.page == nil && post.json == nil ? nil : post
        }
    }

    /// The target of a post's file.
    private func target(
        _ address: String, _ inputs: ContentHash, template: String? = nil
    ) throws(SiteError) -> Target {
        Target(
            path: try .page(at: address), address: address, stage: .page, inputs: inputs, template: template,
            isRecord: true)
    }

    /// Makes the pages and JSON documents of posts.
    func producePosts(_ posts: [PlannedPost]) async throws {
        let settings = site.configuration.comments
        let api = APIDocuments(site: site)
        try await inBatches(posts, done: { [self] in report($0) }) { [site, content] batch in
            let records = batch.map { (post: site.index.posts[$0.position].post, needsBody: $0.json != nil) }
            let commented = settings.enabled ? records.filter { $0.post.comments.count > 0 }.map(\.post.id) : []
            let described = records.filter(\.needsBody).map(\.post.id)
            return Batch(
                comments: commented.isEmpty ? [:] : try await content.comments(ofPosts: commented),
                bodies: described.isEmpty ? [:] : try await content.postBodies(described))
        } process: { [self] planned, batch, buffer in
            let entry = site.index.posts[planned.position]
            let document = site.document(of: entry.post)
            let threads = CommentThreads.build(batch.comments[entry.post.id] ?? [], maxDepth: settings.maxDepth)
            if let inputs = planned.page {
                let template = theme.template(of: entry.post)
                let summary = PostView(site: site, position: planned.position)
                let view = PostPageView(summary: summary, document: document, threads: threads)
                let page = PageView(
                    kind: .post, title: entry.post.title, description: site.excerpt(of: entry.post), path: entry.path,
                    language: entry.post.language ?? site.configuration.language,
                    image: site.imageAddress(entry.post.image, on: entry.path), address: site.address)
                let writer = PageWriter(site: site, theme: theme)
                try make(try target(entry.path, inputs, template: template), &buffer) { bytes in
                    try writer.write(page, template, PostVariables(post: view), into: &bytes)
                }
            }
            if let inputs = planned.json {
                try make(try target(entry.jsonAddress, inputs), &buffer) { bytes in
                    api.post(
                        .init(
                            position: planned.position, content: batch.bodies[entry.post.id]?.text ?? "",
                            document: document, threads: threads), to: &bytes)
                }
            }
        }
    }
}
