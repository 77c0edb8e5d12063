import Bytes

#if Postgres
    import CPostgres
    import FoundationEssentials
    import ORM

    /// A row of a result. Holds no data: each read goes to libpq, which has the row in the binary form of the protocol.
    struct PostgresRow: ResultRow {
        let result: OpaquePointer
        let row: Int32

        func name(_ index: Int) -> String {
            PQfname(result, Int32(index)).map { String(cString: $0) } ?? "\(index + 1)"
        }

        func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) != 0 }

        func integer(_ index: Int) throws -> Int64 {
            let cell = try cell(index, "an integer")
            switch (cell.type, cell.bytes.count) {
            case (PostgresType.int8, 8): return cell.number(Int64.self)
            case (PostgresType.int4, 4): return Int64(cell.number(Int32.self))
            case (PostgresType.int2, 2): return Int64(cell.number(Int16.self))
            case (PostgresType.oid, 4): return Int64(cell.number(UInt32.self))
            // What SUM gives.
            case (PostgresType.numeric, _):
                guard let number = PostgresNumeric(cell.bytes)?.integer else {
                    throw mismatch(index, "an integer of 64 bits")
                }
                return number
            default: throw mismatch(index, "an integer")
            }
        }

        func real(_ index: Int) throws -> Double {
            let cell = try cell(index, "a number")
            switch (cell.type, cell.bytes.count) {
            case (PostgresType.float8, 8): return Double(bitPattern: cell.number(UInt64.self))
            case (PostgresType.float4, 4): return Double(Float(bitPattern: cell.number(UInt32.self)))
            case (PostgresType.numeric, _):
                guard let text = PostgresNumeric(cell.bytes)?.text, let number = Double(text) else {
                    throw mismatch(index, "a number")
                }
                return number
            default: return Double(try integer(index))
            }
        }

        func boolean(_ index: Int) throws -> Bool {
            let cell = try cell(index, "a boolean")
            if cell.type == PostgresType.bool, cell.bytes.count == 1 { return cell.bytes[0] != 0 }
            let value = try integer(index)
            guard value == 0 || value == 1 else { throw mismatch(index, "a boolean") }
            return value == 1
        }

        func text(_ index: Int) throws -> String {
            let cell = try cell(index, "text")
            switch cell.type {
            case _ where PostgresType.isText(cell.type): return try text(of: cell.bytes, index)
            // A byte with the version of the format, then the document.
            case PostgresType.jsonb where cell.bytes.first == 1:
                return try text(of: UnsafeRawBufferPointer(rebasing: cell.bytes.dropFirst()), index)
            case PostgresType.numeric:
                guard let text = PostgresNumeric(cell.bytes)?.text else { throw mismatch(index, "a decimal number") }
                return text
            case PostgresType.date where cell.bytes.count == 4:
                return String(try instant(fromDays: cell.number(Int32.self), index).text.prefix(10))
            case PostgresType.time where cell.bytes.count == 8:
                let microseconds = cell.number(Int64.self)
                // 24:00 is a time here.
                guard microseconds < 86_400_000_000 else { throw mismatch(index, "a time of day") }
                return String(Timestamp(microseconds: microseconds).text.dropFirst(11).dropLast())
            case PostgresType.uuid: return try uuid(index).uuidString
            default: throw mismatch(index, "text")
            }
        }

        func bytes(_ index: Int) throws -> [UInt8] {
            let cell = try cell(index, "bytes")
            guard cell.type == PostgresType.bytea else { throw mismatch(index, "bytes") }
            return [UInt8](cell.bytes)
        }

        func date(_ index: Int) throws -> Date {
            let cell = try cell(index, "an instant")
            switch (cell.type, cell.bytes.count) {
            case (PostgresType.timestamptz, 8), (PostgresType.timestamp, 8):
                let (sum, overflows) = cell.number(Int64.self).addingReportingOverflow(PostgresEpoch.microseconds)
                // The greatest number stands for infinity, the least for its opposite.
                guard !overflows, sum != .min + PostgresEpoch.microseconds else { throw mismatch(index, "an instant") }
                return Timestamp(microseconds: sum).date
            case (PostgresType.date, 4): return try instant(fromDays: cell.number(Int32.self), index).date
            default: throw mismatch(index, "an instant")
            }
        }

        func uuid(_ index: Int) throws -> UUID {
            let cell = try cell(index, "a UUID")
            if cell.type == PostgresType.uuid, cell.bytes.count == 16 {
                return UUID(uuid: cell.bytes.loadUnaligned(as: uuid_t.self))
            }
            guard PostgresType.isText(cell.type), let uuid = UUID(uuidString: try text(index)) else {
                throw mismatch(index, "a UUID")
            }
            return uuid
        }

        // MARK: How

        private struct Cell {
            let type: Oid
            let bytes: UnsafeRawBufferPointer

            /// The bytes, which must be as many, as a number in the order of the network.
            @inline(__always)
            func number<Number: FixedWidthInteger>(_: Number.Type) -> Number {
                Number(bigEndian: bytes.loadUnaligned(as: Number.self))
            }
        }

        @inline(__always)
        private func cell(_ index: Int, _ expected: String) throws -> Cell {
            let column = Int32(truncatingIfNeeded: index)
            let length = PQgetlength(result, row, column)
            guard length > 0 || PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column)
            else {
                throw mismatch(index, expected)
            }
            return Cell(
                type: PQftype(result, column), bytes: UnsafeRawBufferPointer(start: start, count: Int(length)))
        }

        private func text(of bytes: UnsafeRawBufferPointer, _ index: Int) throws -> String {
            guard let text = String(utf8: bytes.assumingMemoryBound(to: UInt8.self)) else {
                throw mismatch(index, "valid UTF-8")
            }
            return text
        }

        private func instant(fromDays days: Int32, _ index: Int) throws -> Timestamp {
            guard days != .max, days != .min else { throw mismatch(index, "a date") }
            return Timestamp(microseconds: Int64(days) * 86_400_000_000 + PostgresEpoch.microseconds)
        }

        private func mismatch(_ index: Int, _ expected: String) -> ORMError {
            var found = "NULL"
            if PQgetisnull(result, row, Int32(index)) == 0 {
                switch PQftype(result, Int32(index)) {
                case PostgresType.int2, PostgresType.int4, PostgresType.int8, PostgresType.oid: found = "an integer"
                case PostgresType.float4, PostgresType.float8: found = "a real number"
                case PostgresType.numeric: found = "a decimal number"
                case PostgresType.bool: found = "a boolean"
                case PostgresType.bytea: found = "bytes"
                case PostgresType.date, PostgresType.timestamp, PostgresType.timestamptz: found = "another date"
                case let type where PostgresType.isText(type): found = "text of another form"
                case let type: found = "a value of the type with the number \(type), which SQL can cast to text,"
                }
            }
            return ORMError.decoding(column: name(index), expected: expected, found: found)
        }
    }
#endif
