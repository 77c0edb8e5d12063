import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// The rows that a Markdown import must know to decide: keys and names of everything, bodies of nothing.
struct RowIndex: Sendable {
    struct PostEntry: Sendable, Hashable {
        var id: Int
        var slug: String
        var path: String?
        var publishedAt: Date?
        var authorID: Int
        var published: Bool
    }

    struct PageEntry: Sendable, Hashable {
        var id: Int
        var path: String
    }

    var posts: [Int: PostEntry] = [:]
    var pages: [Int: PageEntry] = [:]
    /// The files of this source, by path.
    var files: [String: ImportedFile] = [:]
    /// Rows of posts and pages that some source has a file for.
    var presentPosts: Set<Int> = []
    var presentPages: Set<Int> = []
    /// Those of them that another source has a file for.
    var elsewhere: [ImportedKind: Set<Int>] = [:]
    var aliases: [Alias] = []

    /// Paths of this source's files by the row they made, for messages; of several the first.
    func path(ofRow id: Int, _ kind: ImportedKind) -> String? {
        files.values.filter { $0.kind == kind && $0.rowID == id && $0.isPresent }.map(\.path).min()
    }

    static func load(source: String, site: Site, on session: any Session) async throws -> RowIndex {
        var index = RowIndex()
        let posts = try await Post.order { $0.id.asc }
            .select { ($0.id, $0.slug, $0.path, $0.publishedAt, $0.author.id, $0.published) }.all(
                on: session)
        for (id, slug, path, publishedAt, authorID, published) in posts {
            index.posts[id] = PostEntry(
                id: id, slug: slug, path: path, publishedAt: publishedAt, authorID: authorID, published: published)
        }
        let pages = try await BlogModels.Page.order { $0.id.asc }
            .select { ($0.id, $0.path) }.all(on: session)
        for (id, path) in pages {
            index.pages[id] = PageEntry(id: id, path: path)
        }
        // A source that blog.yml does not name any more, in a folder that is gone, has no files.
        var known = Dictionary(uniqueKeysWithValues: Set(site.configuration.sources.map(\.name)).map { ($0, true) })
        known[source] = true
        func isThere(_ source: String) -> Bool {
            if let answer = known[source] { return answer }
            let path = source.drop { $0 != ":" }.dropFirst()
            let answer = FileManager.default.fileExists(
                atPath: path.hasPrefix("/") ? String(path) : "\(site.root)/\(path)")
            known[source] = answer
            return answer
        }
        for file in try await ImportedFile.filter({ $0.kind != .comment }).all(on: session) {
            if file.isPresent, isThere(file.source), let row = file.rowID {
                if file.kind == .post { index.presentPosts.insert(row) }
                if file.kind == .page { index.presentPages.insert(row) }
                if file.source != source { index.elsewhere[file.kind, default: []].insert(row) }
            }
            if file.source == source { index.files[file.path] = file }
        }
        index.aliases = try await Alias.order { $0.id.asc }.all(on: session)
        return index
    }
}

/// Gives ids in the order in which rows are made, from the largest there is on.
struct IDSequence: Sendable {
    private var last: Int

    init(after last: Int) {
        self.last = last
    }

    mutating func next() -> Int {
        last += 1
        return last
    }

    /// What ``next()`` will give.
    var upcoming: Int { last + 1 }

    /// Gives no id up to this one: it may still be remembered for a row that is gone.
    mutating func skip(to id: Int?) {
        last = max(last, id ?? 0)
    }
}

extension Model where ID == Int {
    /// The ids that new rows get.
    static func idSequence(
        on session: any Session, _ id: (Scope<Self, Self>) -> Expr<Int>
    ) async throws -> IDSequence {
        IDSequence(after: try await Query<Self>().max(on: session, id) ?? 0)
    }
}
