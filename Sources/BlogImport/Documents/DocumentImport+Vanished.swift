import BlogModels
import Foundation
import ORM

extension DocumentImport {
    /// Unpublishes the rows whose files are gone, or with `--prune` deletes them; `posts` and `pages` are the rows that a file
    /// has claimed.
    mutating func retireVanished(posts: Set<Int>, pages: Set<Int>) async throws {
        for kind in [ImportedKind.post, .page] {
            try await forget(renamedFiles.compactMap { index.files[$0] }.filter { $0.kind == kind })
            let gone = vanishedFiles(kind)
            let live = liveRows(kind, claimed: kind == .post ? posts : pages, without: gone)
            // A renamed file's row lives on under its new path, and the old path is no file of it any more.
            try await forget(gone.filter { $0.rowID.map(live.contains) == true })
            let left = gone.filter { $0.rowID.map(live.contains) != true }
            if context.options.prunes {
                let earlier = index.files.values.filter {
                    $0.kind == kind && !$0.isPresent && $0.rowID.map(live.contains) != true && files.isGone($0.path)
                }
                try await prune(left + earlier, kind)
            } else {
                try await unpublish(left, kind)
            }
        }
        try await noteGone(authorsAndAliases: vanishedFiles(.author) + vanishedFiles(.aliases))
    }

    /// The rows that have a file now: one that this import claimed them for, or another that is there.
    private func liveRows(_ kind: ImportedKind, claimed: Set<Int>, without gone: [ImportedFile]) -> Set<Int> {
        let ids = Set(gone.map(\.id))
        let present = index.files.values.filter { $0.kind == kind && $0.isPresent && !ids.contains($0.id) }
        return claimed.union(present.compactMap(\.rowID)).union(index.elsewhere[kind] ?? [])
    }

    /// Hides the documents whose files are gone.
    mutating func unpublish(_ gone: [ImportedFile], _ kind: ImportedKind) async throws {
        guard !gone.isEmpty else { return }
        let rows = gone.compactMap(\.rowID)
        let count: Int
        if kind == .post {
            let hidden = Post.filter { $0.id.isIn(rows) && $0.published }
            let authors: [Int] = try await hidden.select { $0.author.id }.all()
            touchedAuthors.formUnion(authors)
            count = try await hidden.update(.set(\.published, false), .set(\.updatedAt) { $0.updatedAt })
            report.posts.updated += count
        } else {
            count = try await Page.filter { $0.id.isIn(rows) && $0.published }
                .update(.set(\.published, false), .set(\.updatedAt) { $0.updatedAt })
            report.pages.updated += count
        }
        try await LocalMark.filter { $0.kind == kind && $0.rowID.isIn(rows) && $0.field == "published" }.delete()
        try await noteGone(authorsAndAliases: gone)
    }

    /// Deletes them.
    mutating func prune(_ gone: [ImportedFile], _ kind: ImportedKind) async throws {
        guard !gone.isEmpty else { return }
        let rows = gone.compactMap(\.rowID)
        if kind == .post {
            // Comments are nobody's to delete: they wait as orphans.
            try await Comment.filter { $0.post.id.isIn(rows.map(Optional.init)) }
                .update(.set(\.post, nil), .set(\.updatedAt) { $0.updatedAt })
            let tags = try await PostTag.filter { $0.post.id.isIn(rows) }.select { $0.tag.id }.all()
            loosenedTags.formUnion(tags)
            report.posts.deleted += try await Post.filter { $0.id.isIn(rows) }.delete()
        } else {
            report.pages.deleted += try await Page.filter { $0.id.isIn(rows) }.delete()
        }
        try await LocalMark.filter { $0.kind == kind && $0.rowID.isIn(rows) }.delete()
        for row in rows {
            if kind == .post { index.posts[row] = nil } else { index.pages[row] = nil }
        }
        index.aliases.removeAll { alias in
            kind == .post
                ? alias.post.map { rows.contains($0.id) } == true : alias.page.map { rows.contains($0.id) } == true
        }
        try await forget(gone)
        wrote = true
    }

    /// Deletes what is remembered of files.
    mutating func forget(_ gone: [ImportedFile]) async throws {
        guard !gone.isEmpty else { return }
        let ids = gone.map(\.id)
        try await ImportedFile.filter { $0.id.isIn(ids) }.delete()
        for file in gone { index.files[file.path] = nil }
        wrote = true
    }

    /// Remembers that files are gone. An author without file stays a user: posts name them.
    private mutating func noteGone(authorsAndAliases gone: [ImportedFile]) async throws {
        guard !gone.isEmpty else { return }
        let ids = gone.map(\.id)
        try await ImportedFile.filter { $0.id.isIn(ids) }.update(.set(\.isPresent, false))
        for file in gone { index.files[file.path]?.isPresent = false }
        wrote = true
    }
}

private typealias Page = BlogModels.Page
