/// Decides which file is which row. Pure: the five steps of product.md over keys alone.
///
/// 1. the `id` or `uuid` of the front matter · 2. the same path in the same source · 3. a new file whose body equals exactly one
/// vanished file's: a rename · 4. the slug, if that row has no file any more · 5. otherwise a new row.
struct IdentityMatcher: Sendable {
    /// A file that asks which row it is.
    struct File: Sendable, Hashable {
        var path: String
        var uid: String?
        var bodyDigest: String?
        /// Slug of a post, path of a page.
        var key: String
    }

    /// How a file found its row.
    enum Match: Sendable, Hashable {
        case uid(Int)
        case path(Int)
        case rename(Int, from: String)
        case key(Int)
        case new

        var rowID: Int? {
            switch self {
            case .uid(let id), .path(let id), .rename(let id, _), .key(let id): id
            case .new: nil
            }
        }
    }

    /// Rows by the `id` or `uuid` that their front matter had.
    var rowsByUID: [String: Int] = [:]
    /// Rows by the path of their file, gone or not.
    var rowsByPath: [String: Int] = [:]
    /// Files that are gone: path, body, row.
    var vanished: [(path: String, bodyDigest: String?, row: Int)] = []
    /// Rows without any file, by slug (posts) or path (pages).
    var rowsWithoutFileByKey: [String: Int] = [:]

    init() {}

    /// The match of each file, in the order of `files`. No row is given to two files; the earlier step wins, then the
    /// earlier file.
    func match(_ files: [File]) -> [Match] {
        var matches = [Match?](repeating: nil, count: files.count)
        var claimed: Set<Int> = []
        func claim(_ index: Int, _ row: Int, _ match: Match) {
            if claimed.insert(row).inserted { matches[index] = match }
        }
        for (index, file) in files.enumerated() {
            if let uid = file.uid, let row = rowsByUID[uid] { claim(index, row, .uid(row)) }
        }
        for (index, file) in files.enumerated() where matches[index] == nil {
            if let row = rowsByPath[file.path] { claim(index, row, .path(row)) }
        }
        matchRenames(files, &matches, &claimed)
        for (index, file) in files.enumerated() where matches[index] == nil {
            if let row = rowsWithoutFileByKey[file.key] { claim(index, row, .key(row)) }
        }
        return matches.map { $0 ?? .new }
    }

    private func matchRenames(_ files: [File], _ matches: inout [Match?], _ claimed: inout Set<Int>) {
        var newByBody: [String: [Int]] = [:]
        for (index, file) in files.enumerated() where matches[index] == nil {
            if let body = file.bodyDigest { newByBody[body, default: []].append(index) }
        }
        var goneByBody: [String: [(path: String, row: Int)]] = [:]
        for file in vanished where !claimed.contains(file.row) {
            if let body = file.bodyDigest { goneByBody[body, default: []].append((file.path, file.row)) }
        }
        // Of two new files with the same text neither is known to be the old one.
        for (body, indices) in newByBody where indices.count == 1 {
            guard let gone = goneByBody[body], gone.count == 1 else { continue }
            if claimed.insert(gone[0].row).inserted {
                matches[indices[0]] = .rename(gone[0].row, from: gone[0].path)
            }
        }
    }
}
