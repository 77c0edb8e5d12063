/// A hash of 64 bits that is the same on every machine, in every run: FNV-1a, <https://datatracker.ietf.org/doc/html/rfc9923>.
///
/// It tells texts apart that differ by accident, not on purpose.
package enum StableHash {
    /// The hash as 16 hexadecimal digits.
    package static func hexadecimal(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
