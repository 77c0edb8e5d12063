/// Why a corpus could not be written.
package struct CorpusError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure, each with the exit code of sysexits.h.
    package enum Code: Int32, Sendable {
        case missingTheme = 66
        case cannotCreate = 73
        case writeFailed = 74
    }

    package let code: Code
    package let description: String
}
