import Bytes

#if Postgres
    import CPostgres
    import FoundationEssentials
    import ORM

    /// The values of one execution as libpq takes them, in memory that is used again for the next one. Numbers, instants, bytes and UUIDs go
    /// in binary form; texts, decimals and what the server finds the type of itself go as text.
    final class PostgresParameters {
        private(set) var count: Int32 = 0
        private(set) var values: UnsafeMutablePointer<UnsafePointer<CChar>?>
        private(set) var lengths: UnsafeMutablePointer<Int32>
        private(set) var formats: UnsafeMutablePointer<Int32>
        private var capacity = 32
        private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 8)
        private var used = 0

        init() {
            values = .allocate(capacity: capacity)
            lengths = .allocate(capacity: capacity)
            formats = .allocate(capacity: capacity)
        }

        deinit {
            values.deallocate()
            lengths.deallocate()
            formats.deallocate()
            storage.deallocate()
        }

        /// Takes over the values for placeholders of these types; `false` when a value is of another type than its placeholder. Throws
        /// `.validationFailure` for what no column can hold.
        func bind(_ given: [SQLValue], as types: [Oid]) throws -> Bool {
            guard given.count == types.count else { return false }
            reserve(given)
            for index in given.indices {
                guard try bind(given[index], as: types[index], at: index) else { return false }
            }
            count = Int32(truncatingIfNeeded: given.count)
            return true
        }

        private func bind(_ value: SQLValue, as type: Oid, at index: Int) throws -> Bool {
            let isOpen = type == PostgresType.open
            switch value {
            case .null: set(index, nil, 0, isBinary: false)
            case .int(let number) where type == PostgresType.int8: set(index, bigEndian: UInt64(bitPattern: number))
            case .double(let number) where type == PostgresType.float8: set(index, bigEndian: number.bitPattern)
            case .bool(let flag) where type == PostgresType.bool:
                let start = used
                append(flag ? 1 : 0)
                set(index, from: start, isBinary: true)
            case .date(let date) where type == PostgresType.timestamptz:
                set(
                    index,
                    bigEndian: UInt64(bitPattern: Timestamp.stored(date).microseconds - PostgresEpoch.microseconds))
            case .uuid(let uuid) where type == PostgresType.uuid:
                let start = used
                withUnsafeBytes(of: uuid.uuid) { append($0) }
                set(index, from: start, isBinary: true)
            case .bytes(let bytes) where type == PostgresType.bytea:
                let start = used
                bytes.withUnsafeBytes { append($0) }
                set(index, from: start, isBinary: true)
            case .decimal(let number) where type == PostgresType.numeric || isOpen: setText(index, number.description)
            case .text(let text) where isOpen:
                guard !text.containsNUL else { throw Self.textWithNUL }
                setText(index, text)
            case .int(let number) where isOpen: setText(index, String(number))
            case .double(let number) where isOpen: setText(index, number.description)
            case .bool(let flag) where isOpen: setText(index, flag ? "t" : "f")
            case .date(let date) where isOpen: setText(index, Timestamp(date).text)
            case .uuid(let uuid) where isOpen: setText(index, uuid.uuidString)
            case .bytes(let bytes) where isOpen: setText(index, #"\x"# + bytes.hexadecimal)
            // The writer refuses these. Only a driver's user gets here.
            case .invalid(let what):
                throw ORMError(.validationFailure, "a value of the statement is \(what), which cannot be stored")
            case .int, .double, .bool, .date, .uuid, .bytes, .decimal, .text: return false
            }
            return true
        }

        static var textWithNUL: ORMError {
            ORMError(.validationFailure, "a text of the statement contains a NUL character, which cannot be stored")
        }

        // MARK: How

        /// Makes room, so that no address changes while values are taken over.
        private func reserve(_ given: [SQLValue]) {
            if given.count > capacity {
                capacity = max(given.count, capacity * 2)
                values.deallocate()
                lengths.deallocate()
                formats.deallocate()
                values = .allocate(capacity: capacity)
                lengths = .allocate(capacity: capacity)
                formats = .allocate(capacity: capacity)
            }
            let needed = given.reduce(0) { $0 + Self.room(for: $1) }
            used = 0
            guard needed > storage.count else { return }
            storage.deallocate()
            storage = .allocate(byteCount: max(needed, storage.count * 2), alignment: 8)
        }

        /// Whether values are so short that a socket in which nothing else is takes them at once.
        static func areShort(_ values: [SQLValue]) -> Bool { values.reduce(0) { $0 + room(for: $1) } <= 4096 }

        /// How many bytes a value takes at most.
        private static func room(for value: SQLValue) -> Int {
            switch value {
            case .null, .invalid: 0
            case .int, .double, .bool, .date, .uuid: 48
            // 38 digits, moved by an exponent of at most 127.
            case .decimal: 200
            case .text(let text): text.utf8.count + 1
            case .bytes(let bytes): bytes.count * 2 + 3
            }
        }

        private func set(_ index: Int, _ value: UnsafePointer<CChar>?, _ length: Int, isBinary: Bool) {
            values[index] = value
            lengths[index] = Int32(truncatingIfNeeded: length)
            formats[index] = isBinary ? 1 : 0
        }

        private func set(_ index: Int, from start: Int, isBinary: Bool) {
            let place = storage.baseAddress.map { UnsafePointer(($0 + start).assumingMemoryBound(to: CChar.self)) }
            set(index, place, used - start, isBinary: isBinary)
        }

        private func set(_ index: Int, bigEndian number: UInt64) {
            let start = used
            withUnsafeBytes(of: number.bigEndian) { append($0) }
            set(index, from: start, isBinary: true)
        }

        /// Texts end with a NUL, by which libpq finds their end.
        private func setText(_ index: Int, _ text: String) {
            let start = used
            // Native texts are contiguous; any other one is made so.
            if text.utf8.withContiguousStorageIfAvailable({ append(UnsafeRawBufferPointer($0)) }) == nil {
                Array(text.utf8).withUnsafeBytes { append($0) }
            }
            append(0)
            set(index, from: start, isBinary: false)
        }

        private func append(_ byte: UInt8) {
            storage[used] = byte
            used += 1
        }

        private func append(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: storage[used..<used + bytes.count]).copyMemory(from: bytes)
            used += bytes.count
        }
    }

    extension Timestamp {
        /// The instant as it is stored; one beyond what can be expressed is the end of that, so that comparing with it gives the right rows.
        fileprivate static func stored(_ date: Date) -> Timestamp {
            min(max(Timestamp(date), expressible.lowerBound), expressible.upperBound)
        }
    }
#endif
