import BlogModels
import ORM

/// Finds the post that a comment's folder means.
///
/// Folder and post are compared as slugs: first the post's slug, then its file's name without and with its date (as Jekyll and
/// Staticman have them), then its own path, then the paths it had before, then the address that it had in WordPress.
struct ThreadResolver: Sendable {
    private var posts: [String: Int] = [:]
    /// The addresses that posts had in a WordPress export, see ``ThreadKey/normalized(_:)``.
    private var addresses: [String: Int] = [:]

    /// No post at all.
    init() {}

    static func load(on session: any Session) async throws -> ThreadResolver {
        var resolver = ThreadResolver()
        let posts = try await Post.order { $0.id.asc }.select { ($0.id, $0.slug, $0.path) }
            .all(on: session)
        for (id, slug, _) in posts { resolver.add(slug, id) }
        let files = try await ImportedFile.filter { $0.kind == .post && $0.isPresent }
            .order({ $0.source.asc }, { $0.path.asc })
            .select { ($0.source, $0.path, $0.rowID) }.all(on: session)
        let known = Set(posts.map(\.0))
        var places: [(place: FilePlace, row: Int)] = []
        for (source, path, row) in files {
            guard let row, known.contains(row) else { continue }
            if let address = WordPressKey.address(ofPost: path) {
                resolver.addresses[ThreadKey.normalized(address)] = row
            } else if source.hasPrefix("markdown:") {
                places.append((FilePlace(path: path, kind: .post), row))
            }
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
        if !addresses.isEmpty {
            // The Disqus plug-in of WordPress has identifiers such as `12 https://example.org/?p=12`.
            let address = thread.split(separator: " ").last.map(String.init) ?? thread
            if let post = addresses[ThreadKey.normalized(address)] { return post }
        }
        var parts = thread.split(separator: "/")
        if let last = parts.last, last.hasPrefix("index.") { parts.removeLast() }
        guard var name = parts.last else { return nil }
        if let post = Slug(name: String(name)).flatMap({ posts[$0.text] }) { return post }
        guard let ending = [".html", ".htm", ".php"].first(where: { name.hasSuffix($0) }) else { return nil }
        name = name.dropLast(ending.count)
        return Slug(name: String(name)).flatMap { posts[$0.text] }
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
