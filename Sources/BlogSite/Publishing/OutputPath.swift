/// The place of a published file: a relative path that cannot leave the output folder.
///
/// The only way to get one is through the check, so code that writes files need not repeat it. Whether a parent folder is a
/// symbolic link is known only on disk; `OutputFolder` refuses those.
package struct OutputPath: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The path with `/` between its parts, without a leading or trailing one.
    package let string: String

    /// Accepts `text` when each of its parts is an ordinary name.
    ///
    /// Refused with `SiteError` `.unsafePath`: empty and absolute paths, empty parts, `.` and `..`, control characters,
    /// parts longer than 255 bytes (the limit of Linux file systems) and names that the publisher uses itself.
    package init(_ text: String) throws(SiteError) {
        var text = text
        if let fault = text.withUTF8({ Self.fault(in: $0) }) {
            throw SiteError(.unsafePath, path: text, "not a path inside the output folder: \(fault)")
        }
        string = text
    }

    /// What is wrong with a path. In one pass over its bytes, for a site has many.
    private static func fault(in path: UnsafeBufferPointer<UInt8>) -> String? {
        if path.isEmpty { return "it is empty" }
        var start = 0
        while start <= path.count {
            var end = start
            var hasControl = false
            while end < path.count, path[end] != UInt8(ascii: "/") {
                if path[end] < 0x20 || path[end] == 0x7F { hasControl = true }
                end += 1
            }
            let part = path[start..<end]
            if part.isEmpty {
                if start == 0 { return "it starts with /" }
                return end == path.count ? "it ends with /" : "it has an empty part"
            }
            if part.count <= 2, part.allSatisfy({ $0 == UInt8(ascii: ".") }) {
                return "it has a part \"\(part.count == 1 ? "." : "..")\""
            }
            if part.count > 255 { return "a part is longer than 255 bytes" }
            if hasControl { return "it has a control character" }
            start = end + 1
        }
        if path.starts(with: reservedPrefix.utf8) {
            return "names that start with \(reservedPrefix) belong to the publisher"
        }
        return nil
    }

    /// Top-level names with this prefix are the publisher's own (token and staging folder).
    static let reservedPrefix = ".blog-"

    /// The file of a page's address: `/` and `/x/` have an `index.html`, `/x.html` is itself, `/x` counts as a folder.
    package static func page(at address: String) throws(SiteError) -> OutputPath {
        guard address.utf8.first == UInt8(ascii: "/") else {
            throw SiteError(.unsafePath, path: address, "the address of a page starts with /")
        }
        let relative = String(Substring(address.utf8.dropFirst()))
        if relative.isEmpty { return try OutputPath("index.html") }
        if relative.utf8.last == UInt8(ascii: "/") { return try OutputPath(relative + "index.html") }
        let isFile = relative.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.contains(UInt8(ascii: "."))
        return try OutputPath(isFile ? relative : relative + "/index.html")
    }

    /// The folders above the file, outermost first; empty for a file at the top.
    var parents: [String] {
        let bytes = string.utf8
        return bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }.map { String(string[..<$0]) }
    }

    package var description: String { string }

    /// Order by UTF-8 bytes: the same on every machine, whatever its locale.
    package static func < (left: Self, right: Self) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}
