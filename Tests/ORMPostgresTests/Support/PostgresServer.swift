#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ServerSupport
    import Synchronization

    /// A PostgreSQL server made for the tests of this process.
    final class PostgresServer: Sendable {
        let folder: String
        /// The port of the loopback interface; the socket in ``folder`` bears the same number.
        let port: Int
        private let process: ServerProcess
        private static let account = ServerAccount(insteadOfRoot: "postgres")

        /// The one that all tests share that do it no harm.
        static var shared: PostgresServer { get throws { try sharedResult.get() } }
        private static let sharedResult = Result { try PostgresServer() }

        /// A server of one's own.
        ///
        /// - `settings`: lines of its postgresql.conf.
        /// - `commands`: of the shell, run in its data folder before it starts, `&&` behind each.
        /// - `prepare`: what fills its folder, instead of `initdb`.
        init(
            _ settings: [String] = [], commands: String = "", prepare: ((_ data: String) throws -> Void)? = nil
        ) throws {
            let folder = try Self.account.makeFolder("orm-postgres")
            let port = try freePort()
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
                    "fsync = off", "full_page_writes = off", "autovacuum = off",
                    "shared_buffers = 64MB", "max_connections = 100", "listen_addresses = '127.0.0.1'",
                    "port = \(port)", "unix_socket_directories = '\(folder)'", "log_min_messages = fatal",
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

        /// Where the server is, by its socket.
        func address(_ database: String) -> ServerAddress {
            var address = ServerAddress(database: database)
            address.socket = folder
            address.port = port
            address.user = "orm"
            return address
        }

        /// Runs `body` with a new database, and drops it afterwards.
        func withDatabase<Result>(
            pool: PoolOptions = PoolOptions(),
            _ body: nonisolated(nonsending) (PostgresDriver) async throws -> Result
        ) async throws -> Result {
            let name = "test_\(Self.count.wrappingAdd(1, ordering: .relaxed).newValue)"
            try await execute("CREATE DATABASE \(name)")
            do {
                let result = try await body(PostgresDriver(address(name), pool: pool))
                try await execute("DROP DATABASE \(name) WITH (FORCE)")
                return result
            } catch {
                try await execute("DROP DATABASE \(name) WITH (FORCE)")
                throw error
            }
        }

        private static let count = Atomic(0)

        /// Runs a statement as the server's owner, on a connection of its own.
        func execute(_ sql: String, on database: String = "postgres") async throws {
            let owner = try await Database.open(PostgresDriver(address(database), pool: PoolOptions(maxSize: 1)))
            do {
                _ = try await owner.withLease(.readWrite) { try await $0.execute(Statement(sql)) }
                await owner.close()
            } catch {
                await owner.close()
                throw error
            }
        }

        /// Stops or starts the server, or makes a replica the primary: `restart --mode=immediate`.
        func control(_ arguments: String...) throws {
            try Self.run(["pg_ctl", "--pgdata=\(folder)/data", "--wait", "--log=\(folder)/log"] + arguments)
        }

        /// Runs one of PostgreSQL's own programs.
        static func run(_ command: String...) throws { try run(command) }

        private static func run(_ command: [String]) throws {
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

    /// Runs `body` with a new database of the shared server, few at a time.
    func withPostgres<Result>(
        pool: PoolOptions = PoolOptions(), _ body: nonisolated(nonsending) (PostgresDriver) async throws -> Result
    ) async throws -> Result {
        try await turnstile.pass { try await PostgresServer.shared.withDatabase(pool: pool, body) }
    }

    private let turnstile = Turnstile(4)
#endif
