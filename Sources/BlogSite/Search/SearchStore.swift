/// What the search index keeps in `.blog/` between builds: the words of posts, and the list of files made from them. Losing
/// it costs finding the words anew.
struct SearchStore: Sendable {
    private let stateFolder: String
    private static let wordsName = "search.words"
    private static let shardsName = "search.shards"

    init(stateFolder: String) { self.stateFolder = stateFolder }

    /// The words of the posts at the last build.
    func table() throws(SiteError) -> SearchTable? {
        try folder().read(Self.wordsName).flatMap { SearchTable(bytes: $0) }
    }

    /// The files of the index, if it was made from these posts.
    func shards(_ key: ContentHash) throws(SiteError) -> [SearchIndex.Shard]? {
        guard let bytes = try folder().read(Self.shardsName) else { return nil }
        var reader = ByteReader(bytes)
        var shards: [SearchIndex.Shard] = []
        do {
            guard try reader.hash() == key else { return nil }
            for _ in 0..<(try reader.number()) {
                shards.append(.init(prefix: try reader.text(), hash: try reader.hash()))
            }
        } catch {
            return nil
        }
        return reader.isAtEnd ? shards : nil
    }

    func save(_ table: SearchTable) throws(SiteError) { try save(table.bytes, Self.wordsName) }

    func save(_ shards: [SearchIndex.Shard], _ key: ContentHash) throws(SiteError) {
        var writer = ByteWriter()
        writer.write(key)
        writer.write(shards.count)
        for shard in shards {
            writer.write(shard.prefix)
            writer.write(shard.hash)
        }
        try save(writer.bytes, Self.shardsName)
    }

    private func save(_ bytes: [UInt8], _ name: String) throws(SiteError) {
        let folder = try folder()
        try folder.write(bytes, to: name + ".new")
        try folder.rename(name + ".new", to: name)
    }

    private func folder() throws(SiteError) -> FileDescriptor { try FileDescriptor.folder(stateFolder, create: true) }
}
