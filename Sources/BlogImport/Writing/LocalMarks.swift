import BlogModels
import ORM

/// Which fields of some rows a command has set, and the values that the files had then.
///
/// A file's value is written only if there is no mark, or if it is no longer the one that the command overrode: then the mark
/// has done its work and goes.
struct LocalMarks: Sendable {
    private struct Key: Hashable, Sendable {
        var rowID: Int
        var field: String
    }

    private var marks: [Key: LocalMark] = [:]
    /// Marks to delete.
    private(set) var spent: [Int] = []

    init(_ rows: [LocalMark]) {
        for row in rows { marks[Key(rowID: row.rowID, field: row.field)] = row }
    }

    /// The marks of these rows.
    static func load(_ kind: ImportedKind, rows: [Int], on session: any Session) async throws -> LocalMarks {
        guard !rows.isEmpty else { return LocalMarks([]) }
        return LocalMarks(
            try await LocalMark.filter { $0.kind == kind && $0.rowID.isIn(rows) }.all(on: session))
    }

    /// Whether the file's value may be written. Ends a mark whose file has changed its mind.
    mutating func permits(_ field: String, of rowID: Int, value: String?) -> Bool {
        let key = Key(rowID: rowID, field: field)
        guard let mark = marks[key] else { return true }
        guard mark.fileValue != value else { return false }
        marks[key] = nil
        spent.append(mark.id)
        return true
    }

    /// Whether a command owns the field.
    func has(_ field: String, of rowID: Int) -> Bool {
        marks[Key(rowID: rowID, field: field)] != nil
    }

    /// Ends a mark.
    mutating func remove(_ field: String, of rowID: Int) {
        guard let mark = marks.removeValue(forKey: Key(rowID: rowID, field: field)) else { return }
        spent.append(mark.id)
    }

    /// Deletes the marks that have done their work.
    mutating func deleteSpent(on session: any Session) async throws {
        guard !spent.isEmpty else { return }
        let ids = spent
        try await LocalMark.filter { $0.id.isIn(ids) }.delete(on: session)
        spent = []
    }
}
