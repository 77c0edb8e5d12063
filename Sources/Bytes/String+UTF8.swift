#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension String {
    /// The text that these bytes are in UTF-8; `nil` when they are not UTF-8.
    ///
    /// `String(validating:as:)` is generic and takes each byte by itself once one of them is not ASCII, which is two thirds of the
    /// time of reading a text. This one steps over ASCII eight bytes at a time wherever it stands.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
            self.init(validating: bytes, as: UTF8.self)
            return
        }
        guard let isASCII = Self.checkUTF8(UnsafeRawBufferPointer(bytes)) else { return nil }
        self.init(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII))
    }

    /// The text that these bytes are in UTF-8, which they are; what were not would become U+FFFD, as with `String(decoding:as:)`. That one
    /// takes each byte by itself once one of them is not ASCII.
    package init(utf8Bytes bytes: some Collection<UInt8>) {
        let text = bytes.withContiguousStorageIfAvailable { String(utf8: $0) } ?? nil
        self = text ?? String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the text has a NUL character. By `memchr`, which looks at 32 bytes at once; every written text is asked this.
    package var containsNUL: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? utf8.contains(0)
    }

    /// Whether all bytes are ASCII; `nil` when they are not UTF-8. Well-formed sequences are those of table 3-7 of the Unicode
    /// Standard, <https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G7404>.
    private static func checkUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        var isASCII = true
        var position = 0
        let end = bytes.count
        while position < end {
            while position &+ 8 <= end,
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            { position &+= 8 }
            // The eight bytes that were not all ASCII, or the last ones.
            let stop = Swift.min(position &+ 8, end)
            while position < stop {
                let lead = bytes[position]
                position &+= 1
                if lead < 0x80 { continue }
                isASCII = false
                // How many bytes follow, and what the first of them may be; each other one is 80…BF.
                let (count, first): (Int, ClosedRange<UInt8>)
                switch lead {
                case 0xC2...0xDF: (count, first) = (1, 0x80...0xBF)
                case 0xE0: (count, first) = (2, 0xA0...0xBF)
                case 0xED: (count, first) = (2, 0x80...0x9F)
                case 0xE1...0xEF: (count, first) = (2, 0x80...0xBF)
                case 0xF0: (count, first) = (3, 0x90...0xBF)
                case 0xF1...0xF3: (count, first) = (3, 0x80...0xBF)
                case 0xF4: (count, first) = (3, 0x80...0x8F)
                default: return nil
                }
                guard position &+ count <= end, first.contains(bytes[position]) else { return nil }
                for next in position &+ 1..<position &+ count where bytes[next] & 0xC0 != 0x80 { return nil }
                position &+= count
            }
        }
        return isASCII
    }
}
