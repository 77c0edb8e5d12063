import Bytes

/// A run of bytes of a line that is being read; not to be kept longer than the line.
typealias LogBytes = UnsafeBufferPointer<UInt8>

/// What one line of an access log says, as far as views need it. The bytes are those of the line, still escaped.
struct LogRequest {
    /// How a log writes bytes that cannot stand for themselves.
    enum Escaping {
        /// `\"`, `\\`, `\n`, `\xC3`: Apache and nginx.
        case backslash
        /// `\"`, `\u00e9`: RFC 8259.
        case json
    }

    var isGet = false
    var status = 0
    /// The request's target: a path with its query, or a whole URL.
    var target: LogBytes
    /// The page that led here; `nil` when the format says nothing of it.
    var referrer: LogBytes?
    /// `nil` when the format says nothing of it (common).
    var agent: LogBytes?
    /// The host that answered, where the line tells.
    var host: LogBytes?
    /// Hours since 1970, UTC.
    var hour = 0
    /// The browser only fetched it in advance.
    var isPrefetch = false
    var escaping = Escaping.backslash
}

extension LogBytes {
    /// The bytes from `start` up to, not including, `end`.
    @inline(__always)
    func bytes(_ start: Int, _ end: Int) -> LogBytes { LogBytes(rebasing: self[start..<end]) }

    /// The bytes from `start` on.
    @inline(__always)
    func bytes(from start: Int) -> LogBytes { LogBytes(rebasing: self[start...]) }

    /// Where a byte is next, at or after `start`.
    @inline(__always)
    func index(of byte: UInt8, from start: Int = 0) -> Int? {
        ByteSearch.first(byte, in: self, from: start)
    }

    @inline(__always)
    func starts(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount
            && text.withUTF8Buffer { expected in
                for index in expected.indices where self[index] != expected[index] { return false }
                return true
            }
    }

    func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && starts(with: text) }

    /// The number that the bytes are in decimal digits; `nil` for anything else, or more than nine digits.
    @inline(__always)
    var decimal: Int? {
        guard !isEmpty, count <= 9 else { return nil }
        var value = 0
        for byte in self {
            let digit = byte &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }
}
