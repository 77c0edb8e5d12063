import BlogModels

/// How a log's text begins: what it is known by, however it is renamed, copied or packed.
struct LogHead: Sendable, Hashable {
    /// How many bytes are looked at.
    static let limit = 4096

    /// The first bytes of the text, unpacked; up to `limit`.
    var bytes: [UInt8]
    var device: Int
    var inode: Int

    /// Digest of the first line; `nil` for a log whose first line is still being written.
    var lineDigest: String? {
        if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { return Digest.hexadecimal(Array(bytes[...end])) }
        return bytes.count == Self.limit ? Digest.hexadecimal(bytes) : nil
    }

    func isAt(_ record: LogRecord) -> Bool { device == record.device && inode == record.inode }
}

/// What is remembered of a log; see ``AccessLogFile``.
struct LogRecord: Sendable, Hashable {
    /// `nil` for a log that is not in the table yet.
    var id: Int?
    var device: Int
    var inode: Int
    var lineDigest: String
    var headDigest: String
    var headLength: Int
    var bytes = 0
    var lines = 0
}

/// Tells which log a file is: one that was read before, under whatever name, or another. Pure.
struct LogIdentity: Sendable {
    private(set) var records: [LogRecord]
    /// The heads of this run's files, by the place of the record that they are.
    private var heads: [Int: [UInt8]] = [:]
    private var placesByLine: [String: [Int]]

    init(_ records: [LogRecord]) {
        self.records = records
        placesByLine = Dictionary(grouping: records.indices) { records[$0].lineDigest }
    }

    /// Files in the order in which they are to be identified: those that lie where they were read last come first, so that no
    /// other that begins alike takes their record.
    func order(_ heads: [LogHead?]) -> [Int] {
        let isHome = heads.map { head in
            guard let head, let line = head.lineDigest else { return false }
            return (placesByLine[line] ?? []).contains { head.isAt(records[$0]) }
        }
        return heads.indices.filter { isHome[$0] } + heads.indices.filter { !isHome[$0] }
    }

    /// The place of the record that a file is, which is made if there is none.
    ///
    /// A file is a known log if its first line is that log's and so are its first bytes, as far as both go: a copy that is not
    /// whole yet is that log too. Of several, it is the one that lay here, else the one of which most is known.
    mutating func identify(_ head: LogHead, line: String) -> Int {
        let candidates = (placesByLine[line] ?? []).filter { isSame(head, $0) }
        let best = candidates.max { first, second in
            let (first, second) = (records[first], records[second])
            return (head.isAt(first) ? 1 : 0, first.headLength, first.bytes) < (
                head.isAt(second) ? 1 : 0, second.headLength, second.bytes
            )
        }
        let place = best ?? records.count
        if best == nil {
            records.append(
                LogRecord(device: head.device, inode: head.inode, lineDigest: line, headDigest: "", headLength: 0))
            placesByLine[line, default: []].append(place)
        }
        // A shorter head is not proved to be this log's, so others are not measured by it.
        if head.bytes.count >= records[place].headLength, heads[place].map({ $0.count < head.bytes.count }) ?? true {
            heads[place] = head.bytes
        }
        return place
    }

    private func isSame(_ head: LogHead, _ place: Int) -> Bool {
        // Another file of this run is this log: the two begin alike, as far as both go.
        if let other = heads[place] {
            let common = min(other.count, head.bytes.count)
            if other.prefix(common) != head.bytes.prefix(common) { return false }
        }
        let record = records[place]
        guard head.bytes.count >= record.headLength else { return true }
        return record.headLength == 0
            || Digest.hexadecimal(Array(head.bytes.prefix(record.headLength))) == record.headDigest
    }

    /// Notes that a log was read up to a place of its text.
    mutating func advance(_ place: Int, to bytes: Int, lines: Int, head: LogHead) {
        var record = records[place]
        guard bytes > record.bytes else { return }
        record.bytes = bytes
        record.lines = lines
        record.device = head.device
        record.inode = head.inode
        let length = min(LogHead.limit, bytes, head.bytes.count)
        if length > record.headLength {
            record.headLength = length
            record.headDigest = Digest.hexadecimal(Array(head.bytes.prefix(length)))
        }
        records[place] = record
    }
}
