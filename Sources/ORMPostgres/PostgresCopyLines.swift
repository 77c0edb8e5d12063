import Bytes

#if Postgres
    import FoundationEssentials
    import ORM

    /// Rows in the text form of COPY: a line for each, columns separated by tabs, `\N` for NULL.
    struct PostgresCopyLines: ~Copyable {
        private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 160_000, alignment: 8)
        private var used = 0

        deinit { storage.deallocate() }

        /// Whether it is time to send what is there.
        var isFull: Bool { used >= 128_000 }

        func withBytes<Result>(_ body: (UnsafeBufferPointer<CChar>) -> Result) -> Result {
            body(UnsafeRawBufferPointer(rebasing: storage[..<used]).assumingMemoryBound(to: CChar.self))
        }

        mutating func removeAll() { used = 0 }

        /// Appends a row, and a key behind it. Throws `.validationFailure` for what no column can hold.
        mutating func append(_ values: [SQLValue], key: Int64?) throws {
            for index in values.indices {
                if index > 0 { append(UInt8(ascii: "\t")) }
                try append(values[index])
            }
            if let key {
                if !values.isEmpty { append(UInt8(ascii: "\t")) }
                append(ascii: String(key))
            }
            append(UInt8(ascii: "\n"))
        }

        private mutating func append(_ value: SQLValue) throws {
            switch value {
            case .null: append(ascii: #"\N"#)
            case .int(let number): append(ascii: String(number))
            case .double(let number): append(ascii: number.description)
            case .decimal(let number): append(ascii: number.description)
            case .bool(let flag): append(UInt8(ascii: flag ? "t" : "f"))
            case .date(let date):
                reserve(Timestamp.textCount)
                Timestamp(date).writeText(to: UnsafeMutableRawBufferPointer(rebasing: storage[used...]))
                used += Timestamp.textCount
            case .uuid(let uuid): append(ascii: uuid.uuidString)
            case .bytes(let bytes): append(ascii: #"\\x"# + bytes.hexadecimal)
            case .text(let text):
                guard !text.containsNUL else { throw PostgresParameters.textWithNUL }
                if text.utf8.withContiguousStorageIfAvailable({ escape(UnsafeRawBufferPointer($0)) }) == nil {
                    Array(text.utf8).withUnsafeBytes { escape($0) }
                }
            case .invalid(let what):
                throw ORMError(.validationFailure, "a value of the statement is \(what), which cannot be stored")
            }
        }

        /// Appends a text with a backslash before each backslash, and tabs and line ends spelled out. Eight bytes at once, as nearly all
        /// of them are none of these.
        private mutating func escape(_ text: UnsafeRawBufferPointer) {
            reserve(text.count * 2)
            var place = used
            var position = 0
            while position &+ 8 <= text.count {
                let word = text.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                guard !Self.mayNeedEscape(word) else {
                    for byte in text[position..<position &+ 8] { place = put(byte, at: place) }
                    position &+= 8
                    continue
                }
                storage.storeBytes(of: word, toByteOffset: place, as: UInt64.self)
                place &+= 8
                position &+= 8
            }
            for byte in text[position...] { place = put(byte, at: place) }
            used = place
        }

        private func put(_ byte: UInt8, at place: Int) -> Int {
            let escaped: UInt8
            switch byte {
            case 9: escaped = UInt8(ascii: "t")
            case 10: escaped = UInt8(ascii: "n")
            case 13: escaped = UInt8(ascii: "r")
            case UInt8(ascii: "\\"): escaped = byte
            default:
                storage[place] = byte
                return place &+ 1
            }
            storage[place] = UInt8(ascii: "\\")
            storage[place &+ 1] = escaped
            return place &+ 2
        }

        /// Whether a byte may be a backslash or a control character. Each byte by itself, in the way of
        /// <https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord>
        private static func mayNeedEscape(_ word: UInt64) -> Bool {
            let ones: UInt64 = 0x0101_0101_0101_0101
            let high: UInt64 = 0x8080_8080_8080_8080
            let control = (word &- ones &* 14) & ~word & high
            let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            return control | ((slashes &- ones) & ~slashes & high) != 0
        }

        private mutating func append(_ byte: UInt8) {
            reserve(1)
            storage[used] = byte
            used += 1
        }

        private mutating func append(ascii text: String) {
            var text = text
            text.withUTF8 { bytes in
                reserve(bytes.count)
                for byte in bytes {
                    storage[used] = byte
                    used += 1
                }
            }
        }

        private mutating func reserve(_ count: Int) {
            guard used + count > storage.count else { return }
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(used + count, storage.count * 2), alignment: 8)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<used]))
            storage.deallocate()
            storage = larger
        }
    }
#endif
