import FoundationEssentials

/// Where a database server is, which of its databases is meant, and how to get in. ``DatabaseURL/server()`` reads one.
///
/// ```swift
/// var address = ServerAddress(database: "blog")
/// address.host = "db.example"
/// address.tls = .verifyFull
/// ```
public struct ServerAddress: Sendable, Hashable {
    /// How a connection is protected on its way.
    public enum TLS: String, Sendable, Hashable, CaseIterable {
        /// Not at all.
        case disable
        /// Where the server can; nobody is verified.
        case prefer
        /// Always; nobody is verified.
        case require
        /// Always, and the server's certificate must be signed by one that is trusted.
        case verifyCA = "verify-ca"
        /// Always, and the certificate must be the host's as well.
        case verifyFull = "verify-full"
    }

    /// Where a password comes from that is not written in the URL.
    public enum PasswordSource: Sendable, Hashable {
        /// It is known.
        case known(Secret)
        /// The first line of a file, read anew for each connection, so that a password may change.
        case file(String)
        /// A variable of the environment.
        case environment(String)
    }

    /// A name or an address; `nil` for the server on this machine, by its socket.
    public var host: String?
    /// The TCP port; `nil` for the engine's usual one.
    public var port: Int?
    /// Where the local server's socket lies: a folder for PostgreSQL, the socket itself for MySQL; `nil` for the usual place.
    public var socket: String?
    /// Who logs in; `nil` for the account that runs the program.
    public var user: String?
    /// How the password is found; `nil` for none, or what the client library finds by itself (`~/.pgpass`).
    public var password: PasswordSource?
    /// The database's name.
    public var database: String
    /// How the connection is protected.
    public var tls: TLS = .prefer
    /// The file with the certificates that are trusted; `nil` for those of the system.
    public var tlsRootCertificate: String?
    /// What the server's lists of connections call this program.
    public var applicationName: String?
    /// How long a connection may take to come about.
    public var connectTimeout: Duration = .seconds(10)
    /// How long the server works on one statement at most; `nil` for as long as it takes.
    public var statementTimeout: Duration?
    /// How long a statement waits for a lock of somebody else's at most; `nil` for the engine's usual time.
    public var lockTimeout: Duration?

    /// A database of the server on this machine.
    public init(database: String) { self.database = database }

    /// The password, read now from where it is. Throws `.configuration` when the file or variable is not there; the message names it,
    /// and never what it holds.
    public func readPassword() throws -> Secret? {
        switch password {
        case nil: return nil
        case .known(let secret): return secret
        case .environment(let name):
            guard let value = ProcessInfo.processInfo.environment[name] else {
                throw ORMError(.configuration, "the variable \(name), which password_env names, is not set")
            }
            return Secret(value)
        case .file(let path):
            guard let data = try? Data(contentsOf: URL(filePath: path)), let text = String(data: data, encoding: .utf8)
            else {
                throw ORMError(.configuration, "cannot read the password from \(path), which password_file names")
            }
            return Secret(String(text.prefix { !$0.isNewline }))
        }
    }

    /// Where the server is, for messages: `db.example:5432`, `the socket /run/postgresql`.
    public var place: String {
        guard let host else { return socket.map { "the socket \($0)" } ?? "the local socket" }
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }
}
