import BlogConfiguration
import Foundation

/// A path of the site as front matter and aliases name it, in the one form the database has: `/old/place/`, or with a
/// file name at its end, `/old/place.html`. Not percent-encoded.
package struct SitePath: Sendable, Hashable {
    package let text: String

    /// Why a text is no path of the site, as the end of a sentence that starts with the text.
    package struct Fault: Error, Sendable, Hashable {
        package var message: String
    }

    /// Takes `old/place`, `/old/place/`, percent-encoded or not, or a whole URL, of which the path counts.
    package init(_ source: String) throws(Fault) {
        var path = source.trimmingCharacters(in: .whitespaces)
        if let scheme = path.range(of: "://"), path[..<scheme.lowerBound].allSatisfy({ $0.isASCII && $0.isLetter }) {
            path = String(path[scheme.upperBound...].drop { $0 != "/" })
        }
        guard !path.contains(where: { "?#".contains($0) }) else {
            throw Fault(message: "\"\(source)\" has a query or a fragment, expected a path such as /old/place/")
        }
        let decoded = path.removingPercentEncoding ?? path
        guard !decoded.unicodeScalars.contains(where: { $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }) else {
            throw Fault(message: "\"\(source.printable)\" has a character that paths cannot have")
        }
        let segments = decoded.split(separator: "/", omittingEmptySubsequences: true)
        guard !segments.contains(where: { $0 == "." || $0 == ".." }) else {
            throw Fault(message: "\"\(source)\" leads out of its folder, expected a path without \".\" and \"..\"")
        }
        guard segments.allSatisfy({ $0.utf8.count <= 255 }), decoded.utf8.count <= 500 else {
            throw Fault(message: "\"\(source.prefix(60))…\" is longer than 500 bytes, or a part of it longer than 255")
        }
        let isFile = !decoded.hasSuffix("/") && segments.last?.dropFirst().contains(".") == true
        let joined = segments.joined(separator: "/")
        text = joined.isEmpty ? "/" : "/\(joined)\(isFile ? "" : "/")"
    }

    /// A path that is in its form already.
    init(normalized text: String) {
        self.text = text
    }
}
