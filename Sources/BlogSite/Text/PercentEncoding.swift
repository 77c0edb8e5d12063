import Bytes

/// Percent-encoding of UTF-8 (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// Encodes a path whose characters all stand for themselves: `?`, `#` and `%` are encoded too.
    package static func path(_ text: String) -> String {
        encode(text) { bytes, index in isPathByte(bytes[index]) }
    }

    /// Encodes what must not stand in a reference and leaves its structure (`?`, `#`, existing `%41`) alone, so that it may
    /// be applied twice.
    package static func reference(_ text: String) -> String {
        encode(text) { bytes, index in
            switch bytes[index] {
            case UInt8(ascii: "?"), UInt8(ascii: "#"): true
            case UInt8(ascii: "%"):
                index + 2 < bytes.count && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
            default: isPathByte(bytes[index])
            }
        }
    }

    /// The text with `%41` for what it stands for; a `%` without two digits behind it stays.
    package static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, isHexadecimal(bytes[index + 1]),
                isHexadecimal(bytes[index + 2]),
                let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func encode(
        _ text: String, keeping isKept: (_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool
    ) -> String {
        var text = text
        let encoded = text.withUTF8 { bytes -> String? in
            var first = 0
            while true {
                first = UnsafeRawBufferPointer(bytes).firstIndex(from: first) { $0.isNoPlainPathByte }
                if first == bytes.count { return nil }
                if !isKept(bytes, first) { break }
                first += 1
            }
            let digits = Array("0123456789ABCDEF".utf8)
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + 16)
            for (index, byte) in bytes.enumerated() {
                if isKept(bytes, index) {
                    result.append(byte)
                } else {
                    result.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]])
                }
            }
            return String(decoding: result, as: UTF8.self)
        }
        return encoded ?? text
    }

    /// Whether a byte is a `pchar` or `/`, without `'`, which a single-quoted attribute could not hold.
    private static func isPathByte(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 0x40 ? pathBytes.low : pathBytes.high) >> UInt64(byte & 0x3F) & 1 == 1
    }

    /// The bytes below 64, and those from there to 127, as bits: `!$&()*+,-./0…9:;=`, `@A…Z_a…z~`. Every address of every page is
    /// looked at, and a table in memory was a fiftieth of a whole build.
    private static let pathBytes: (low: UInt64, high: UInt64) = (0x2FFF_FF52_0000_0000, 0x47FF_FFFE_87FF_FFFF)

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}

extension SIMD16<UInt8> {
    /// Which of the bytes are neither letters nor digits nor `-`, `.`, `/` or `_`, of which nearly all addresses are made.
    @inline(__always)
    fileprivate var isNoPlainPathByte: SIMDMask<SIMD16<Int8>> {
        let letter = (self | SIMD16(repeating: 0x20)) &- SIMD16(repeating: 0x61) .< SIMD16(repeating: 26)
        let digit = self &- SIMD16(repeating: 0x2D) .< SIMD16(repeating: 13)
        return .!(letter .| digit .| (self .== SIMD16(repeating: 0x5F)))
    }
}
