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
        let imported = outline.documents.filter(\.isImported)
        guard !imported.isEmpty else { return }
        var live: [String: Target] = [:]
        for post in documents.index.posts.values { live[documents.livePath(of: post)] = .post(post.id) }
        for page in documents.index.pages.values { live[page.path] = .page(page.id) }
        var moves: [(path: String, target: Target)] = []
        for document in imported {
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
        let olds = imported.compactMap { document in document.oldPath.map { ($0, target(of: document)) } }
        for (path, target) in olds + moves where live[path] == nil && wanted[path] == nil { wanted[path] = target }
        var spent: [Int] = []
        for alias in documents.index.aliases {
            if live[alias.path] != nil { spent.append(alias.id) } else { wanted[alias.path] = nil }
        }
        if !spent.isEmpty {
            let gone = spent
            try await Alias.filter { $0.id.isIn(gone) }.delete(on: transaction)
        }
        var ids = try await Alias.idSequence(on: transaction) { $0.id }
        let rows = wanted.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .compactMap { path, target -> Alias.New? in
                switch target {
                case .post(let id):
                    missingRows[.post]?.contains(id) == true
                        ? nil : Alias.New(id: ids.next(), path: path, post: .id(id))
                case .page(let id):
                    missingRows[.page]?.contains(id) == true
                        ? nil : Alias.New(id: ids.next(), path: path, page: .id(id))
                }
            }
        try await Alias.insert(rows, on: transaction)
        if !rows.isEmpty || !spent.isEmpty { (documents.wrote, documents.movedPosts) = (true, true) }
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
