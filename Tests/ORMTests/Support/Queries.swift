@testable import ORM
import ORMSQLite
import ORMTesting

/// The statements that `body` runs.
func recorded(in body: nonisolated(nonsending) () async throws -> Void) async throws -> [String] {
    try await recordQueries(body).map(\.sql)
}

/// The rows of a statement as it stands, on the bound database.
func rows<Decoder: RowDecoder>(of sql: String, _ decoder: Decoder) async throws -> [Decoder.Output] {
    try await withLease(nil, .readOnly) { lease in try await lease.fetch(Statement(sql), decoder) }
}

/// Runs a statement as it stands on the bound database: what another program may do to the file.
func execute(_ sql: String) async throws {
    try await withLease(nil, .readWrite) { lease in _ = try await lease.execute(Statement(sql)) }
}

/// How SQLite spells things.
let sqlite: any Dialect = SQLiteDriver.inMemory.dialect
