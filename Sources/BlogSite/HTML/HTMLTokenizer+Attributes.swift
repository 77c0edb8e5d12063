import Bytes

extension HTMLTokenizer {
    /// Names of attributes to look for.
    ///
    /// As numbers, of their last eight bytes: `formaction` and `xformaction` are taken for the same, which costs reading a tag in
    /// vain.
    struct AttributeNames: Sendable {
        fileprivate let packed: [UInt64]

        init(_ names: some Sequence<String>) { packed = names.map { $0.utf8.reduce(0, HTMLTokenizer.packed) } }
    }

    /// The next start tag that may have one of some attributes; nil at the end of the file.
    ///
    /// Other tags are passed over without being read, if they are written as nearly all are: a name, and attributes in double
    /// quotes with one space before each. In a post with highlighted code there are hundreds of those for one link.
    mutating func nextStartTag(having names: AttributeNames) -> StartTag? {
        while index < bytes.count {
            if rawTextElement == nil {
                guard let open = nextAngle else {
                    index = bytes.count
                    return nil
                }
                index = open
                if skipPlainTag(without: names) { continue }
            }
            if case .startTag(let tag) = next() { return tag }
        }
        return nil
    }

    /// Moves behind the tag that begins here, unless it is written in another way, has an attribute with one of the names, or
    /// begins an element whose content is text alone.
    private mutating func skipPlainTag(without names: AttributeNames) -> Bool {
        let end = bytes.withUnsafeBufferPointer { bytes -> Int? in
            var place = index + 1
            func name() -> UInt64? {
                let start = place
                var name: UInt64 = 0
                while place < bytes.count, Self.isPlainNamePart(bytes[place]) {
                    name = Self.packed(name, bytes[place])
                    place += 1
                }
                return place > start && place < bytes.count && bytes[start].isASCIILetter ? name : nil
            }
            let isEndTag = place < bytes.count && bytes[place] == UInt8(ascii: "/")
            if isEndTag { place += 1 }
            guard let element = name(), isEndTag || !Self.packedRawTextElements.contains(element) else { return nil }
            while bytes[place] == UInt8(ascii: " ") {
                place += 1
                guard let attribute = name(), !names.packed.contains(attribute),
                    bytes[place...].starts(with: "=\"".utf8),
                    let close = ByteSearch.first(UInt8(ascii: "\""), in: bytes, from: place + 2),
                    close + 1 < bytes.count
                else { return nil }
                place = close + 1
            }
            return bytes[place] == UInt8(ascii: ">") ? place + 1 : nil
        }
        guard let end else { return false }
        index = end
        return true
    }

    private static let packedRawTextElements = rawTextElements.map { $0.utf8.reduce(0, packed) }

    /// The last eight bytes of a name, in lower case, as a number.
    private static func packed(_ name: UInt64, _ byte: UInt8) -> UInt64 { name << 8 | UInt64(byte | 0x20) }

    /// Letters, digits and `-`, none of which becomes another character by the bit that makes letters lower case.
    private static func isPlainNamePart(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
}
