import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension DocumentImport {
    /// Finds or makes the row of each post's file, its author and its tags.
    mutating func planPosts(_ candidates: [DocumentPlan.Candidate]) async throws -> [DocumentTarget] {
        var matcher = self.matcher(
            .post, keys: index.posts.mapValues(\.slug), present: index.presentPosts, for: candidates)
        if candidates.contains(where: { $0.draft.fields.uid != nil }) {
            let rows = try await Post.filter { $0.extra.contains("\"id\":") || $0.extra.contains("\"uuid\":") }
                .order { $0.id.asc }.select { ($0.id, $0.extra) }.all()
            matcher.rowsByUID = Self.uids(rows.map { ($0.0, $0.1) })
        }
        let open = refusingStrangers(candidates, matcher)
        var ids = try await Post.idSequence(on: transaction) { $0.id }
        ids.skip(to: index.files.values.filter { $0.kind == .post }.compactMap(\.rowID).max())
        let plan = DocumentPlan(
            open, matcher: matcher, currentKeys: index.posts.mapValues(\.slug), ids: &ids,
            holder: { key in holder(ofSlug: key) })
        adopt(plan)
        keptPosts.formUnion(plan.keptRows)
        return refusingTakenPaths(plan.targets).compactMap { target in
            var target = target
            do throws(Diagnostic) {
                let authors = try authorIDs(of: target.draft)
                target.authorID = authors[0]
                target.coAuthorIDs = Array(authors.dropFirst())
            } catch {
                report.refusals.append(error)
                keptPosts.insert(target.id)
                return nil
            }
            target.tagIDs = tags.ids(of: target.draft.fields.tags)
            return target
        }
    }

    /// Finds or makes the row of each page's file.
    mutating func planPages(_ candidates: [DocumentPlan.Candidate]) async throws -> [DocumentTarget] {
        var matcher = self.matcher(
            .page, keys: index.pages.mapValues(\.path), present: index.presentPages, for: candidates)
        if candidates.contains(where: { $0.draft.fields.uid != nil }) {
            let rows = try await Page.filter { $0.extra.contains("\"id\":") || $0.extra.contains("\"uuid\":") }
                .order { $0.id.asc }.select { ($0.id, $0.extra) }.all()
            matcher.rowsByUID = Self.uids(rows.map { ($0.0, $0.1) })
        }
        var open = refusingStrangers(candidates, matcher)
        open.removeAll { candidate in
            guard candidate.draft.wantedKey == "/" else { return false }
            report.refusals.append(
                candidate.draft.diagnostic(at: candidate.draft.keyField, "a page at \"/\", where the home page is"))
            return true
        }
        var ids = try await Page.idSequence(on: transaction) { $0.id }
        ids.skip(to: index.files.values.filter { $0.kind == .page }.compactMap(\.rowID).max())
        let plan = DocumentPlan(
            open, matcher: matcher, currentKeys: index.pages.mapValues(\.path), ids: &ids,
            holder: { key in
                index.pages.values.first { $0.path == key }.flatMap { index.path(ofRow: $0.id, .page) }.map(
                    files.display)
            })
        adopt(plan)
        keptPages.formUnion(plan.keptRows)
        return plan.targets
    }

    private mutating func adopt(_ plan: DocumentPlan) {
        report.refusals += plan.refusals
        report.warnings += plan.warnings
        for target in plan.targets {
            report.warnings += target.draft.fields.warnings
            if case .rename(_, let path) = target.match { renamedFiles.insert(path) }
        }
    }

    /// What is known of the rows of a kind and their files.
    private func matcher(
        _ kind: ImportedKind, keys: [Int: String], present: Set<Int>, for candidates: [DocumentPlan.Candidate]
    ) -> IdentityMatcher {
        var matcher = IdentityMatcher()
        let gone = vanishedFiles(kind) + lostFiles(kind, present: present, keys: keys, for: candidates)
        for file in index.files.values where file.kind == kind {
            guard let row = file.rowID, keys[row] != nil else { continue }
            matcher.rowsByPath[file.path] = row
        }
        matcher.vanished = gone.compactMap { file in
            file.rowID.flatMap { keys[$0] == nil ? nil : (file.path, file.bodyDigest, $0) }
        }
        let goneRows = Set(gone.compactMap(\.rowID))
        for (row, key) in keys where !present.contains(row) || goneRows.contains(row) {
            matcher.rowsWithoutFileByKey[key] = row
        }
        return matcher
    }

    /// Files that vanished without this import's scan: before an earlier one, which unpublished their rows, or beyond the
    /// paths that are imported now. Only those count that a new file may be, by its body or its slug.
    private func lostFiles(
        _ kind: ImportedKind, present: Set<Int>, keys: [Int: String], for candidates: [DocumentPlan.Candidate]
    ) -> [ImportedFile] {
        let fresh = candidates.filter { index.files[$0.draft.path] == nil }
        guard !fresh.isEmpty else { return [] }
        let bodies = Set(fresh.compactMap(\.draft.bodyDigest))
        let wanted = Set(fresh.map(\.draft.wantedKey))
        let scanned = Set(files.files.map(\.path))
        return index.files.values.filter { file in
            guard file.kind == kind, let row = file.rowID, let key = keys[row], !scanned.contains(file.path),
                file.bodyDigest.map(bodies.contains) == true || wanted.contains(key)
            else { return false }
            if !file.isPresent { return !present.contains(row) }
            return !files.isGone(file.path) && !FileManager.default.fileExists(atPath: "\(source.root)/\(file.path)")
        }
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Files of a kind that were there at the last import and are not any more, in source order. A path that has become a file
    /// of another kind counts.
    func vanishedFiles(_ kind: ImportedKind) -> [ImportedFile] {
        let present = Set(files.files.map(\.path))
        return index.files.values
            .filter { file in
                guard file.kind == kind, file.isPresent else { return false }
                let key = AuthorKey(path: file.path)
                guard present.contains(key.file) else { return files.isGone(key.file) }
                if emptied.contains(file.path) { return true }
                if let keys = authorKeys[key.file] { return key.file != file.path && !keys.contains(key.text) }
                return readKinds[file.path].map { $0 != kind } ?? false
            }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// Without the files whose `id` another file has: of two claims to one identity the later path is refused, and none takes
    /// over the row of a file that is still there.
    private mutating func refusingStrangers(
        _ candidates: [DocumentPlan.Candidate], _ matcher: IdentityMatcher
    ) -> [DocumentPlan.Candidate] {
        guard candidates.contains(where: { $0.draft.fields.uid != nil }) else { return candidates }
        let present = Set(files.files.map(\.path))
        let read = Set(candidates.map(\.draft.path))
        var owners: [String: String] = [:]
        let uids = Dictionary(matcher.rowsByUID.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        for file in index.files.values where present.contains(file.path) && !read.contains(file.path) {
            if let uid = file.rowID.flatMap({ uids[$0] }) { owners[uid] = file.path }
        }
        return candidates.filter { candidate in
            let draft = candidate.draft
            guard let uid = draft.fields.uid else { return true }
            if let owner = owners[uid], owner != draft.path {
                report.refusals.append(
                    draft.diagnostic(at: "id", "the id \"\(uid)\" is taken by \(files.display(owner))"))
                return false
            }
            owners[uid] = draft.path
            return true
        }
    }

    /// Without the posts whose own `path:` another post or page has.
    private mutating func refusingTakenPaths(_ targets: [DocumentTarget]) -> [DocumentTarget] {
        guard targets.contains(where: { $0.draft.fields.path != nil }) else { return targets }
        let own = Set(targets.map(\.id))
        var holders: [String: String] = [:]
        for post in index.posts.values where !own.contains(post.id) {
            holders[livePath(of: post)] = index.path(ofRow: post.id, .post).map(files.display) ?? "another post"
        }
        for page in index.pages.values {
            holders[page.path] = index.path(ofRow: page.id, .page).map(files.display) ?? "a page"
        }
        return targets.filter { target in
            guard let path = target.draft.fields.path?.text else { return true }
            if let holder = holders[path] {
                report.refusals.append(
                    target.draft.diagnostic(at: "path", "the path \"\(path)\" is taken by \(holder)"))
                keptPosts.insert(target.id)
                return false
            }
            holders[path] = target.draft.header.path
            return true
        }
    }

    private func holder(ofSlug slug: String) -> String? {
        guard let row = index.posts.values.first(where: { $0.slug == slug })?.id else { return nil }
        return index.path(ofRow: row, .post).map(files.display)
    }

    /// The `id` or `uuid` in rows' `extra`.
    private static func uids(_ rows: [(id: Int, extra: String?)]) -> [String: Int] {
        var uids: [String: Int] = [:]
        for (id, extra) in rows {
            guard let extra, let node = try? JSONReader.read(SourceText(path: "extra", text: extra)) else { continue }
            let entries = node.map ?? []
            for name in ["id", "uuid"] {
                guard let uid = entries.first(where: { $0.key.lowercased() == name })?.value.text?.trimmed else {
                    continue
                }
                if uids[uid] == nil { uids[uid] = id }
                break
            }
        }
        return uids
    }

    /// Where readers find a post.
    func livePath(of post: RowIndex.PostEntry) -> String {
        post.path
            ?? context.site.configuration.permalink.path(
                slug: post.slug, date: post.publishedAt, author: users.username(post.authorID) ?? "",
                timeZone: context.site.configuration.timeZone)
    }
}
