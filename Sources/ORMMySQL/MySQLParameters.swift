#if MySQL
    import CMariaDB
    import FoundationEssentials
    import ORM

    /// The values of a statement's placeholders, where libmariadb reads them from when the statement is run.
    struct MySQLParameters: ~Copyable {
        let count: Int
        /// One for each placeholder.
        let binds: UnsafeMutablePointer<MYSQL_BIND>
        /// Numbers, and the lengths of what stands in `bytes`.
        private let words: UnsafeMutablePointer<UInt64>
        private var instants: UnsafeMutablePointer<MYSQL_TIME>?
        /// Texts and blobs, one after the other.
        private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 1)
        private var used = 0

        init(count: Int) {
            self.count = count
            binds = .allocate(capacity: max(1, count))
            words = .allocate(capacity: max(1, count))
            binds.initialize(repeating: MYSQL_BIND(), count: max(1, count))
            words.initialize(repeating: 0, count: max(1, count))
        }

        deinit {
            binds.deallocate()
            words.deallocate()
            instants?.deallocate()
            bytes.deallocate()
        }

        /// Takes over these values, as many as there are placeholders.
        mutating func set(_ values: [SQLValue]) throws {
            reserve(values.reduce(0) { $0 + Self.size(of: $1) })
            for index in values.indices {
                switch values[index] {
                case .null: binds[index].buffer_type = MYSQL_TYPE_NULL
                case .int(let number): set(index, MYSQL_TYPE_LONGLONG, UInt64(bitPattern: number))
                case .double(let number) where !number.isFinite:
                    throw ORMError.unsupported(
                        "doubles that are not finite", dialect: "mysql",
                        "a double of the statement is not finite, which MariaDB and MySQL do not store")
                case .double(let number): set(index, MYSQL_TYPE_DOUBLE, number.bitPattern)
                case .bool(let flag): set(index, MYSQL_TYPE_LONGLONG, flag ? 1 : 0)
                case .text(let text): set(index, MYSQL_TYPE_STRING, text)
                case .decimal(let number): set(index, MYSQL_TYPE_NEWDECIMAL, number.description)
                case .uuid(let uuid): set(index, MYSQL_TYPE_STRING, uuid.uuidString)
                case .bytes(let blob): blob.withUnsafeBytes { set(index, MYSQL_TYPE_BLOB, $0) }
                case .date(let date): set(index, Timestamp(date))
                // The writer refuses it. Only a driver's user gets here.
                case .invalid(let what):
                    throw ORMError(.validationFailure, "a value is \(what), which cannot be stored")
                }
            }
        }

        private func set(_ index: Int, _ type: enum_field_types, _ word: UInt64) {
            words[index] = word
            binds[index].buffer_type = type
            binds[index].buffer = UnsafeMutableRawPointer(words + index)
        }

        private mutating func set(_ index: Int, _ type: enum_field_types, _ text: String) {
            let isDone: Void? = text.utf8.withContiguousStorageIfAvailable {
                set(index, type, UnsafeRawBufferPointer($0))
            }
            // Native texts are contiguous; any other one is made so.
            if isDone == nil { Array(text.utf8).withUnsafeBytes { set(index, type, $0) } }
        }

        private mutating func set(_ index: Int, _ type: enum_field_types, _ value: UnsafeRawBufferPointer) {
            let place = UnsafeMutableRawBufferPointer(rebasing: bytes[used..<used + value.count])
            place.copyMemory(from: value)
            used += value.count
            binds[index].buffer_type = type
            // Never nil, which would be NULL.
            binds[index].buffer = place.baseAddress ?? bytes.baseAddress
            binds[index].buffer_length = UInt(value.count)
            binds[index].length = nil
        }

        private mutating func set(_ index: Int, _ instant: Timestamp) {
            let times = instants ?? .allocate(capacity: count)
            instants = times
            let civil = instant.civil
            var time = MYSQL_TIME()
            (time.year, time.month, time.day) = (UInt32(civil.year), UInt32(civil.month), UInt32(civil.day))
            (time.hour, time.minute, time.second) = (UInt32(civil.hour), UInt32(civil.minute), UInt32(civil.second))
            time.second_part = UInt(civil.microsecond)
            time.time_type = MYSQL_TIMESTAMP_DATETIME
            times[index] = time
            binds[index].buffer_type = MYSQL_TYPE_DATETIME
            binds[index].buffer = UnsafeMutableRawPointer(times + index)
        }

        /// How many bytes a value takes.
        private static func size(of value: SQLValue) -> Int {
            switch value {
            case .text(let text): text.utf8.count
            case .bytes(let blob): blob.count
            case .uuid: 36
            case .decimal: 200
            case .null, .int, .double, .bool, .date, .invalid: 0
            }
        }

        /// Forgets what was bound and makes room for so many bytes.
        private mutating func reserve(_ count: Int) {
            used = 0
            // What one large row took is not kept for all that follow.
            guard count > bytes.count || bytes.count > 4 << 20 && count < bytes.count / 4 else { return }
            bytes.deallocate()
            bytes = .allocate(byteCount: max(count, 256), alignment: 1)
        }
    }
#endif
