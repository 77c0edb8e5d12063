/// Whitespace as Python's `str.isspace` has it, on UTF-8 bytes.
enum Whitespace {
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Bytes of whitespace at the front.
    static func leading(_ bytes: ArraySlice<UInt8>) -> Int {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte < 0x80 {
                guard contains(Unicode.Scalar(byte)) else { break }
                index += 1
            } else {
                // The multi-byte ones are two or three bytes long.
                let wide = [2, 3].first { length in
                    index + length <= bytes.endIndex && isOneSpace(bytes[index..<index + length])
                }
                guard let wide else { break }
                index += wide
            }
        }
        return index - bytes.startIndex
    }

    /// Bytes of whitespace at the back.
    static func trailing(_ bytes: ArraySlice<UInt8>) -> Int {
        var end = bytes.endIndex
        while end > bytes.startIndex {
            let byte = bytes[end - 1]
            if byte < 0x80 {
                guard contains(Unicode.Scalar(byte)) else { break }
                end -= 1
            } else {
                let wide = [2, 3].first { length in
                    end - length >= bytes.startIndex && isOneSpace(bytes[end - length..<end])
                }
                guard let wide else { break }
                end -= wide
            }
        }
        return bytes.endIndex - end
    }

    private static func isOneSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
        var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.makeIterator()
        guard let first = scalars.next(), scalars.next() == nil else { return false }
        return contains(first)
    }
}
