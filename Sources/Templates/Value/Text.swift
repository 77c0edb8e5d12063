/// Text by code points and bytes, as Python counts it.
extension String {
    /// Offset in bytes of the first occurrence.
    func firstRange(ofBytes part: String, from start: Int = 0) -> Range<Int>? {
        var whole = self
        var part = part
        return whole.withUTF8 { haystack in
            part.withUTF8 { needle in
                let last = haystack.count - needle.count
                guard start <= last else { return nil }
                for offset in start...last {
                    var length = 0
                    while length < needle.count, haystack[offset + length] == needle[length] { length += 1 }
                    if length == needle.count { return offset..<offset + length }
                }
                return nil
            }
        }
    }

    /// Code points: Python's `len`.
    var scalarCount: Int {
        var count = 0
        for byte in utf8 where byte & 0xC0 != 0x80 { count += 1 }
        return count
    }

    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self = String(view)
    }
}

extension Value {
    /// A text of the same kind as this one: what is cut out of markup is markup.
    func sameKind(_ text: String) -> Value { isMarkup ? .markup(text) : .string(text) }
}
