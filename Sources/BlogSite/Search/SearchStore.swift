/// What the search index keeps in `.blog/` between builds: the words of posts, and the list of files made from them. Losing
/// it costs finding the words anew.
struct SearchStore: Sendable {
    private let stateFolder: String
    /// The table; the rows it tells of; the list of files, which is all that a build reads when no word changed.
    private static let wordsName = "search.words"
    private static let rowsName = "search.rows"
    private static let shardsName = "search.shards"

    init(stateFolder: String) { self.stateFolder = stateFolder }

    /// What is known of the words of the posts at the last build.
    func table() throws(SiteError) -> SearchTable? {
        try folder().read(Self.wordsName).flatMap { SearchTable(bytes: $0) }
    }

    /// The rows of posts.
    func rows() throws(SiteError) -> SearchRowFile { try SearchRowFile(folder(), name: Self.rowsName) }

    /// The files of the index, if it was made from the posts that the key stands for.
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

    /// Records an update. The list of files comes last: without it, or with that of other posts, all files are made again.
    func save(_ result: SearchUpdate.Result) throws(SiteError) {
        try save(result.table.bytes, Self.wordsName)
        var writer = ByteWriter()
        writer.write(result.table.key)
        writer.write(result.shards.count)
        for shard in result.shards {
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
