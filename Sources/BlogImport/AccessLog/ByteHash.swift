/// A fast hash of bytes for tables in memory: eight bytes at a time, by multiplication and folding as in wyhash. It is the
/// same in every run and no protection against chosen collisions, so tables compare the bytes too or keep 128 bits.
enum ByteHash {
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var state = seed ^ UInt64(truncatingIfNeeded: raw.count) &* 0xA076_1D64_78BD_642F
        var place = 0
        while place + 8 <= raw.count {
            state = fold(state ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self), 0xE703_7ED1_A0B4_28DB)
            place += 8
        }
        var rest: UInt64 = 0
        while place < raw.count {
            rest = rest << 8 | UInt64(raw[place])
            place += 1
        }
        return fold(state ^ rest, 0x8EBC_6AF0_9C88_C6E3)
    }

    @inline(__always)
    private static func fold(_ value: UInt64, _ factor: UInt64) -> UInt64 {
        let product = (value ^ 0x5899_65CC_7537_4CC3).multipliedFullWidth(by: factor)
        return product.high ^ product.low
    }
}
