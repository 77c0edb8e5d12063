#if Postgres
    import CPostgres

    /// What the server answered to one statement; its memory goes with it.
    struct PostgresResult: ~Copyable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { self.pointer = pointer }

        deinit { PQclear(pointer) }

        var status: ExecStatusType { PQresultStatus(pointer) }
        var rowCount: Int { Int(PQntuples(pointer)) }

        /// `nil` when the statement has failed.
        var isFailure: Bool {
            switch status {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR, PGRES_PIPELINE_ABORTED: true
            default: false
            }
        }

        /// The row at an index; valid as long as this result.
        func row(_ index: Int) -> PostgresRow { PostgresRow(result: pointer, row: Int32(truncatingIfNeeded: index)) }

        /// What the server says that it did: `INSERT 0 1`, `ROLLBACK`.
        var command: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

        /// How many rows were inserted, updated or deleted; 0 for anything else.
        var changes: Int {
            let tag = command
            guard ["INSERT", "UPDATE", "DELETE", "MERGE", "COPY"].contains(where: tag.hasPrefix),
                let count = PQcmdTuples(pointer)
            else { return 0 }
            return Int(String(cString: count)) ?? 0
        }

        /// A part of an error: <https://www.postgresql.org/docs/15/protocol-error-fields.html>
        func field(_ field: PostgresErrorField) -> String {
            PQresultErrorField(pointer, Int32(field.rawValue)).map { String(cString: $0) } ?? ""
        }
    }

    /// The parts of an error, by their letters in the protocol.
    enum PostgresErrorField: UInt8 {
        case code = 67  // C
        case message = 77  // M
        case detail = 68  // D
        case hint = 72  // H
        case table = 116  // t
        case column = 99  // c
        case constraint = 110  // n
        case position = 80  // P
    }
#endif
