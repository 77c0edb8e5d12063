import BlogModels
import ORM

/// What an import remembers of a file: the row that came of it, and what tells whether it is still the same file.
struct FileRecord: Sendable {
    var path: String
    var kind: ImportedKind
    var digest: String
    var bodyDigest: String?
    var rowID: Int?

    /// Writes what is remembered of a source's files, new ones in the order given. Rows that say so already are not touched.
    ///
    /// - `known`: the source's rows of earlier imports, by path.
    /// - Returns: whether anything was written.
    static func write(
        _ records: [FileRecord], of source: String, known: [String: ImportedFile], on transaction: Transaction
    ) async throws -> Bool {
        var ids = try await ImportedFile.idSequence(on: transaction) { $0.id }
        var additions: [ImportedFile.New] = []
        var wrote = false
        for record in records {
            guard var row = known[record.path] else {
                additions.append(
                    ImportedFile.New(
                        id: ids.next(), source: source, path: record.path, kind: record.kind, digest: record.digest,
                        bodyDigest: record.bodyDigest, rowID: record.rowID))
                continue
            }
            if row.kind != record.kind { row.kind = record.kind }
            if row.digest != record.digest { row.digest = record.digest }
            if row.bodyDigest != record.bodyDigest { row.bodyDigest = record.bodyDigest }
            if row.rowID != record.rowID { row.rowID = record.rowID }
            if !row.isPresent { row.isPresent = true }
            guard !row.changedColumns.isEmpty else { continue }
            try await row.save()
            wrote = true
        }
        guard !additions.isEmpty else { return wrote }
        try await ImportedFile.insert(additions, on: transaction)
        return true
    }
}
