/// Keeps the related posts between builds: they depend on the tags of posts and on their order, which an edit of a text leaves
/// as they are. Losing the file costs finding them anew.
struct RelatedStore: Sendable {
    private let stateFolder: String
    private static let name = "related.posts"
    /// Raised when the same posts get other related ones, or the file another form.
    private static let version = 1

    init(stateFolder: String) { self.stateFolder = stateFolder }

    /// The related posts of the last build if it had the same tags in the same order, else those found now.
    func related(_ index: SiteIndex, workers: Int) async throws -> RelatedPosts {
        let folder = try FileDescriptor.folder(stateFolder, create: true)
        let key = Self.key(index)
        if let known = try folder.read(Self.name).flatMap({ Self.decode($0, key: key, posts: index.posts.count) }) {
            return known
        }
        let found = await RelatedPosts(index, workers: workers)
        try folder.write(Self.encode(found, key: key), to: Self.name + ".new")
        try folder.rename(Self.name + ".new", to: Self.name)
        return found
    }

    /// Changes with everything that related posts depend on.
    private static func key(_ index: SiteIndex) -> ContentHash {
        var print = Fingerprint()
        for number in [version, RelatedPosts.limit, RelatedPosts.reach, index.posts.count] { print.add(number) }
        for entry in index.posts {
            print.add(entry.post.tagIDs.count)
            for tag in entry.post.tagIDs { print.add(tag) }
        }
        return print.hash
    }

    private static func encode(_ related: RelatedPosts, key: ContentHash) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(key)
        writer.write(related.table)
        writer.write(ContentHash.checksum(of: writer.bytes))
        return writer.bytes
    }

    /// Nil for other posts, another version and a damaged file.
    private static func decode(_ bytes: [UInt8], key: ContentHash, posts count: Int) -> RelatedPosts? {
        var reader = ByteReader(bytes)
        do {
            guard try reader.hash() == key else { return nil }
            let table = try reader.numbers()
            let hash = bytes.withUnsafeBytes { ContentHash.checksum(of: $0.dropLast(16)) }
            guard try reader.hash() == hash, reader.isAtEnd else { return nil }
            return RelatedPosts(table: table, posts: count)
        } catch {
            return nil
        }
    }
}
