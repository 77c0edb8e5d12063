/// Addresses whose scheme makes a browser run them as a script.
enum AddressScheme {
    /// What is printed in place of one.
    static let replacement: StaticString = "#script-address-removed"

    /// Whether an address begins with `javascript:`, `vbscript:` or, unless it is a picture's, `data:`; read as browsers read it
    /// (URL standard, section 4.4): control characters and spaces in front are dropped, tabs and line ends anywhere.
    static func isScript(_ address: String) -> Bool {
        var scheme: UInt64 = 0
        var length = 0
        var isBeginning = true
        for (offset, byte) in address.utf8.enumerated() {
            if isBeginning, byte <= 0x20 { continue }
            isBeginning = false
            switch byte {
            case 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: ":"): return isScript(scheme, length, address.utf8.dropFirst(offset + 1))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                // Ten letters of five bits each; a longer scheme is none of ours.
                guard length < maximumLength else { return false }
                scheme = scheme << 5 | UInt64(byte & 0x1F)
                length += 1
            default: return false
            }
        }
        return false
    }

    private static let maximumLength = 10

    private static func isScript(_ scheme: UInt64, _ length: Int, _ rest: Substring.UTF8View) -> Bool {
        switch (scheme, length) {
        case (javascript, 10), (vbscript, 8): true
        case (data, 4):
            !Substring(rest).filter { !$0.isWhitespace }.lowercased().hasPrefix("image/")
        default: false
        }
    }

    private static let javascript = packed("javascript")
    private static let vbscript = packed("vbscript")
    private static let data = packed("data")

    private static func packed(_ scheme: String) -> UInt64 {
        scheme.utf8.reduce(0) { $0 << 5 | UInt64($1 & 0x1F) }
    }
}
