import ORM

/// What must be true of a SQLite database at the end of a migration, in which nobody enforced it: rows point to rows that are there, and
/// views and triggers fit the tables. The last steps of <https://sqlite.org/lang_altertable.html#otheralter>.
struct SQLiteIntegrity {
    /// A row that points to one that is not there: <https://sqlite.org/pragma.html#pragma_foreign_key_check>.
    private struct Violation: Hashable {
        let table: String
        /// `nil` in a table without rowids.
        let row: Int?
        let parent: String
    }

    /// Those that were there before are not the migration's.
    private let known: Set<Violation>

    /// Looks before the migration changes anything.
    init(before plan: MigrationPlan, on transaction: Transaction) async throws {
        known = plan.mayBreakForeignKeys ? Set(try await Self.violations(on: transaction)) : []
    }

    /// Throws `.migration` for what the migration has broken.
    func check(after plan: MigrationPlan, on transaction: Transaction) async throws {
        let migration = plan.migration
        if plan.mayBreakForeignKeys {
            let broken = try await Self.violations(on: transaction).filter { !known.contains($0) }
            if !broken.isEmpty {
                let examples = broken.prefix(5).map { "\($0.table)\($0.row.map { " \($0)" } ?? "") to \($0.parent)" }
                throw SchemaState.refusal(
                    "\(migration.name) (\(migration.file)): \(broken.count) \(broken.count == 1 ? "row" : "rows") would point to rows that are not there "
                        + "(\(examples.joined(separator: ", "))\(broken.count > 5 ? ", …" : "")): delete them or let them point elsewhere before"
                )
            }
        }
        do {
            // Renaming a column has SQLite read the whole schema; its own name changes nothing.
            try await SQLText("ALTER TABLE orm_migrations RENAME COLUMN name TO name").execute(on: transaction)
        } catch let error as ORMError {
            throw ORMError(
                .migration,
                "\(migration.name) (\(migration.file)): a view or trigger does not fit the new schema: \(error.message): drop it before and make it anew after",
                underlying: error)
        }
    }

    private static func violations(on transaction: Transaction) async throws -> [Violation] {
        try await Rows<String, Int?, String>.raw("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check").all(
            on: transaction
        ).map { Violation(table: $0, row: $1, parent: $2) }
    }
}
