import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Finds the post that a request's path means: at the place it has now, or at one it had before.
struct PostPaths: Sendable {
    private struct Entry: Sendable {
        var start: Int
        var count: Int
        var place: Place
    }

    /// What is at a path.
    struct Place: Sendable, Hashable {
        var post: Int
        /// The post was there before; what is there now leads to its new place.
        var isAlias: Bool
    }

    /// All paths, one after the other: decoded, without slash or `index.html` at the end, with the site's base path.
    private var text: [UInt8] = []
    private var entries: [Entry] = []
    private(set) var hasAliases = false
    /// Places in `entries` by hash, -1 for none; open addressing, at most half full.
    private var slots = [Int32](repeating: -1, count: 64)

    /// - `basePath`: the path of the site's URL, with both slashes: `/` or `/blog/`.
    init(basePath: String = "/", _ places: [(path: String, place: Place)]) {
        let base = Self.normalized(Array(basePath.removingPercentEncoding.map(\.utf8) ?? basePath.utf8))
        var size = 64
        while size < places.count * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        for (path, place) in places { insert(base + Self.normalized(Array(path.utf8)), place) }
        hasAliases = places.contains { $0.place.isAlias }
    }

    /// What came first stays.
    private mutating func insert(_ path: [UInt8], _ place: Place) {
        path.withUnsafeBufferPointer { bytes in
            var slot = self.slot(of: bytes)
            while slots[slot] >= 0 {
                if matches(bytes, entries[Int(slots[slot])]) { return }
                slot = (slot + 1) & (slots.count - 1)
            }
            slots[slot] = Int32(entries.count)
            entries.append(Entry(start: text.count, count: path.count, place: place))
            text += path
        }
    }

    /// What is at a request's target or referrer; `scratch` is room for decoding.
    func place(at target: LogBytes, _ escaping: LogRequest.Escaping, _ scratch: inout [UInt8]) -> Place? {
        // Most paths stand for themselves: no percent sign, no backslash.
        if target.first == UInt8(ascii: "/"), target.index(of: UInt8(ascii: "%")) == nil,
            target.index(of: UInt8(ascii: "\\")) == nil
        {
            return find(Self.trimmed(Self.withoutQuery(target)))
        }
        scratch.removeAll(keepingCapacity: true)
        LogUnescaping.append(target, escaping, to: &scratch)
        return scratch.withUnsafeBufferPointer { unescaped -> [UInt8]? in
            let path = Self.withoutQuery(Self.withoutOrigin(unescaped))
            return path.first == UInt8(ascii: "/") ? LogUnescaping.percentDecoded(path) : nil
        }.flatMap { path in path.withUnsafeBufferPointer { find(Self.trimmed($0)) } }
    }

    private func find(_ path: LogBytes) -> Place? {
        var slot = self.slot(of: path)
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if matches(path, entry) { return entry.place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    @inline(__always)
    private func slot(of path: LogBytes) -> Int {
        Int(truncatingIfNeeded: ByteHash.hash(path)) & (slots.count - 1)
    }

    @inline(__always)
    private func matches(_ path: LogBytes, _ entry: Entry) -> Bool {
        guard path.count == entry.count else { return false }
        return text.withUnsafeBufferPointer { text in
            for index in 0..<path.count where path[index] != text[entry.start + index] { return false }
            return true
        }
    }

    // MARK: The form of paths

    private static func normalized(_ path: [UInt8]) -> [UInt8] {
        path.withUnsafeBufferPointer { Array(trimmed($0)) }
    }

    /// Without the slashes at the end, and without `index.html` before them.
    private static func trimmed(_ path: LogBytes) -> LogBytes {
        func withoutSlashes(_ end: Int) -> Int {
            var end = end
            while end > 0, path[end - 1] == UInt8(ascii: "/") { end -= 1 }
            return end
        }
        let index: StaticString = "/index.html"
        let size = index.utf8CodeUnitCount
        var end = path.count
        if end >= size, path.bytes(end - size, end).equals(index) { end -= size }
        return path.bytes(0, withoutSlashes(end))
    }

    private static func withoutQuery(_ target: LogBytes) -> LogBytes {
        let query = target.index(of: UInt8(ascii: "?")) ?? target.count
        return target.bytes(0, target.bytes(0, query).index(of: UInt8(ascii: "#")) ?? query)
    }

    /// `http://example.org/path`, as clients of proxies write it (RFC 9112, section 3.2.2).
    private static func withoutOrigin(_ target: LogBytes) -> LogBytes {
        for scheme in ["http://", "https://"] as [StaticString] where target.starts(with: scheme) {
            let path = target.index(of: UInt8(ascii: "/"), from: scheme.utf8CodeUnitCount) ?? target.count
            return target.bytes(from: path)
        }
        return target
    }
}

extension PostPaths {
    /// Where all posts of a site are, and their aliases.
    static func load(_ configuration: SiteConfiguration, on session: any Session) async throws -> PostPaths {
        let posts = try await Post.order { $0.id.asc }
            .select { ($0.id, $0.slug, $0.path, $0.publishedAt, $0.author.username) }.all(on: session)
        var places = posts.map { id, slug, path, publishedAt, author in
            let place =
                path
                ?? configuration.permalink.path(
                    slug: slug, date: publishedAt, author: author, timeZone: configuration.timeZone)
            return (path: place, place: Place(post: id, isAlias: false))
        }
        let aliases = try await Alias.filter { $0.post != nil }.order { $0.path.asc }.all(on: session)
        places += aliases.compactMap { alias in alias.post.map { (alias.path, Place(post: $0.id, isAlias: true)) } }
        return PostPaths(basePath: configuration.basePath, places)
    }
}
