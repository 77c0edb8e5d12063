import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Reads the database of Isso: https://github.com/isso-comments/isso, `isso/db/comments.py`.
///
/// Its SQL is SQLite's: Isso has no other engine. Votes and the addresses of the authors' machines are not read.
struct IssoReader: ArchiveReader {
    private(set) var threads: [String: ArchivedThread] = [:]
    private(set) var refusals: [Diagnostic] = []
    let notes: [String] = []

    /// Of Isso's database, within one transaction: both readings see the same.
    private let session: any Session
    private let path: String
    private var last = Int.min
    private var rows: ArraySlice<Row> = []
    private var isAtEnd = false
    private static let batch = 500

    private struct Row: Sendable {
        var id: Int
        var thread: Int?
        var parent: Int?
        var created: Double?
        var mode: Int?
        var name: String?
        var email: String?
        var website: String?
        var text: String?
    }

    /// Throws a ``Diagnostic`` when the tables are not Isso's.
    init(_ session: any Session, named path: String) async throws {
        self.session = session
        self.path = path
        for (table, columns) in [
            "threads": ["id", "uri"],
            "comments": ["tid", "id", "parent", "created", "mode", "author", "email", "website", "text"],
        ].sorted(by: { $0.key < $1.key }) {
            let found = Set(
                try await Rows<String>.raw("SELECT name FROM pragma_table_info(\(table))").all(on: session))
            guard !found.isEmpty else {
                throw Diagnostic(path: path, message: "no database of Isso: it has no table \"\(table)\"")
            }
            if let missing = columns.first(where: { !found.contains($0) }) {
                throw Diagnostic(
                    path: path, message: "no database of Isso: its table \"\(table)\" has no column \"\(missing)\"")
            }
        }
        let known = try await Rows<Int, String?>.raw("SELECT CAST(id AS INTEGER), CAST(uri AS TEXT) FROM threads")
            .all(on: session)
        for (id, uri) in known {
            threads[String(id)] = ArchivedThread(
                names: [uri].compactMap(\.self).filter { !$0.isEmpty }.map(ThreadKey.path(ofAddress:)),
                place: RecordPlace(path: path))
        }
    }

    mutating func next() async throws -> ArchivedComment? {
        while true {
            if rows.isEmpty {
                if isAtEnd { return nil }
                try await readMore()
                continue
            }
            let row = rows.removeFirst()
            do throws(Diagnostic) {
                return try comment(row)
            } catch {
                refusals.append(error)
            }
        }
    }

    private mutating func readMore() async throws {
        let (last, batch) = (last, Self.batch)
        let found = try await Rows<Int, Int?, Int?, Double?, Int?, String?, String?, String?, String?>.raw(
            """
            SELECT id, CAST(tid AS INTEGER), CAST(parent AS INTEGER), CAST(created AS REAL), CAST(mode AS INTEGER), \
            CAST(author AS TEXT), CAST(email AS TEXT), CAST(website AS TEXT), CAST(text AS TEXT) \
            FROM comments WHERE id > \(last) ORDER BY id LIMIT \(batch)
            """
        ).all(on: session)
        rows =
            found.map {
                Row(
                    id: $0.0, thread: $0.1, parent: $0.2, created: $0.3, mode: $0.4, name: $0.5, email: $0.6,
                    website: $0.7, text: $0.8)
            }.sorted { $0.id < $1.id }[...]
        isAtEnd = rows.count < batch
        self.last = rows.last?.id ?? last
    }

    private func comment(_ row: Row) throws(Diagnostic) -> ArchivedComment {
        let place = RecordPlace(path: path)
        guard let thread = row.thread else { throw place.diagnostic("the comment \(row.id) names no thread") }
        // From 1970 to the year 10000.
        guard let created = row.created, (0..<253_402_300_800).contains(created) else {
            throw place.diagnostic("the comment \(row.id) has no date")
        }
        let status: CommentStatus
        switch row.mode {
        case 1: status = .approved
        case 2: status = .pending
        case 4: status = .deleted
        default:
            throw place.diagnostic(
                "the comment \(row.id) has the mode \(row.mode.map(String.init) ?? "NULL"), expected 1, 2 or 4")
        }
        let text = row.text ?? ""
        guard status == .deleted || !text.trimmed.isEmpty else {
            throw place.diagnostic("the comment \(row.id) is empty")
        }
        guard !text.utf8.contains(0) else { throw place.diagnostic("the comment \(row.id) has a NUL character") }
        let name = (row.name ?? "").trimmed
        let email = (row.email ?? "").trimmed
        return ArchivedComment(
            draft: CommentDraft(
                externalID: String(row.id), name: name.isEmpty ? "Anonymous" : TextLimit.cut(name, to: 200),
                url: row.website.flatMap { WebLink.checked($0.trimmed) },
                email: email.isEmpty || email.unicodeScalars.count > 320 ? nil : email, content: text,
                format: .markdown, date: Date(timeIntervalSince1970: created), status: status, place: place),
            parent: row.parent.map(String.init), thread: String(thread))
    }
}
