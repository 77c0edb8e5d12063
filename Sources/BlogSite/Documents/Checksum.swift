/// A short hash of bytes that tells torn or mixed-up ones, not forged ones: fast enough to be made of all that a build reads.
enum Checksum {
    /// Eight bytes at a time, each spread over the whole by a multiplication.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var sum = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
        func add(_ word: UInt64) {
            sum = (sum ^ word) &* 0x9FB2_1C65_1E98_DF25
            sum ^= sum >> 32
        }
        var position = 0
        while position + 8 <= bytes.count {
            add(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            position += 8
        }
        var tail: UInt64 = 0
        for place in position..<bytes.count { tail = tail << 8 | UInt64(bytes[place]) }
        add(tail)
        return sum
    }
}
