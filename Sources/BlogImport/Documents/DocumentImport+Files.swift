import BlogModels
import ORM

extension DocumentImport {
    /// Remembers which file became which row. Rows that say so already are not touched.
    mutating func writeFileRecords() async throws {
        var ids = try await ImportedFile.idSequence(on: transaction) { $0.id }
        var additions: [ImportedFile.New] = []
        let records = fileRecords.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        for record in records {
            guard var row = index.files[record.path] else {
                additions.append(
                    ImportedFile.New(
                        id: ids.next(), source: source.name, path: record.path, kind: record.kind,
                        digest: record.digest,
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
        guard !additions.isEmpty else { return }
        try await ImportedFile.insert(additions, on: transaction)
        wrote = true
    }
}
