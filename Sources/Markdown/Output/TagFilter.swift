/// GFM's "disallowed raw HTML": the `<` of these tags becomes `&lt;`.
enum TagFilter {
    private static let names = [
        "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext",
    ].map { Array($0.utf8) }

    static func write(_ html: ArraySlice<UInt8>, to out: inout HTMLBuffer) {
        var copied = html.startIndex
        var index = html.startIndex
        while index < html.endIndex {
            if html[index] == UInt8(ascii: "<"), isDisallowed(html[(index + 1)...]) {
                out.raw(html[copied..<index])
                out.raw("&lt;")
                copied = index + 1
            }
            index += 1
        }
        out.raw(html[copied...])
    }

    private static func isDisallowed(_ tag: ArraySlice<UInt8>) -> Bool {
        let tag = tag.first == UInt8(ascii: "/") ? tag.dropFirst() : tag
        for name in names where tag.count > name.count {
            guard zip(name, tag).allSatisfy({ $0 == $1.asciiLowercased }) else { continue }
            let after = tag[tag.startIndex + name.count]
            if after.isASCIISpace || after == UInt8(ascii: ">") || after == UInt8(ascii: "/") { return true }
        }
        return false
    }
}
