import BlogModels
import ORM

/// Runs `body` and says what the database refuses in the words of the one who asked: which field, and why.
func namingFields<Result>(
    _ body: nonisolated(nonsending) () async throws -> Result
) async throws -> Result {
    do {
        return try await body()
    } catch let error as ORMError {
        throw OperationError(error) ?? error
    }
}

extension OperationError {
    /// A broken unique constraint or rule of a column; `nil` for what is nobody's fault.
    fileprivate init?(_ error: ORMError) {
        if case .unique(let columns) = error.database?.kind, let column = columns.first {
            let field = Self.field(column)
            self.init(.taken, field: field, "the \(field) is taken: another row has it")
        } else if let violation = error.violations.first {
            self.init(.invalid, field: Self.field(violation.field), error.message)
        } else {
            return nil
        }
    }

    /// `users.full_name` is the field `full-name` of the command line.
    private static func field(_ column: String) -> String {
        String(column.drop { $0 != "." }.dropFirst()).replacing("_", with: "-")
    }
}
