import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension WordPressImport {
    /// Finds or makes the row of each document, and refuses those whose slug or path another one has.
    mutating func planDocuments() async throws {
        outlinePagePaths()
        try await plan(.post)
        try await plan(.page)
        for index in outline.documents.indices where outline[index].isImported {
            outline[index].authorID = userIDs[outline.names[outline[index].creator]] ?? 0
            if outline[index].kind == .post {
                _ = documents.tags.ids(of: outline[index].tags.map { outline.names[$0] })
            }
        }
    }

    /// A page's path is made of the slugs of the pages above it, wherever in the file they are.
    private mutating func outlinePagePaths() {
        var pages: [Int: Int] = [:]
        for (index, document) in outline.documents.enumerated() where document.kind == .page && !document.isSuperseded {
            pages[document.number] = index
        }
        for index in pages.values {
            var parts = [outline[index].slug.text]
            var above = outline[index].parent
            // A circle of pages has no top; real ones are a few levels deep.
            while let parent = pages[above], parts.count < 16, parent != index {
                parts.insert(outline[parent].slug.text, at: 0)
                above = outline[parent].parent
            }
            outline[index].finalKey = "/" + parts.joined(separator: "/") + "/"
        }
    }

    private mutating func plan(_ kind: ImportedKind) async throws {
        let currentKeys =
            kind == .post ? documents.index.posts.mapValues(\.slug) : documents.index.pages.mapValues(\.path)
        let present = kind == .post ? documents.index.presentPosts : documents.index.presentPages
        var open = outline.documents.indices.filter { outline[$0].kind == kind && outline[$0].isImported }
        guard !open.isEmpty else { return }
        let matches = matcher(kind, keys: currentKeys, present: present).match(
            open.map { index in
                .init(
                    path: outline[index].key, uid: nil, bodyDigest: nil,
                    key: kind == .post ? outline[index].slug.text : outline[index].finalKey)
            })
        let rows = Dictionary(uniqueKeysWithValues: zip(open, matches.map(\.rowID)))
        var ids =
            kind == .post
            ? try await Post.idSequence(on: transaction) { $0.id }
            : try await BlogModels.Page.idSequence(on: transaction) { $0.id }
        ids.skip(to: documents.index.files.values.filter { $0.kind == kind }.compactMap(\.rowID).max())
        var assignments: [SlugAssigner.Assignment] = []
        // A refused document's row keeps its slug, which may be the one another was to get: begin again without it.
        while true {
            let taken = Set(open.compactMap { rows[$0] ?? nil })
            let assigner = SlugAssigner(taken: Set(currentKeys.filter { !taken.contains($0.key) }.values)) {
                kind == .page ? DocumentPlan.numberedPath($0, $1) : "\($0)-\($1)"
            }
            assignments = assigner.assign(
                open.map { index in
                    SlugAssigner.Request(
                        wanted: kind == .post ? outline[index].slug.text : outline[index].finalKey,
                        isExplicit: outline[index].isSlugExplicit,
                        current: (rows[index] ?? nil).flatMap { currentKeys[$0] })
                })
            var refused: Set<Int> = []
            for (position, index) in open.enumerated() {
                guard case .refused(let by) = assignments[position] else { continue }
                try await refuse(index, for: by.map { open[$0] }, keys: currentKeys)
                if let row = rows[index] ?? nil { keptRows[kind, default: []].insert(row) }
                refused.insert(index)
            }
            if refused.isEmpty { break }
            open.removeAll { refused.contains($0) }
        }
        for (position, index) in open.enumerated() {
            switch assignments[position] {
            case .given(let key): outline[index].finalKey = key
            case .numbered(let key):
                let wanted = kind == .post ? outline[index].slug.text : outline[index].finalKey
                let message = "\"\(wanted)\" is taken, so this is \"\(key)\""
                documents.report.warnings.append(outline.place(of: outline[index]).diagnostic(message, .warning))
                outline[index].finalKey = key
            case .refused: continue
            }
            let row = rows[index] ?? nil
            outline[index].rowID = row ?? ids.next()
            outline[index].isNew = row == nil
        }
    }

    private mutating func refuse(_ index: Int, for other: Int?, keys: [Int: String]) async throws {
        let document = outline[index]
        let key = document.kind == .post ? document.slug.text : document.finalKey
        var holder = other.map { "the one in line \(outline[$0].line)" }
        if holder == nil, let row = keys.first(where: { $0.value == key })?.key {
            let kind = document.kind
            let file = try await ImportedFile.filter { $0.kind == kind && $0.rowID == row && $0.isPresent }
                .order({ $0.source.asc }, { $0.path.asc }).first(on: transaction)
            holder = file.map { file in
                let folder = file.source.drop { $0 != ":" }.dropFirst()
                return file.source.hasPrefix("wxr:") ? String(folder) : "\(folder)/\(file.path)"
            }
            outline[index].rowID = row
        } else if let other {
            outline[index].rowID = outline[other].rowID
        }
        outline[index].isRefused = true
        documents.report.refusals.append(
            outline.place(of: document).diagnostic(
                "the \(document.kind == .page ? "path" : "slug") \"\(key)\" is taken\(holder.map { " by \($0)" } ?? "")",
                suggestion: document.kind == .post ? "its comments go there" : nil))
    }

    /// What is known of the rows of a kind and of the records they came from.
    private func matcher(_ kind: ImportedKind, keys: [Int: String], present: Set<Int>) -> IdentityMatcher {
        var matcher = IdentityMatcher()
        let current =
            documents.index.files.isEmpty
            ? [] : Set(outline.documents.lazy.filter { $0.kind == kind && $0.isImported }.map(\.key))
        var gone: Set<Int> = []
        for file in documents.index.files.values where file.kind == kind {
            guard let row = file.rowID, keys[row] != nil else { continue }
            matcher.rowsByPath[file.path] = row
            if !current.contains(file.path) { gone.insert(row) }
        }
        for (row, key) in keys where !present.contains(row) || gone.contains(row) {
            matcher.rowsWithoutFileByKey[key] = row
        }
        return matcher
    }

    /// The records of earlier imports that the export has no more.
    func vanishedRecords(_ kind: ImportedKind) -> [ImportedFile] {
        guard documents.index.files.values.contains(where: { $0.kind == kind }) else { return [] }
        let current = Set(outline.documents.lazy.filter { $0.kind == kind && !$0.isSuperseded }.map(\.key))
        return documents.index.files.values.filter { $0.kind == kind && !current.contains($0.path) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
