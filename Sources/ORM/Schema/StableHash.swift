/// A hash of 64 bits that is the same on every machine, in every run: FNV-1a, <https://datatracker.ietf.org/doc/html/rfc9923>.
///
/// It tells texts apart that differ by accident, not on purpose.
package struct StableHash: Sendable {
    /// The hash of what was appended so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The hash of nothing.
    package init() {}

    /// Goes on with more bytes.
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        for byte in bytes { append(byte) }
    }

    /// Goes on with a byte.
    package mutating func append(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// Goes on with the bytes of a text.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Goes on with the eight bytes of a number, the least first.
    package mutating func append(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    /// The hash of a text.
    package static func value(of text: String) -> UInt64 {
        var hash = StableHash()
        hash.append(text)
        return hash.value
    }

    /// The hash of a text as 16 hexadecimal digits.
    package static func hexadecimal(of text: String) -> String { hexadecimal(value(of: text)) }

    /// A hash as 16 hexadecimal digits.
    package static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
