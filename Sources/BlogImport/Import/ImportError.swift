import BlogConfiguration

/// Why an import could not be done at all. What is wrong with single records is in the report.
package enum ImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A path that was named does not exist. Exit code 66.
    case missingInput(path: String)
    /// A path that was named lies in no source, and nothing says what it is made of. Exit code 64.
    case unknownKind(path: String)
    /// A file of import's own cannot be written. Exit code 74.
    case cannotWrite(path: String, String)

    package var description: String {
        switch self {
        case .missingInput(let path): "\(path): no such file or folder"
        case .unknownKind(let path):
            "\(path): in no source of blog.yml; say what it is with --from (\(SourceKind.allCases.map(\.rawValue).joined(separator: ", ")))"
        case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
        }
    }
}
