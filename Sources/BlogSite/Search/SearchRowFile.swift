/// The rows of all posts on disk, one after another: to make a list of a word, all are read; to know what an edit took
/// away, one is.
///
/// A row is appended and never changed. Each stands behind a checksum of itself, because a power cut may leave an index whose
/// rows never reached the disk.
final class SearchRowFile: Sendable {
    /// Where a post's row is.
    struct Place: Sendable, Equatable {
        var id: UInt32
        var key: ContentHash
        var offset: Int
        var count: Int
    }

    /// A row is not what it is said to be: the words of all posts are found anew.
    struct Damaged: Error {}

    private let pack: PackFile
    /// How much is read at once.
    private static let window = 65_536
    /// What stands before the entries: the checksum, the post's number, its key.
    private static let headLength = 8 + 4 + 16

    init(_ folder: borrowing FileDescriptor, name: String) throws(SiteError) {
        pack = try PackFile(folder, name: name)
    }

    /// Appends rows at `end`, over what a killed build left there, and moves it on.
    func append(_ rows: [SearchRow], at end: inout Int) throws(SiteError) -> [Place] {
        var bytes: [UInt8] = []
        var places: [Place] = []
        for row in rows {
            let start = bytes.count
            Self.encode(row, to: &bytes)
            places.append(Place(id: row.id, key: row.key, offset: end + start, count: bytes.count - start))
        }
        try pack.write(bytes, at: end)
        end += bytes.count
        return places
    }

    /// Forgets all that lies behind `end`.
    func truncate(to end: Int) throws(SiteError) { try pack.truncate(to: end) }

    /// The entries of one row.
    func entries(at place: Place) throws -> [UInt32] {
        var entries: [UInt32] = []
        try forEach([place], window: place.count) { _, next in
            while let entry = try next.next() { entries.append(entry) }
        }
        return entries
    }

    /// Gives the rows at some places; those that lie behind one another are read together.
    func forEach(_ places: some Sequence<Place>, _ body: (UInt32, inout Entries) throws -> Void) throws {
        try forEach(places, window: Self.window, body)
    }

    private func forEach(
        _ places: some Sequence<Place>, window size: Int, _ body: (UInt32, inout Entries) throws -> Void
    ) throws {
        var window: [UInt8] = []
        var start = 0
        for place in places {
            guard place.count >= Self.headLength, place.offset >= 0 else { throw Damaged() }
            if place.offset < start || place.offset + place.count > start + window.count {
                window = try pack.read(at: place.offset, count: max(place.count, size))
                start = place.offset
            }
            guard place.offset + place.count <= start + window.count else { throw Damaged() }
            try window.withUnsafeBytes { window in
                let row = UnsafeRawBufferPointer(rebasing: window[(place.offset - start)...].prefix(place.count))
                let rest = UnsafeRawBufferPointer(rebasing: row[8...])
                guard UInt64(littleEndian: row.loadUnaligned(as: UInt64.self)) == Checksum.of(rest),
                    UInt32(littleEndian: rest.loadUnaligned(as: UInt32.self)) == place.id,
                    UInt64(littleEndian: rest.loadUnaligned(fromByteOffset: 4, as: UInt64.self)) == place.key.high,
                    UInt64(littleEndian: rest.loadUnaligned(fromByteOffset: 12, as: UInt64.self)) == place.key.low
                else { throw Damaged() }
                var entries = Entries(bytes: UnsafeRawBufferPointer(rebasing: rest[20...]))
                try body(place.id, &entries)
            }
        }
    }

    /// The entries of a row, read one after another; valid as long as its bytes are.
    struct Entries {
        fileprivate let bytes: UnsafeRawBufferPointer
        private var position = 0
        private var word: UInt32 = 0

        fileprivate init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        /// How far the word is from the one before and its weight are one number: seven bits a byte, the low ones first, the
        /// highest bit set in all bytes but the last.
        mutating func next() throws(Damaged) -> UInt32? {
            guard position < bytes.count else { return nil }
            var value = UInt64(bytes[position] & 0x7F)
            var shift: UInt64 = 7
            position += 1
            while bytes[position - 1] >= 0x80 {
                guard position < bytes.count, shift < 42 else { throw Damaged() }
                let byte = bytes[position]
                position += 1
                value |= UInt64(byte & 0x7F) << shift
                shift += 7
            }
            word &+= UInt32(truncatingIfNeeded: value >> UInt64(SearchRow.Weight.bits))
            return word << SearchRow.Weight.bits | UInt32(truncatingIfNeeded: value) & SearchRow.Weight.mask
        }
    }

    private static func encode(_ row: SearchRow, to bytes: inout [UInt8]) {
        typealias Weight = SearchRow.Weight
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 8))
        withUnsafeBytes(of: row.id.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: row.key.high.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: row.key.low.littleEndian) { bytes.append(contentsOf: $0) }
        var last: UInt32 = 0
        for entry in row.entries {
            var value = UInt64(entry >> Weight.bits - last) << UInt64(Weight.bits) | UInt64(entry & Weight.mask)
            last = entry >> Weight.bits
            while value >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
                value >>= 7
            }
            bytes.append(UInt8(value))
        }
        let sum = bytes.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[(start + 8)...])) }
        for place in 0..<8 { bytes[start + place] = UInt8(truncatingIfNeeded: sum >> UInt64(8 * place)) }
    }
}
