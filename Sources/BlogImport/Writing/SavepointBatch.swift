import ORM

/// Writes records in savepoints, so that a record that the database refuses costs that record and nothing else.
///
/// A chunk is tried as a whole, which is fast; only when it fails are its records written one by one.
enum SavepointBatch {
    /// A record that was not written.
    struct Refusal<Record: Sendable>: Sendable {
        var record: Record
        var error: ORMError
    }

    /// What the chunks gave, and what the database refused.
    struct Result<Record: Sendable, Output: Sendable>: Sendable {
        var outputs: [Output] = []
        var refusals: [Refusal<Record>] = []
    }

    /// Calls `write` with the records in order, in chunks, within the current transaction.
    ///
    /// Chunks are small, because SQLite goes through what a savepoint keeps at the end of each statement that fires triggers.
    ///
    /// Only what is a record's own fault is caught (a broken constraint, a value that no column takes): a full disk or a
    /// lost connection ends the import.
    static func write<Record: Sendable, Output: Sendable>(
        _ records: [Record], chunk size: Int = 50, on transaction: Transaction,
        _ write: @Sendable ([Record]) async throws -> Output
    ) async throws -> Result<Record, Output> {
        var result = Result<Record, Output>()
        for start in stride(from: 0, to: records.count, by: size) {
            let chunk = Array(records[start..<min(start + size, records.count)])
            do {
                result.outputs.append(try await transaction.transaction { _ in try await write(chunk) })
            } catch let error as ORMError where error.isAboutOneRecord {
                guard chunk.count > 1 else {
                    result.refusals.append(Refusal(record: chunk[0], error: error))
                    continue
                }
                for record in chunk {
                    do {
                        result.outputs.append(try await transaction.transaction { _ in try await write([record]) })
                    } catch let error as ORMError where error.isAboutOneRecord {
                        result.refusals.append(Refusal(record: record, error: error))
                    }
                }
            }
        }
        return result
    }

    /// Saves changed rows, each with the target it came from, and gives the ids of those that are saved.
    static func save<Target: Sendable, Row: Model>(
        _ changes: [(target: Target, row: Row)], on transaction: Transaction
    ) async throws -> (saved: Set<Row.ID>, refusals: [Refusal<Target>]) {
        let result = try await write(changes, on: transaction) { chunk in
            for (_, row) in chunk {
                var row = row
                try await row.save()
            }
            return chunk.map(\.row.id)
        }
        return (
            Set(result.outputs.joined()), result.refusals.map { Refusal(record: $0.record.target, error: $0.error) }
        )
    }
}

extension ORMError {
    /// Whether the values of a record are at fault rather than the database.
    fileprivate var isAboutOneRecord: Bool {
        if code == .validationFailure { return true }
        return switch database?.kind {
        case .unique, .foreignKey, .notNull, .check: true
        default: false
        }
    }
}
