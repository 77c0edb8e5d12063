import Foundation

/// The account that a server runs as. Servers refuse to run as root, so root runs them as an account made for them.
public struct ServerAccount: Sendable {
    /// What stands in front of a command to run it as this account; nothing when it is one's own.
    let prefix: [String]
    /// Its name; `nil` when it is one's own.
    let name: String?

    /// The account of this process, or, when that is root's, the one of this name, which the server's package has made.
    public init(insteadOfRoot name: String) {
        let isRoot = geteuid() == 0
        self.name = isRoot ? name : nil
        prefix =
            isRoot ? ["/usr/bin/setpriv", "--reuid=\(name)", "--regid=\(name)", "--clear-groups", "--"] : []
    }

    /// The account of this process.
    public static let own = ServerAccount()

    private init() { (prefix, name) = ([], nil) }

    /// Makes an empty folder that the account owns; the folder goes with the server in it.
    public func makeFolder(_ label: String) throws -> String {
        var template = Array("/tmp/\(label)-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ServerFailure("cannot make a folder in /tmp") }
        let path = String(cString: made)
        guard let name else { return path }
        guard let account = getpwnam(name), chown(path, account.pointee.pw_uid, account.pointee.pw_gid) == 0 else {
            throw ServerFailure("cannot give \(path) to the account \(name): is the server's package installed?")
        }
        return path
    }
}

/// A server could not be started, or a program beside it failed.
public struct ServerFailure: Error, CustomStringConvertible {
    /// What happened.
    public let description: String

    /// A failure by its message.
    public init(_ description: String) { self.description = description }
}
