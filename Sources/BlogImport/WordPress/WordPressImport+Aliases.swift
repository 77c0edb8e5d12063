import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension WordPressImport {
    /// Where a document is after the import.
    private enum Target: Hashable {
        case post(Int)
        case page(Int)
    }

    /// Makes aliases of the paths that documents had in WordPress, and before this import. A path where a document is now is
    /// nobody's alias, and one that is an alias already stays it.
    mutating func writeAliases() async throws {
        let imported = outline.documents.lazy.filter(\.isImported)
        guard !imported.isEmpty else { return }
        var live: [String: Target] = [:]
        for post in documents.index.posts.values { live[documents.livePath(of: post)] = .post(post.id) }
        for page in documents.index.pages.values { live[page.path] = .page(page.id) }
        var moves: [(path: String, target: Target)] = []
        for document in imported where !document.isNew {
            let old: String?
            if document.kind == .post {
                let entry = documents.index.posts[document.rowID]
                old = entry.flatMap { $0.published ? documents.livePath(of: $0) : nil }
                if let entry { live[documents.livePath(of: entry)] = nil }
            } else {
                old = documents.index.pages[document.rowID]?.path
                if let old { live[old] = nil }
            }
            if let old { moves.append((old, target(of: document))) }
        }
        for document in imported { live[path(of: document)] = target(of: document) }
        var wanted: [String: Target] = [:]
        func want(_ path: String, _ target: Target) {
            if live[path] == nil, wanted[path] == nil { wanted[path] = target }
        }
        for document in imported { if let old = document.oldPath { want(old, target(of: document)) } }
        for (path, target) in moves { want(path, target) }
        var spent: [Int] = []
        for alias in documents.index.aliases {
            if live[alias.path] != nil { spent.append(alias.id) } else { wanted[alias.path] = nil }
        }
        if !spent.isEmpty {
            let gone = spent
            try await Alias.filter { $0.id.isIn(gone) }.delete(on: transaction)
            (documents.wrote, documents.movedPosts) = (true, true)
        }
        live = [:]
        try await insert(wanted)
    }

    /// Inserts aliases in the order of their paths, some at a time.
    private mutating func insert(_ aliases: [String: Target]) async throws {
        var ids = try await Alias.idSequence(on: transaction) { $0.id }
        let paths = aliases.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for start in stride(from: 0, to: paths.count, by: 500) {
            let rows = paths[start..<min(start + 500, paths.count)].compactMap { path -> Alias.New? in
                switch aliases[path] {
                case .post(let id) where missingRows[.post]?.contains(id) != true:
                    Alias.New(id: ids.next(), path: path, post: .id(id))
                case .page(let id) where missingRows[.page]?.contains(id) != true:
                    Alias.New(id: ids.next(), path: path, page: .id(id))
                default: nil
                }
            }
            try await Alias.insert(rows, on: transaction)
            if !rows.isEmpty { (documents.wrote, documents.movedPosts) = (true, true) }
        }
    }

    private func target(of document: WordPressOutline.Document) -> Target {
        document.kind == .page ? .page(document.rowID) : .post(document.rowID)
    }

    private func path(of document: WordPressOutline.Document) -> String {
        guard document.kind == .post else { return document.finalKey }
        return documents.livePath(
            of: RowIndex.PostEntry(
                id: document.rowID, slug: document.finalKey, path: nil, publishedAt: document.date?.asStored,
                authorID: document.authorID, published: document.isPublished))
    }
}
