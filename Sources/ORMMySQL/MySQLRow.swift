import Bytes

#if MySQL
    import CMariaDB
    import FoundationEssentials
    import ORM

    /// The current row of a statement, read where the server's packet stands in memory: nothing is copied before it becomes a value.
    ///
    /// libmariadb notes for each column of a row where it starts, NULL for NULL, and leaves it there when no buffers are bound; that is
    /// how `mysql_stmt_fetch_column` finds it. The bytes are those of the protocol:
    /// <https://mariadb.com/kb/en/resultset-row/#binary-resultset-row>
    struct MySQLRow: ResultRow {
        /// What a column holds.
        enum Kind {
            case int8, int16, int32, int64, uint8, uint16, uint32, uint64
            case float, double, decimal, text, bytes, instant, date, time, null
        }

        private let statement: UnsafeMutablePointer<MYSQL_STMT>
        private let columns: [Kind]

        init(_ statement: UnsafeMutablePointer<MYSQL_STMT>, _ columns: [Kind]) {
            self.statement = statement
            self.columns = columns
        }

        func name(_ index: Int) -> String {
            guard columns.indices.contains(index), let name = statement.pointee.fields[index].name else {
                return "\(index + 1)"
            }
            return String(cString: name)
        }

        func isNull(_ index: Int) -> Bool { start(index) == nil }

        func integer(_ index: Int) throws -> Int64 {
            guard let start = start(index) else { throw mismatch(index, "an integer") }
            switch columns[index] {
            case .int64: return Int64(littleEndian: start.loadUnaligned(as: Int64.self))
            case .int32: return Int64(Int32(littleEndian: start.loadUnaligned(as: Int32.self)))
            case .int16: return Int64(Int16(littleEndian: start.loadUnaligned(as: Int16.self)))
            case .int8: return Int64(start.load(as: Int8.self))
            case .uint8: return Int64(start.load(as: UInt8.self))
            case .uint16: return Int64(UInt16(littleEndian: start.loadUnaligned(as: UInt16.self)))
            case .uint32: return Int64(UInt32(littleEndian: start.loadUnaligned(as: UInt32.self)))
            case .uint64:
                let number = UInt64(littleEndian: start.loadUnaligned(as: UInt64.self))
                guard let number = Int64(exactly: number) else { throw mismatch(index, "an integer of 64 bits") }
                return number
            // A sum of integers is a decimal number without digits behind the point.
            case .decimal:
                guard let number = Int64(String(decoding: content(start), as: UTF8.self)) else {
                    throw mismatch(index, "an integer")
                }
                return number
            case .float, .double, .text, .bytes, .instant, .date, .time, .null: throw mismatch(index, "an integer")
            }
        }

        func real(_ index: Int) throws -> Double {
            guard let start = start(index) else { throw mismatch(index, "a number") }
            switch columns[index] {
            case .double: return Double(bitPattern: UInt64(littleEndian: start.loadUnaligned(as: UInt64.self)))
            case .float: return Double(Float(bitPattern: UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))))
            // The average of integers.
            case .decimal:
                guard let number = Double(String(decoding: content(start), as: UTF8.self)) else {
                    throw mismatch(index, "a number")
                }
                return number
            default: return Double(try integer(index))
            }
        }

        func boolean(_ index: Int) throws -> Bool {
            let value = try integer(index)
            guard value == 0 || value == 1 else { throw mismatch(index, "0 or 1") }
            return value == 1
        }

        func text(_ index: Int) throws -> String {
            guard let start = start(index) else { throw mismatch(index, "text") }
            switch columns[index] {
            case .text, .decimal:
                guard let text = String(utf8: content(start)) else { throw mismatch(index, "valid UTF-8") }
                return text
            case .date: return String(instant(start).text.prefix(10))
            case .time:
                guard let text = time(start) else { throw mismatch(index, "a time of day") }
                return text
            default: throw mismatch(index, "text")
            }
        }

        func bytes(_ index: Int) throws -> [UInt8] {
            guard let start = start(index), columns[index] == .bytes else { throw mismatch(index, "a blob") }
            return [UInt8](content(start))
        }

        func date(_ index: Int) throws -> Date {
            guard let start = start(index), columns[index] == .instant || columns[index] == .date else {
                throw mismatch(index, "an instant")
            }
            return instant(start).date
        }

        func uuid(_ index: Int) throws -> UUID {
            guard let uuid = UUID(uuidString: try text(index)) else { throw mismatch(index, "a UUID") }
            return uuid
        }

        // MARK: How

        private func start(_ index: Int) -> UnsafeRawPointer? {
            UnsafeRawPointer(statement.pointee.bind[index].u.row_ptr)
        }

        /// What stands behind a length, which takes one, three, four or nine bytes.
        /// <https://mariadb.com/kb/en/protocol-data-types/#length-encoded-integers>
        private func content(_ start: UnsafeRawPointer) -> UnsafeBufferPointer<UInt8> {
            let (offset, count): (Int, Int)
            switch start.load(as: UInt8.self) {
            case 252: (offset, count) = (3, Int(UInt16(littleEndian: (start + 1).loadUnaligned(as: UInt16.self))))
            case 253:
                let low = Int(UInt16(littleEndian: (start + 1).loadUnaligned(as: UInt16.self)))
                (offset, count) = (4, low | Int((start + 3).load(as: UInt8.self)) << 16)
            case 254: (offset, count) = (9, Int(UInt64(littleEndian: (start + 1).loadUnaligned(as: UInt64.self))))
            case let length: (offset, count) = (1, Int(length))
            }
            return UnsafeBufferPointer(start: (start + offset).assumingMemoryBound(to: UInt8.self), count: count)
        }

        /// A length and so many of: the year in two bytes, month, day, hour, minute, second, the microseconds in four bytes.
        private func instant(_ start: UnsafeRawPointer) -> Timestamp {
            let length = start.load(as: UInt8.self)
            func byte(_ offset: Int) -> Int { Int((start + offset).load(as: UInt8.self)) }
            return Timestamp(
                year: length >= 4 ? Int(UInt16(littleEndian: (start + 1).loadUnaligned(as: UInt16.self))) : 0,
                month: length >= 4 ? byte(3) : 1, day: length >= 4 ? byte(4) : 1, hour: length >= 7 ? byte(5) : 0,
                minute: length >= 7 ? byte(6) : 0, second: length >= 7 ? byte(7) : 0,
                microsecond: length >= 11 ? Int(UInt32(littleEndian: (start + 8).loadUnaligned(as: UInt32.self))) : 0)
        }

        /// A length and so many of: the sign, days in four bytes, hour, minute, second, the microseconds in four bytes.
        private func time(_ start: UnsafeRawPointer) -> String? {
            let length = start.load(as: UInt8.self)
            func byte(_ offset: Int) -> Int { Int((start + offset).load(as: UInt8.self)) }
            guard length >= 8 else { return "00:00:00.000000" }
            guard byte(1) == 0, UInt32(littleEndian: (start + 2).loadUnaligned(as: UInt32.self)) == 0 else {
                return nil
            }
            let microsecond = length >= 12 ? (start + 9).loadUnaligned(as: UInt32.self) : 0
            return TimeOfDay(
                hour: byte(6), minute: byte(7), second: byte(8), microsecond: Int(UInt32(littleEndian: microsecond)))?
                .description
        }

        private func mismatch(_ index: Int, _ expected: String) -> ORMError {
            let found =
                if start(index) == nil {
                    "NULL"
                } else {
                    switch columns[index] {
                    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32: "an integer"
                    case .uint64: "an integer without a sign"
                    case .float, .double: "a real number"
                    case .decimal: "a decimal number"
                    case .text: "text of another form"
                    case .bytes: "a blob"
                    case .instant: "an instant"
                    case .date: "a date"
                    case .time: "a time"
                    case .null: "NULL"
                    }
                }
            return ORMError.decoding(column: name(index), expected: expected, found: found)
        }
    }

    extension MySQLRow.Kind {
        /// The kind of a column, as the server describes it.
        init(_ field: MYSQL_FIELD) {
            let isUnsigned = field.flags & UInt32(UNSIGNED_FLAG) != 0
            switch field.type {
            case MYSQL_TYPE_TINY: self = isUnsigned ? .uint8 : .int8
            case MYSQL_TYPE_SHORT, MYSQL_TYPE_YEAR: self = isUnsigned ? .uint16 : .int16
            case MYSQL_TYPE_LONG, MYSQL_TYPE_INT24: self = isUnsigned ? .uint32 : .int32
            case MYSQL_TYPE_LONGLONG: self = isUnsigned ? .uint64 : .int64
            case MYSQL_TYPE_FLOAT: self = .float
            case MYSQL_TYPE_DOUBLE: self = .double
            case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: self = .decimal
            case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP: self = .instant
            case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: self = .date
            case MYSQL_TYPE_TIME: self = .time
            case MYSQL_TYPE_NULL: self = .null
            // 63 is the character set called binary.
            default: self = field.charsetnr == 63 && field.type != MYSQL_TYPE_JSON ? .bytes : .text
            }
        }
    }
#endif
