package import BlogModels
package import ORM

/// Fields that commands have set. Import leaves such a field alone until the file's own value for it changes, see
/// ``LocalMark``.
package enum LocalFields {
    /// A field of a row that a command owns.
    package struct Owned: Sendable, Hashable {
        /// The column's name in Swift.
        package var field: String
        /// The file's value when the command overrode it, as text.
        package var fileValue: String?
    }

    /// Remembers that a command gave a field another value. A command that gives a field its file's value back gives the field
    /// back to the file.
    ///
    /// - `old`, `new`: the values before and after, as import writes them (`FieldText`).
    static func set(
        _ field: String, of row: Int, _ kind: ImportedKind, from old: String?, to new: String?, on session: any Session
    ) async throws {
        let known = LocalMark.filter { $0.kind == kind && $0.rowID == row && $0.field == field }
        if let mark = try await known.first(on: session) {
            if mark.fileValue == new { try await mark.delete(on: session) }
        } else if old != new {
            try await LocalMark.create(kind: kind, rowID: row, field: field, fileValue: old, on: session)
        }
    }

    /// The fields of a row that commands own, by name.
    package static func owned(_ kind: ImportedKind, row: Int, on session: any Session) async throws -> [Owned] {
        try await LocalMark.filter { $0.kind == kind && $0.rowID == row }.order { $0.field.asc }
            .select(into: Owned.init) { ($0.field, $0.fileValue) }.all(on: session)
    }

    /// Where the row's file is, relative to the site's folder; `nil` when it has none.
    package static func file(_ kind: ImportedKind, row: Int, on session: any Session) async throws -> String? {
        guard
            let file = try await ImportedFile.filter({ $0.kind == kind && $0.rowID == row && $0.isPresent })
                .order({ $0.source.asc }, { $0.path.asc }).first(on: session)
        else { return nil }
        return file.source.drop { $0 != ":" }.dropFirst() + "/" + file.path
    }
}
