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
        func refuse(_ reason: String) -> SiteError {
            SiteError(.unsafePath, path: text, "not a path inside the output folder: \(reason)")
        }
        guard !text.isEmpty else { throw refuse("it is empty") }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                if index == 0 { throw refuse("it starts with /") }
                throw refuse(index == parts.count - 1 ? "it ends with /" : "it has an empty part")
            }
            if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) {
                throw refuse("it has a part \"\(part.count == 1 ? "." : "..")\"")
            }
            if part.count > 255 { throw refuse("a part is longer than 255 bytes") }
            if part.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw refuse("it has a control character") }
        }
        if let first = parts.first, first.starts(with: Self.reservedPrefix.utf8) {
            throw refuse("names that start with \(Self.reservedPrefix) belong to the publisher")
        }
        string = text
    }

    /// Top-level names with this prefix are the publisher's own (token and staging folder).
    static let reservedPrefix = ".blog-"

    /// The file of a page's address: `/` and `/x/` have an `index.html`, `/x.html` is itself, `/x` counts as a folder.
    package static func page(at address: String) throws(SiteError) -> OutputPath {
        guard address.utf8.first == UInt8(ascii: "/") else {
            throw SiteError(.unsafePath, path: address, "the address of a page starts with /")
        }
        let relative = String(address.dropFirst())
        if relative.isEmpty { return try OutputPath("index.html") }
        if relative.utf8.last == UInt8(ascii: "/") { return try OutputPath(relative + "index.html") }
        let name = relative.split(separator: "/").last ?? ""
        return try OutputPath(name.contains(".") ? relative : relative + "/index.html")
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
