/// Cuts the text of a log into pieces of whole lines, from a place on. Memory does not grow with the file or its lines.
struct LogPieces {
    enum Piece: Sendable {
        /// Whole lines, each with its line feed.
        case lines([UInt8])
        /// A line too long to be kept.
        case longLine
    }

    /// No server writes lines of a megabyte: what is longer is no line.
    static let lineLimit = 1 << 20

    private let stream: LogStream
    private let size: Int
    /// The start of a line whose end is still to be read.
    private var carry: [UInt8] = []
    /// What was read behind a line that was too long.
    private var pending: [UInt8] = []
    /// Within a line that is too long.
    private var isInLongLine = false
    private var longLineLength = 0
    private var isAtEnd = false
    /// Where in the text the last whole line that was given ends.
    private(set) var offset: Int
    /// Why the text ended before its time.
    private(set) var fault: LogStream.Fault?

    /// Reads on where the stream is, which is `offset`; pieces of about `size` bytes.
    init(_ stream: LogStream, from offset: Int, size: Int = 2 << 20) {
        self.stream = stream
        self.offset = offset
        self.size = size
    }

    /// Whether the text ends within a line that is too long to be a half-written one.
    var endsInLongLine: Bool { isAtEnd && (isInLongLine || carry.count > Self.lineLimit) }

    /// The next piece; `nil` at the end. What follows the last line feed is left for another time, but for a packed file's last
    /// line: nobody will write that to its end.
    mutating func next() -> Piece? {
        while !isAtEnd || !pending.isEmpty {
            var bytes = pending.isEmpty ? read() : pending
            pending = []
            if isInLongLine {
                guard let end = bytes.withUnsafeBufferPointer({ $0.index(of: UInt8(ascii: "\n")) }) else {
                    longLineLength += bytes.count
                    continue
                }
                offset += longLineLength + end + 1
                isInLongLine = false
                longLineLength = 0
                pending = Array(bytes[(end + 1)...])
                return .longLine
            }
            let end = bytes.withUnsafeBufferPointer { Self.lastLineFeed(in: $0) }
            guard let end else {
                if isAtEnd, stream.isPacked, fault == nil, !bytes.isEmpty, bytes.count <= Self.lineLimit {
                    offset += bytes.count
                    return .lines(bytes)
                }
                if bytes.count > Self.lineLimit, !isAtEnd {
                    isInLongLine = true
                    longLineLength = bytes.count
                } else {
                    carry = bytes
                }
                continue
            }
            carry = Array(bytes[(end + 1)...])
            bytes.removeSubrange((end + 1)...)
            offset += bytes.count
            if isAtEnd, stream.isPacked, fault == nil, !carry.isEmpty {
                offset += carry.count
                bytes += carry
                carry = []
            }
            return .lines(bytes)
        }
        return nil
    }

    /// What was carried over and as much again as fits.
    private mutating func read() -> [UInt8] {
        let start = carry.count
        var (count, fault) = (start, LogStream.Fault?.none)
        var ended = false
        let bytes = [UInt8](unsafeUninitializedCapacity: start + size) { buffer, initialized in
            carry.withUnsafeBufferPointer { kept in
                if let base = buffer.baseAddress, let source = kept.baseAddress {
                    base.initialize(from: source, count: start)
                }
            }
            while count < buffer.count {
                let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
                do throws(LogStream.Fault) {
                    let given = try stream.read(into: room)
                    if given == 0 {
                        ended = true
                        break
                    }
                    count += given
                } catch {
                    fault = error
                    ended = true
                    break
                }
            }
            initialized = count
        }
        carry = []
        isAtEnd = ended
        self.fault = fault
        return bytes
    }
}

extension LogPieces {
    /// Where the last line ends.
    private static func lastLineFeed(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        // Where there is none, vector code says so at once; where there is one, it is near the end of a log's piece.
        guard bytes.index(of: UInt8(ascii: "\n")) != nil else { return nil }
        return bytes.lastIndex(of: UInt8(ascii: "\n"))
    }

    /// The first bytes of a log's text, up to ``LogHead/limit``.
    static func head(of stream: LogStream) throws(LogStream.Fault) -> [UInt8] {
        var pieces = LogPieces(stream, from: 0, size: LogHead.limit)
        let bytes = pieces.read()
        // A file that ends too early may still say which log it is.
        if let fault = pieces.fault, bytes.isEmpty { throw fault }
        return bytes
    }
}
