import BlogConfiguration
import BlogModels
package import ORM

/// Tags a post, or takes tags away.
package struct PostTagging: Sendable {
    /// What became of it.
    package struct Outcome: Sendable, Hashable {
        package var post: PostLine
        /// Names of tags that the post got or lost.
        package var changed: [String]
        /// Names of tags that are new to the blog, or that lost their last post and are gone.
        package var createdOrDeleted: [String]
    }

    private let names: [String]
    private let adds: Bool

    /// Adds these tags; what the post has already stays where it is in its list.
    package static func adding(_ names: [String]) -> PostTagging { PostTagging(names: names, adds: true) }
    /// Takes these tags away.
    package static func removing(_ names: [String]) -> PostTagging { PostTagging(names: names, adds: false) }

    /// Does all of it in one transaction, or nothing. Tags are made when there is none with the same slug (`Swift` and `swift`
    /// are one tag), which is safe when several do it at once. A tag without posts goes.
    @discardableResult
    package func apply(to name: String, on database: Database) async throws -> Outcome {
        let slugs = try wanted()
        let adds = self.adds
        return try await namingFields {
            try await database.transaction { transaction in
                var post = try await Lookup.post(name, on: transaction)
                let before = try await PostLine.of(post.id, on: transaction).tags
                let outcome =
                    adds
                    ? try await Self.add(slugs, to: post, before) : try await Self.remove(slugs, from: post, before)
                let line = try await PostLine.of(post.id, on: transaction)
                if line.tags != before {
                    try await LocalFields.set(
                        "tags", of: post.id, .post, from: FieldText.text(before.map(\.slug)),
                        to: FieldText.text(line.tags.map(\.slug)), on: transaction)
                    // The tags are rows of their own; that the post has changed must be said to those who look at posts only.
                    post.keepDateOfChange()
                    try await post.save()
                }
                return Outcome(post: line, changed: outcome.changed, createdOrDeleted: outcome.made)
            }
        }
    }

    /// The slug of each name, each once.
    private func wanted() throws(OperationError) -> [(slug: String, name: String)] {
        var wanted: [(slug: String, name: String)] = []
        for name in names {
            guard let slug = Slug(title: name, limit: Slug.tagLimit)?.text else {
                throw OperationError(.invalid, field: "tag", "the tag “\(name.printable)” has neither letter nor digit")
            }
            if !wanted.contains(where: { $0.slug == slug }) {
                wanted.append((slug, TextLimit.cut(name.trimmed, to: TextLimit.tag)))
            }
        }
        return wanted
    }

    private static func add(
        _ wanted: [(slug: String, name: String)], to post: Post, _ before: [PostLine.TagName]
    ) async throws -> (changed: [String], made: [String]) {
        var (changed, made): ([String], [String]) = ([], [])
        var position = try await post.postTags.query().max { $0.position } ?? -1
        for (slug, name) in wanted where !before.contains(where: { $0.slug == slug }) {
            let (tag, isNew) = try await Tag.getOrCreate(.init(name: name, slug: slug), on: \.slug)
            position += 1
            try await PostTag.create(post: .init(post), tag: .init(tag), position: position)
            changed.append(tag.name)
            if isNew { made.append(tag.name) }
        }
        return (changed, made)
    }

    private static func remove(
        _ wanted: [(slug: String, name: String)], from post: Post, _ before: [PostLine.TagName]
    ) async throws -> (changed: [String], made: [String]) {
        let slugs = wanted.map(\.slug)
        let leaving = before.filter { slugs.contains($0.slug) }
        let ids = leaving.map(\.id)
        guard !ids.isEmpty else { return ([], []) }
        try await post.postTags.query().filter { $0.tag.id.isIn(ids) }.delete()
        let loose = Tag.filter { $0.id.isIn(ids) && $0.posts.none() }
        let gone = try await loose.select { $0.name }.all()
        try await loose.delete()
        return (leaving.map(\.name), gone)
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
