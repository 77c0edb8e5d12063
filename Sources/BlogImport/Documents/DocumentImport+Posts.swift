import BlogModels
import Foundation
import ORM

extension DocumentImport {
    /// A post's target with the pivot rows it needs, their ids given.
    private struct NewPost: Sendable {
        var target: DocumentTarget
        var tags: [DocumentTarget.Link]
        var coAuthors: [DocumentTarget.Link]
    }

    /// A post that is there, as it shall be.
    private struct ChangedPost: Sendable {
        var target: DocumentTarget
        var row: Post
        /// `nil` = they stay as they are.
        var tags: [DocumentTarget.Link]?
        var coAuthors: [DocumentTarget.Link]?
    }

    /// Writes the posts and gives those that are written or were right already.
    mutating func writePosts(_ targets: [DocumentTarget]) async throws -> [DocumentTarget] {
        var tagIDs = try await PostTag.idSequence(on: transaction) { $0.id }
        var authorIDs = try await PostAuthor.idSequence(on: transaction) { $0.id }
        try await freeSwappedSlugs(targets.map { ($0.id, $0.key) })
        let updated = try await updatePosts(targets.filter { !$0.isNew }, &tagIDs, &authorIDs)
        let created = try await createPosts(targets.filter(\.isNew), &tagIDs, &authorIDs)
        let written = updated.union(created)
        return targets.filter { written.contains($0.id) }
    }

    private mutating func createPosts(
        _ targets: [DocumentTarget], _ tagIDs: inout IDSequence, _ authorIDs: inout IDSequence
    ) async throws -> Set<Int> {
        let posts = targets.map { target in
            NewPost(
                target: target, tags: Self.links(target.tagIDs, from: 0, &tagIDs),
                coAuthors: Self.links(target.coAuthorIDs, from: 1, &authorIDs))
        }
        let result = try await SavepointBatch.write(posts, on: transaction) { chunk in
            try await Post.insert(chunk.map { $0.target.newPost })
            try await PostTag.insert(chunk.flatMap { $0.tags.rows(post: $0.target.id) })
            try await PostAuthor.insert(chunk.flatMap { $0.coAuthors.rows(post: $0.target.id) })
            return chunk.map(\.target.id)
        }
        for refused in result.refusals {
            report.refusals.append(refusal(refused.record.target.draft, refused.error))
        }
        let written = Set(result.outputs.joined())
        for target in targets where written.contains(target.id) {
            report.posts.created += 1
            touchedAuthors.formUnion([target.authorID] + target.coAuthorIDs)
            finish(target)
        }
        if !written.isEmpty { (wrote, movedPosts) = (true, true) }
        return written
    }

    private mutating func updatePosts(
        _ targets: [DocumentTarget], _ tagIDs: inout IDSequence, _ authorIDs: inout IDSequence
    ) async throws -> Set<Int> {
        var written: Set<Int> = []
        // A chunk's bodies are in memory twice, as the file has them and as the row has them.
        for start in stride(from: 0, to: targets.count, by: 200) {
            let chunk = Array(targets[start..<min(start + 200, targets.count)])
            let ids = chunk.map(\.id)
            let rows = Dictionary(
                uniqueKeysWithValues: try await Post.filter { $0.id.isIn(ids) }.all().map { ($0.id, $0) })
            let links = try await PivotLinks.load(posts: ids, on: transaction)
            var marks = try await LocalMarks.load(.post, rows: ids, on: transaction)
            var changes: [ChangedPost] = []
            for target in chunk {
                guard let old = rows[target.id] else { continue }
                var row = old
                row.take(target, &marks)
                var change = ChangedPost(target: target, row: row)
                let hasTags = links.tags[target.id] ?? []
                if hasTags != target.tagIDs,
                    marks.permits(
                        "tags", of: row.id, value: FieldText.text(target.tagIDs.compactMap { self.tags.slug(of: $0) }))
                {
                    change.tags = Self.links(target.tagIDs, from: 0, &tagIDs)
                    loosenedTags.formUnion(Set(hasTags).subtracting(target.tagIDs))
                }
                if (links.coAuthors[target.id] ?? []) != target.coAuthorIDs {
                    change.coAuthors = Self.links(target.coAuthorIDs, from: 1, &authorIDs)
                }
                let isChanged = !row.changedColumns.isEmpty || change.tags != nil || change.coAuthors != nil
                if isChanged {
                    // Whatever changed, the post's own date of change is the file's.
                    change.row.updatedAt = target.draft.updatedAt
                    changes.append(change)
                    touchedAuthors.formUnion([old.author.id, row.author.id] + target.coAuthorIDs)
                } else {
                    report.posts.unchanged += 1
                    finish(target)
                    written.insert(target.id)
                }
            }
            let done = try await save(changes)
            written.formUnion(done)
            try await marks.deleteSpent(on: transaction)
        }
        return written
    }

    private mutating func save(_ changes: [ChangedPost]) async throws -> Set<Int> {
        let result = try await SavepointBatch.write(changes, on: transaction) { chunk in
            for change in chunk {
                var row = change.row
                try await row.save()
                let id = row.id
                if let tags = change.tags {
                    try await PostTag.filter { $0.post.id == id }.delete()
                    try await PostTag.insert(tags.rows(post: id))
                }
                if let coAuthors = change.coAuthors {
                    try await PostAuthor.filter { $0.post.id == id }.delete()
                    try await PostAuthor.insert(coAuthors.rows(post: id))
                }
            }
            return chunk.map(\.row.id)
        }
        for refused in result.refusals {
            report.refusals.append(refusal(refused.record.target.draft, refused.error))
        }
        let written = Set(result.outputs.joined())
        for change in changes where written.contains(change.row.id) {
            report.posts.updated += 1
            finish(change.target)
        }
        if !written.isEmpty { (wrote, movedPosts) = (true, true) }
        return written
    }

    /// Two posts that exchange their slugs would meet for a moment: those whose slug goes to another post get one that no
    /// file can ask for.
    mutating func freeSwappedSlugs(_ targets: [(id: Int, key: String)]) async throws {
        let wanted = Set(targets.map(\.key))
        for (id, key) in targets {
            guard let old = index.posts[id]?.slug, old != key, wanted.contains(old) else { continue }
            let interim = "~\(id)"
            try await Post.filter { $0.id == id }.update(.set(\.slug, interim), .set(\.updatedAt) { $0.updatedAt })
        }
    }

    private static func links(_ targets: [Int], from first: Int, _ ids: inout IDSequence) -> [DocumentTarget.Link] {
        targets.enumerated().map { DocumentTarget.Link(id: ids.next(), target: $1, position: first + $0) }
    }

    private mutating func finish(_ target: DocumentTarget) {
        finish(
            target.draft.path, target.stamp, target.draft.kind, digest: target.digest,
            bodyDigest: target.draft.bodyDigest, row: target.id)
    }
}

/// The tags and co-authors that posts have, in their order.
private struct PivotLinks: Sendable {
    var tags: [Int: [Int]] = [:]
    var coAuthors: [Int: [Int]] = [:]

    static func load(posts ids: [Int], on session: any Session) async throws -> PivotLinks {
        var links = PivotLinks()
        let tags = try await PostTag.filter { $0.post.id.isIn(ids) }.order({ $0.position.asc }, { $0.id.asc })
            .select { ($0.post.id, $0.tag.id) }.all(on: session)
        for (post, tag) in tags { links.tags[post, default: []].append(tag) }
        let authors = try await PostAuthor.filter { $0.post.id.isIn(ids) }.order({ $0.position.asc }, { $0.id.asc })
            .select { ($0.post.id, $0.author.id) }.all(on: session)
        for (post, author) in authors { links.coAuthors[post, default: []].append(author) }
        return links
    }
}

extension [DocumentTarget.Link] {
    fileprivate func rows(post: Int) -> [PostTag.New] {
        map { PostTag.New(id: $0.id, post: .id(post), tag: .id($0.target), position: $0.position) }
    }

    fileprivate func rows(post: Int) -> [PostAuthor.New] {
        map { PostAuthor.New(id: $0.id, post: .id(post), author: .id($0.target), position: $0.position) }
    }
}

extension DocumentDraft {
    /// Undated documents count from 1970, never from the clock of the import.
    var createdAt: Date { (date ?? undated).asStored }
    /// The author's own date of the last change, else the document's date.
    var updatedAt: Date { (fields.updated ?? date ?? undated).asStored }
}

extension DocumentTarget {
    fileprivate var newPost: Post.New {
        let fields = draft.fields
        return Post.New(
            id: id, title: draft.title, slug: key, format: draft.format, excerpt: draft.excerpt,
            published: draft.published, author: .id(authorID), createdAt: draft.createdAt, updatedAt: draft.updatedAt,
            publishedAt: draft.date, expiresAt: fields.expires, path: fields.path?.text, language: fields.language,
            image: fields.image, layout: fields.layout, weight: fields.weight, extra: fields.extra,
            content: draft.content)
    }
}

extension Post {
    /// Sets the columns that the file has other values for, except those that a command owns.
    fileprivate mutating func take(_ target: DocumentTarget, _ marks: inout LocalMarks) {
        let draft = target.draft
        let fields = draft.fields
        assign("title", \.title, draft.title, text: draft.title, &marks)
        assign("slug", \.slug, target.key, text: target.key, &marks)
        assign("content", \.content, draft.content, text: draft.bodyDigest, &marks)
        if format != draft.format { format = draft.format }
        assign("excerpt", \.excerpt, draft.excerpt, text: draft.excerpt, &marks)
        assign("published", \.published, draft.published, text: FieldText.text(draft.published), &marks)
        if author.id != target.authorID, marks.permits("author", of: id, value: String(target.authorID)) {
            author = .id(target.authorID)
        }
        if createdAt != draft.createdAt { createdAt = draft.createdAt }
        if updatedAt != draft.updatedAt { updatedAt = draft.updatedAt }
        let date = draft.date?.asStored
        assign("publishedAt", \.publishedAt, date, text: FieldText.text(date), &marks)
        if expiresAt != fields.expires?.asStored { expiresAt = fields.expires?.asStored }
        if path != fields.path?.text { path = fields.path?.text }
        if language != fields.language { language = fields.language }
        if image != fields.image { image = fields.image }
        if layout != fields.layout { layout = fields.layout }
        if weight != fields.weight { weight = fields.weight }
        if extra != fields.extra { extra = fields.extra }
    }
}
