import BlogModels
import ORM

/// Finds the post that a comment's folder means.
///
/// Folder and post are compared as slugs: first the post's slug, then its file's name without and with its date (as Jekyll and
/// Staticman have them), then its own path, then the paths it had before.
struct ThreadResolver: Sendable {
    private var posts: [String: Int] = [:]

    /// No post at all.
    init() {}

    static func load(on session: any Session) async throws -> ThreadResolver {
        var resolver = ThreadResolver()
        let posts = try await Post.order { $0.id.asc }.select { ($0.id, $0.slug, $0.path) }
            .all(on: session)
        for (id, slug, _) in posts { resolver.add(slug, id) }
        let files = try await ImportedFile.filter { $0.kind == .post && $0.isPresent }
            .order({ $0.source.asc }, { $0.path.asc })
            .select { ($0.path, $0.rowID) }.all(on: session)
        let known = Set(posts.map(\.0))
        let places = files.compactMap { path, row in
            row.flatMap { known.contains($0) ? (place: FilePlace(path: path, kind: .post), row: $0) : nil }
        }
        for (place, row) in places { place.slug.map { resolver.add($0.text, row) } }
        for (place, row) in places { resolver.add(place.stem, row) }
        for (id, _, path) in posts { if let path { resolver.add(path: path, id) } }
        let aliases = try await Alias.filter { $0.post != nil }.order { $0.path.asc }.all(on: session)
        for alias in aliases { if let post = alias.post { resolver.add(path: alias.path, post.id) } }
        return resolver
    }

    /// The post that a folder's path (or a slug, or a page's path) means.
    func post(for thread: String) -> Int? {
        if let whole = Slug(name: thread), let post = posts[whole.text] { return post }
        return thread.split(separator: "/").last.flatMap { Slug(name: String($0)) }.flatMap { posts[$0.text] }
    }

    private mutating func add(path: String, _ post: Int) {
        add(path, post)
        if let last = path.split(separator: "/").last {
            add(last.hasSuffix(".html") ? String(last.dropLast(5)) : String(last), post)
        }
    }

    /// What came first stays.
    private mutating func add(_ name: String, _ post: Int) {
        guard let slug = Slug(name: name), posts[slug.text] == nil else { return }
        posts[slug.text] = post
    }
}

/// Comments whose post was not there when they came.
enum OrphanComments {
    /// Gives each orphan its post, if that is there now, and says whether any was.
    static func attach(on session: any Session, report: inout ImportReport) async throws -> Bool {
        let orphans = try await Comment.filter { $0.post == nil }.order { $0.id.asc }
            .select { ($0.id, $0.threadKey) }.all(on: session)
        guard !orphans.isEmpty else { return false }
        let resolver = try await ThreadResolver.load(on: session)
        var idsByPost: [Int: [Int]] = [:]
        for (id, thread) in orphans {
            if let post = resolver.post(for: thread) { idsByPost[post, default: []].append(id) }
        }
        for (post, ids) in idsByPost.sorted(by: { $0.key < $1.key }) {
            report.comments.updated += try await Comment.filter { $0.id.isIn(ids) }
                .update(.set(\.post, .id(post)), .set(\.updatedAt) { $0.updatedAt }, on: session)
        }
        return !idsByPost.isEmpty
    }
}
