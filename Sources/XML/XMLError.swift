/// Why a document could not be read.
///
/// `description` is one line with the place: `export.xml:12: the element <p> is nested deeper than 64 levels`.
package struct XMLError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// The document is not well-formed.
        case syntax
        /// It is deeper or larger than the reader's `XMLLimits` allow.
        case limit
        /// It has a document type declaration, which exports of blogs do not have and attacks do.
        case forbidden
        /// Its bytes could not be read.
        case input
        /// Its elements stand in an order that its reader did not expect.
        case unexpected
    }

    package var code: Code
    package var message: String
    /// The document's path or another name that its user knows.
    package var path: String
    /// 1-based; nil if the place is not known.
    package var line: Int?
    package var underlying: (any Error)?

    package init(_ code: Code, _ message: String, path: String, line: Int? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.line = line
        self.underlying = underlying
    }

    package var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}
