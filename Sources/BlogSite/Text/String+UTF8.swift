import ORM

extension String {
    /// The text that these bytes are in UTF-8, which they are; what were not would become U+FFFD, as with `String(decoding:as:)`. That one
    /// takes each byte by itself once one of them is not ASCII.
    init(utf8Bytes bytes: some Collection<UInt8>) {
        let text = bytes.withContiguousStorageIfAvailable { String(utf8: $0) } ?? nil
        self = text ?? String(decoding: bytes, as: UTF8.self)
    }
}
