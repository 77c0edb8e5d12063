/// A MariaDB server made for the tests of this process.
public final class MariaDBServer: DatabaseServer {
    /// Where it lives: its socket, its data in `data`, and its certificate, when it has one.
    public let folder: String
    /// The database that is there from the start.
    public let ownDatabase = "mysql"
    private let process: ServerProcess
    private let start: String
    private static let account = ServerAccount(insteadOfRoot: "mysql")

    /// Makes and starts one.
    ///
    /// - `options`: more of its options.
    /// - `largestFile`: how many kilobytes a file of it may have.
    /// - `hasCertificate`: whether it has a certificate, `server.crt`, which is localhost's.
    public init(_ options: [String] = [], largestFile: Int? = nil, hasCertificate: Bool = false) throws {
        let folder = try Self.account.makeFolder("orm-mysql")
        var options = options
        if hasCertificate {
            let (key, certificate) = ("\(folder)/server.key", "\(folder)/server.crt")
            try ServerSupport.run(
                [
                    "/usr/bin/openssl", "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
                ], as: Self.account)
            options += ["--ssl-key=\(key)", "--ssl-cert=\(certificate)"]
        }
        try ServerSupport.run(
            [
                "/usr/bin/mariadb-install-db", "--no-defaults", "--datadir=\(folder)/data", "--skip-test-db",
                "--auth-root-authentication-method=normal", "--innodb-log-file-size=10M",
            ], as: Self.account)
        let settings =
            [
                "--no-defaults", "--datadir=\(folder)/data", "--socket=\(folder)/socket",
                "--pid-file=\(folder)/pid",
                // A server that starts removes the temporary tables of others in the same folder.
                "--tmpdir=\(folder)", "--skip-networking", "--skip-log-bin", "--performance-schema=OFF",
                "--innodb-log-file-size=10M",
                // Nothing of it outlives the machine, so that nothing need reach the disk: only the system's memory.
                "--innodb-flush-log-at-trx-commit=2", "--skip-innodb-doublewrite", "--innodb-buffer-pool-size=128M",
                "--innodb-flush-method=nosync", "--sync-frm=0",
                "--max-connections=400", "--log-error=\(folder)/log",
            ] + options
        let words = settings.map { "'\($0)'" }.joined(separator: " ")
        let limit = largestFile.map { "trap '' XFSZ; ulimit -f \($0 * 2);" } ?? ""
        start = """
            \(limit) /usr/sbin/mariadbd \(words) > /dev/null 2>&1 < /dev/null & \
            server=$!; \
            until /usr/bin/mariadb-admin --no-defaults --socket='\(folder)/socket' --user=root ping; do \
            kill -0 $server || { tail -n 20 '\(folder)/log'; exit 1; }; sleep 0.05; done
            """
        process = try ServerProcess(
            Self.account, folder: folder, start: start, stop: Self.stop(folder))
        self.folder = folder
    }

    private static func stop(_ folder: String) -> String {
        // As a power cut would, and until it is gone.
        "pid=$(cat '\(folder)/pid') && kill -9 $pid && while kill -0 $pid; do sleep 0.02; done; rm -f '\(folder)/pid'"
    }

    /// The URL of a database, by the socket.
    public func url(_ database: String) -> String {
        socketURL("mysql", user: "root", database, socket: folder + "/socket")
    }

    /// Runs SQL by the `mariadb` shell; gives what it prints.
    @discardableResult
    public func run(_ sql: String, on database: String) throws -> String {
        try ServerSupport.run(
            [
                "/usr/bin/mariadb", "--no-defaults", "--socket=\(folder)/socket", "--user=root",
                "--skip-column-names", "--batch", "--execute=\(sql)", database,
            ], as: Self.account)
    }

    /// Kills the server at once, as a power cut would.
    public func kill() throws { try control(Self.stop(folder)) }

    /// Starts the server again, on the data that are there.
    public func restart() throws { try control(start) }

    private func control(_ script: String) throws {
        try ServerSupport.run(["/bin/sh", "-c", "( \(script) ) > /dev/null 2>&1"], as: Self.account)
    }
}
