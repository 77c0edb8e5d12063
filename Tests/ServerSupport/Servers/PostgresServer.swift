import Foundation

/// A PostgreSQL server made for the tests of this process.
public final class PostgresServer: DatabaseServer {
    /// Where it lives: its socket, and its data in `data`.
    public let folder: String
    /// Its port on the loopback interface, when it listens there; the socket in ``folder`` bears the same number.
    public let port: Int
    /// The database that is there from the start.
    public let ownDatabase = "postgres"
    private let process: ServerProcess
    private static let account = ServerAccount(insteadOfRoot: "postgres")

    /// Makes and starts one.
    ///
    /// - `settings`: lines of its postgresql.conf.
    /// - `isOnLoopback`: whether it listens on the loopback interface, beside its socket.
    /// - `commands`: of the shell, run in its data folder before it starts, `&&` behind each.
    /// - `prepare`: what fills its folder, instead of `initdb`.
    public init(
        _ settings: [String] = [], isOnLoopback: Bool = false, commands: String = "",
        prepare: ((_ data: String) throws -> Void)? = nil
    ) throws {
        let folder = try Self.account.makeFolder("orm-postgres")
        let port = isOnLoopback ? try freePort() : 5432
        let data = "\(folder)/data"
        if let prepare {
            try prepare(data)
        } else {
            try Self.run(
                "initdb", "--pgdata=\(data)", "--username=orm", "--auth=trust", "--encoding=UTF8",
                "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        }
        let lines =
            [
                "fsync = off", "full_page_writes = off", "autovacuum = off", "shared_buffers = 64MB",
                "max_connections = 100", "listen_addresses = '\(isOnLoopback ? "127.0.0.1" : "")'", "port = \(port)",
                "unix_socket_directories = '\(folder)'", "log_min_messages = fatal",
            ] + settings
        // One account needs a password; the rest of this machine comes in as it likes.
        let access = [
            "local all guarded scram-sha-256", "host all guarded 127.0.0.1/32 scram-sha-256", "local all all trust",
            "host all all 127.0.0.1/32 trust", "local replication all trust",
            "host replication all 127.0.0.1/32 trust",
        ]
        let control = "\(try Self.programs)/pg_ctl --pgdata='\(data)' --wait"
        process = try ServerProcess(
            Self.account, folder: folder,
            start: """
                printf '%s\\n' \(Self.quoted(lines)) >> '\(data)/postgresql.auto.conf' \
                && printf '%s\\n' \(Self.quoted(access)) > '\(data)/pg_hba.conf' \
                && cd '\(data)' && \(commands) \(control) --log='\(folder)/log' start
                """,
            stop: "\(control) --mode=immediate stop")
        self.folder = folder
        self.port = port
    }

    private static func quoted(_ lines: [String]) -> String { lines.map { "\"\($0)\"" }.joined(separator: " ") }

    /// The URL of a database, by the socket.
    public func url(_ database: String) -> String { socketURL("postgres", user: "orm", database, socket: folder) }

    /// Runs SQL by psql; gives what it prints.
    @discardableResult
    public func run(_ sql: String, on database: String) throws -> String {
        try Self.run(
            "psql", "--host=\(folder)", "--port=\(port)", "--username=orm", "--no-psqlrc", "--tuples-only",
            "--no-align", "--set=ON_ERROR_STOP=1", "--command=\(sql)", database)
    }

    /// Kills the server at once, as a power cut would.
    public func kill() throws { try control("stop", "--mode=immediate") }

    /// Starts the server again, on the data that are there.
    public func restart() throws { try control("start") }

    /// Stops or starts the server, or makes a replica the primary: `restart --mode=immediate`.
    public func control(_ arguments: String...) throws {
        try Self.run(["pg_ctl", "--pgdata=\(folder)/data", "--wait", "--log=\(folder)/log"] + arguments)
    }

    /// Runs one of PostgreSQL's own programs; gives what it prints.
    @discardableResult
    public static func run(_ command: String...) throws -> String { try run(command) }

    @discardableResult
    private static func run(_ command: [String]) throws -> String {
        try ServerSupport.run(["\(try programs)/\(command[0])"] + command.dropFirst(), as: account)
    }

    /// Where Debian keeps them: in a folder for each version, and in no PATH.
    private static var programs: String {
        get throws {
            let root = "/usr/lib/postgresql"
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
            guard
                let newest = versions.compactMap(Int.init).filter({
                    FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb")
                }).max()
            else { throw ServerFailure("PostgreSQL's server is not installed: apt-get install postgresql") }
            return "\(root)/\(newest)/bin"
        }
    }
}
