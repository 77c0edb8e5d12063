#if Postgres || MySQL
    import Foundation
    import ServerSupport
    import Synchronization
    import Testing

    /// A database server for sites: made for the tests of this process, and gone with it.
    final class SiteServer: Sendable {
        enum Engine: String, Sendable, CaseIterable, CustomTestStringConvertible {
            #if Postgres
                case postgres
            #endif
            #if MySQL
                case mysql
            #endif

            var testDescription: String { rawValue }
        }

        let engine: Engine
        private let folder: String
        private let account: ServerAccount
        private let process: ServerProcess
        private let count = Atomic(0)

        /// The server of an engine that all tests share that do it no harm.
        static func shared(_ engine: Engine) throws -> SiteServer {
            try servers.withLock { servers in
                if let server = servers[engine] { return server }
                let server = try SiteServer(engine)
                servers[engine] = server
                return server
            }
        }

        private static let servers = Mutex<[Engine: SiteServer]>([:])

        /// A server of one's own.
        init(_ engine: Engine) throws {
            self.engine = engine
            account = ServerAccount(insteadOfRoot: engine.rawValue)
            folder = try account.makeFolder("blog-\(engine.rawValue)")
            process = try ServerProcess(
                account, folder: folder, start: "\(engine.initialisation(in: folder)) && \(engine.start(in: folder))",
                stop: engine.stop(in: folder))
        }

        /// The URL of a new, empty database.
        func makeDatabase() throws -> String {
            let name = "blog_\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
            try run("CREATE DATABASE \(name)", on: engine.ownDatabase)
            return url(name)
        }

        /// The URL of a database.
        func url(_ name: String) -> String {
            let socket = engine.socket(in: folder).replacing("/", with: "%2F")
            return "\(engine.rawValue)://\(engine.owner)@/\(name)?socket=\(socket)"
        }

        /// Runs SQL in the database of a URL by the engine's own shell; gives what it prints.
        @discardableResult
        func run(_ sql: String, at url: String) throws -> String {
            let name = url.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) } ?? ""
            return try run(sql, on: name)
        }

        @discardableResult
        private func run(_ sql: String, on name: String) throws -> String {
            try ServerSupport.run(engine.shell(name, sql, in: folder), as: account)
        }

        /// Kills the server at once, as a power cut would.
        func kill() throws { try shell(engine.stop(in: folder)) }
        /// Starts it again.
        func start() throws { try shell(engine.start(in: folder)) }

        private func shell(_ command: String) throws {
            try ServerSupport.run(["/bin/sh", "-c", "( \(command) ) > /dev/null 2>&1 < /dev/null"], as: account)
        }
    }

    extension SiteServer.Engine {
        fileprivate var ownDatabase: String { isPostgres ? "postgres" : "mysql" }
        fileprivate var owner: String { isPostgres ? "orm" : "root" }

        private var isPostgres: Bool { rawValue == "postgres" }

        fileprivate func socket(in folder: String) -> String { isPostgres ? folder : folder + "/socket" }

        fileprivate func initialisation(in folder: String) -> String {
            isPostgres
                ? """
                \(Self.programs)/initdb --pgdata=\(folder)/data --username=orm --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
                --no-sync --no-instructions && printf '%s\\n' "fsync = off" "listen_addresses = ''" \
                "unix_socket_directories = '\(folder)'" >> \(folder)/data/postgresql.auto.conf
                """
                : """
                mariadb-install-db --no-defaults --datadir=\(folder)/data --auth-root-authentication-method=normal \
                --skip-test-db --innodb-log-file-size=10M
                """
        }

        /// Returns when the server answers.
        fileprivate func start(in folder: String) -> String {
            isPostgres
                ? "\(Self.programs)/pg_ctl --pgdata=\(folder)/data --wait --log=\(folder)/log start"
                : """
                { setsid /usr/sbin/mariadbd --no-defaults --datadir=\(folder)/data --socket=\(folder)/socket --tmpdir=\(folder) \
                --pid-file=\(folder)/pid --skip-networking --skip-log-bin --performance-schema=OFF \
                --innodb-log-file-size=10M --innodb-flush-log-at-trx-commit=2 --skip-innodb-doublewrite \
                --innodb-flush-method=nosync --sync-frm=0 --log-error=\(folder)/log & } && \
                for try in $(seq 300); do mariadb-admin --no-defaults --socket=\(folder)/socket --user=root ping && exit 0; \
                sleep 0.1; done; exit 1
                """
        }

        fileprivate func stop(in folder: String) -> String {
            isPostgres
                ? "\(Self.programs)/pg_ctl --pgdata=\(folder)/data --wait --mode=immediate stop"
                : """
                pid=$(cat \(folder)/pid) && kill -9 $pid && while kill -0 $pid; do sleep 0.05; done; rm -f \(folder)/pid
                """
        }

        fileprivate func shell(_ database: String, _ sql: String, in folder: String) -> [String] {
            isPostgres
                ? [
                    "\(Self.programs)/psql", "--host=\(folder)", "--username=orm", "--no-psqlrc", "--tuples-only",
                    "--no-align", "--set=ON_ERROR_STOP=1", "--command=\(sql)", database,
                ]
                : [
                    "/usr/bin/mariadb", "--no-defaults", "--socket=\(folder)/socket", "--user=root",
                    "--skip-column-names", "--batch", "--execute=\(sql)", database,
                ]
        }

        /// Where Debian keeps PostgreSQL's programs, the newest of them.
        private static let programs: String = {
            let root = "/usr/lib/postgresql"
            let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
            return "\(root)/\(versions.compactMap(Int.init).max() ?? 0)/bin"
        }()
    }
#endif
