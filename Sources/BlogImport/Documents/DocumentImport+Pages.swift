import BlogModels
import Foundation
import ORM

private typealias Page = BlogModels.Page

extension DocumentImport {
    /// Writes the pages and gives those that are written or were right already.
    mutating func writePages(_ targets: [DocumentTarget]) async throws -> [DocumentTarget] {
        try await freeSwappedPaths(targets.map { ($0.id, $0.key) })
        let updated = try await updatePages(targets.filter { !$0.isNew })
        let fresh = targets.filter(\.isNew)
        let result = try await SavepointBatch.write(fresh, on: transaction) { chunk in
            try await Page.insert(chunk.map(\.newPage)).map(\.id)
        }
        let created = Set(result.outputs.joined())
        refuse(result.refusals)
        for target in fresh where created.contains(target.id) {
            report.pages.created += 1
            wrote = true
            finish(target)
        }
        return targets.filter { updated.contains($0.id) || created.contains($0.id) }
    }

    private mutating func updatePages(_ targets: [DocumentTarget]) async throws -> Set<Int> {
        let ids = targets.map(\.id)
        let rows = Dictionary(
            uniqueKeysWithValues: try await Page.filter { $0.id.isIn(ids) }.all().map { ($0.id, $0) })
        var marks = try await LocalMarks.load(.page, rows: ids, on: transaction)
        var changes: [(target: DocumentTarget, row: Page)] = []
        var written: Set<Int> = []
        for target in targets {
            guard var row = rows[target.id] else { continue }
            row.take(target, &marks)
            if row.changedColumns.isEmpty {
                report.pages.unchanged += 1
                finish(target)
                written.insert(target.id)
            } else {
                row.updatedAt = target.draft.updatedAt
                changes.append((target, row))
            }
        }
        let (saved, refusals) = try await SavepointBatch.save(changes, on: transaction)
        refuse(refusals)
        for (target, _) in changes where saved.contains(target.id) {
            report.pages.updated += 1
            wrote = true
            finish(target)
        }
        try await marks.deleteSpent(on: transaction)
        return written.union(saved)
    }

    private mutating func refuse(_ refusals: [SavepointBatch.Refusal<DocumentTarget>]) {
        for refused in refusals {
            report.refusals.append(refusal(refused.record.draft, refused.error))
        }
    }

    /// See the posts' `freeSwappedSlugs`.
    mutating func freeSwappedPaths(_ targets: [(id: Int, key: String)]) async throws {
        let wanted = Set(targets.map(\.key))
        for (id, key) in targets {
            guard let old = index.pages[id]?.path, old != key, wanted.contains(old) else { continue }
            let interim = "~\(id)"
            try await Page.filter { $0.id == id }
                .update(.set(\.path, interim), .set(\.updatedAt) { $0.updatedAt })
        }
    }

    private mutating func finish(_ target: DocumentTarget) {
        finish(
            target.draft.path, target.stamp, target.draft.kind, digest: target.digest,
            bodyDigest: target.draft.bodyDigest, row: target.id)
    }
}

extension DocumentTarget {
    fileprivate var newPage: Page.New {
        let fields = draft.fields
        return Page.New(
            id: id, path: key, title: draft.title, format: draft.format, excerpt: draft.excerpt,
            published: draft.published, createdAt: draft.createdAt, updatedAt: draft.updatedAt, publishedAt: draft.date,
            expiresAt: fields.expires, language: fields.language, image: fields.image, layout: fields.layout,
            weight: fields.weight, extra: fields.extra, content: draft.content)
    }
}

extension Page {
    fileprivate mutating func take(_ target: DocumentTarget, _ marks: inout LocalMarks) {
        let draft = target.draft
        let fields = draft.fields
        assign("path", \.path, target.key, text: target.key, &marks)
        assign("title", \.title, draft.title, text: draft.title, &marks)
        assign("content", \.content, draft.content, text: draft.bodyDigest, &marks)
        if format != draft.format { format = draft.format }
        assign("excerpt", \.excerpt, draft.excerpt, text: draft.excerpt, &marks)
        assign("published", \.published, draft.published, text: FieldText.text(draft.published), &marks)
        let date = draft.date?.asStored
        if createdAt != draft.createdAt { createdAt = draft.createdAt }
        if updatedAt != draft.updatedAt { updatedAt = draft.updatedAt }
        if publishedAt != date { publishedAt = date }
        if expiresAt != fields.expires?.asStored { expiresAt = fields.expires?.asStored }
        if language != fields.language { language = fields.language }
        if image != fields.image { image = fields.image }
        if layout != fields.layout { layout = fields.layout }
        if weight != fields.weight { weight = fields.weight }
        if extra != fields.extra { extra = fields.extra }
    }
}
