/// A failure of the site's generation: what went wrong, with which file, and the system's own words where it spoke.
///
/// `description` is one line for the person who runs the build. The exit code is the caller's decision; `code` is what it
/// decides by.
package struct SiteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    package enum Code: Sendable, Hashable {
        /// A file or folder cannot be created (sysexits 73).
        case cannotCreate
        /// A read, write, rename or deletion failed (sysexits 74).
        case fileAccess
        /// Another run holds the lock (sysexits 75).
        case locked
        /// A path would leave the output folder or replace something that is not ours to replace (sysexits 73).
        case unsafePath
        /// A template cannot be loaded or fails on a page the site cannot do without (sysexits 78).
        case template
        /// A setting makes no site (sysexits 78).
        case configuration
        /// The data cannot be published as it is, for instance two pages claim one address (sysexits 65).
        case data
    }

    package var code: Code
    /// The file, folder or address the failure is about.
    package var path: String
    /// What happened and, where known, what to do about it.
    package var message: String

    package init(_ code: Code, path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
