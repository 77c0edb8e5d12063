extension DatabaseURL {
    /// The options of URLs that name a server, beside those of the pool.
    static let serverOptionNames = [
        "socket", "tls", "tls_root_certificate", "application_name", "connect_timeout", "statement_timeout",
        "lock_timeout", "password_file", "password_env",
    ]

    /// The server that the URL names: `postgres://ada:p%40ss@db.example:5432/blog?tls=verify-full`.
    ///
    /// | part | |
    /// |---|---|
    /// | `user:password@` | may be left out, also the password alone; `@ : / ?` in them are written `%40 %3A %2F %3F` |
    /// | `host:port` | left out: the local server by its socket; IPv6 in brackets |
    /// | `/database` | must be there |
    /// | `socket` | where the local server's socket lies, when not at the usual place |
    /// | `tls` | `disable`, `prefer` (the default), `require`, `verify-ca`, `verify-full` |
    /// | `tls_root_certificate` | a file of certificates that are trusted |
    /// | `application_name` | shown in the server's list of connections |
    /// | `connect_timeout`, `statement_timeout`, `lock_timeout` | seconds, 0 = no limit for a statement, the usual one for a lock |
    /// | `password_file`, `password_env` | where the password stands instead: a file's first line, a variable |
    ///
    /// Throws `.configuration`, without what the URL holds.
    public func server() throws -> ServerAddress {
        let slash = rawLocation.firstIndex(of: "/")
        guard let slash, rawLocation.index(after: slash) < rawLocation.endIndex else {
            throw ORMError(
                .configuration, "the database URL names no database: \(scheme)://user@host/blog, or \(scheme):///blog")
        }
        var address = ServerAddress(
            database: try Self.decoded(rawLocation[rawLocation.index(after: slash)...], "the database's name"))
        var authority = rawLocation[..<slash]
        if let at = authority.lastIndex(of: "@") {
            let parts = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            address.user = try Self.decoded(parts[0], "the user")
            if parts.count > 1 { address.password = .known(Secret(try Self.decoded(parts[1], "the password"))) }
            authority = authority[authority.index(after: at)...]
        }
        try Self.readHost(authority, into: &address)
        try readOptions(into: &address)
        return address
    }

    private static func readHost(_ text: Substring, into address: inout ServerAddress) throws {
        var (host, port): (Substring, Substring?) = (text, nil)
        if text.first == "[", let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            port = rest.isEmpty ? nil : rest.dropFirst()
            guard rest.isEmpty || rest.first == ":" else { throw badPort }
        } else if let colon = text.lastIndex(of: ":") {
            (host, port) = (text[..<colon], text[text.index(after: colon)...])
        }
        if !host.isEmpty { address.host = try decoded(host, "the host") }
        guard let port else { return }
        guard let number = Int(port), 1...65_535 ~= number, address.host != nil else { throw badPort }
        address.port = number
    }

    private static var badPort: ORMError {
        ORMError(
            .configuration, "the port in the database URL is a number from 1 to 65535 behind a host: db.example:5432")
    }

    private func readOptions(into address: inout ServerAddress) throws {
        address.tlsRootCertificate = serverOptions["tls_root_certificate"]
        address.applicationName = serverOptions["application_name"]
        if let socket = serverOptions["socket"] {
            guard address.host == nil else {
                throw ORMError(.configuration, "the database URL gives a host and a socket: leave one out")
            }
            address.socket = socket
        }
        if let name = serverOptions["tls"] {
            guard let tls = ServerAddress.TLS(rawValue: name) else {
                let known = ServerAddress.TLS.allCases.map(\.rawValue).joined(separator: ", ")
                throw ORMError(.configuration, "tls in the database URL is one of \(known)")
            }
            address.tls = tls
        }
        if let text = serverOptions["connect_timeout"] {
            address.connectTimeout = try Self.seconds(text, "connect_timeout")
            guard address.connectTimeout > .zero else {
                throw ORMError(.configuration, "connect_timeout must be positive: seconds, such as 10")
            }
        }
        address.statementTimeout = try limit("statement_timeout")
        address.lockTimeout = try limit("lock_timeout")
        let sources =
            [
                address.password, serverOptions["password_file"].map { .file($0) },
                serverOptions["password_env"].map { .environment($0) },
            ]
            .compactMap { $0 }
        guard sources.count < 2 else {
            throw ORMError(
                .configuration, "the database URL gives the password twice: by itself, password_file or password_env")
        }
        address.password = sources.first
    }

    /// The seconds that an option gives; `nil` for 0, and when it is not there.
    private func limit(_ name: String) throws -> Duration? {
        guard let text = serverOptions[name] else { return nil }
        let limit = try Self.seconds(text, name)
        return limit == .zero ? nil : limit
    }
}
