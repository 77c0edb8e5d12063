#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ServerSupport
    import Synchronization

    /// A MariaDB server made for the tests of this process.
    final class TestServer: Sendable {
        let folder: String
        private let process: ServerProcess
        private let start: String
        private static let account = ServerAccount(insteadOfRoot: "mysql")

        /// The one that all tests share that do it no harm.
        static var shared: TestServer { get throws { try sharedResult.get() } }
        private static let sharedResult = Result { try TestServer() }

        /// A server of one's own.
        ///
        /// - `options`: more of its options.
        /// - `largestFile`: how many kilobytes a file of it may have.
        /// - `hasCertificate`: whether it has a certificate, `server.crt`, which is localhost's.
        init(_ options: [String] = [], largestFile: Int? = nil, hasCertificate: Bool = false) throws {
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

        /// Kills the server.
        func kill() throws { try control(Self.stop(folder)) }

        /// Starts the server again, on the data that are there.
        func restart() throws { try control(start) }

        private func control(_ script: String) throws {
            try ServerSupport.run(["/bin/sh", "-c", "( \(script) ) > /dev/null 2>&1"], as: Self.account)
        }

        /// Where a database of the server is, for its administrator.
        func address(_ database: String) -> ServerAddress {
            var address = ServerAddress(database: database)
            address.socket = folder + "/socket"
            address.user = "root"
            return address
        }

        /// Runs `body` with a database that is empty and used by nobody else.
        func withDatabase<Output>(
            pool: PoolOptions = PoolOptions(maxSize: 4),
            _ body: nonisolated(nonsending) (MySQLDriver) async throws -> Output
        ) async throws -> Output {
            let name = "test_\(Self.count.wrappingAdd(1, ordering: .relaxed).newValue)"
            try await administer("CREATE DATABASE \(name) CHARACTER SET utf8mb4")
            do {
                let result = try await body(MySQLDriver(address(name), pool: pool))
                try await administer("DROP DATABASE \(name)")
                return result
            } catch {
                // The error that counts is the test's.
                try? await administer("DROP DATABASE \(name)")
                throw error
            }
        }

        private static let count = Atomic(0)

        /// Runs statements as the server's administrator, on a connection of its own.
        func administer(_ script: String) async throws {
            let database = try await Database.open(MySQLDriver(address("mysql"), pool: PoolOptions(maxSize: 1)))
            do {
                try await database.run(script: script)
                await database.close()
            } catch {
                await database.close()
                throw error
            }
        }

        /// How many sessions the server has in a database.
        func sessionCount(in database: String) async throws -> Int {
            let admin = try await Database.open(MySQLDriver(address("mysql"), pool: PoolOptions(maxSize: 1)))
            let count = try await Rows<Int>.raw(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = \(database)"
            ).get(on: admin)
            await admin.close()
            return count
        }
    }

    /// Runs `body` with a new database of the shared server.
    func withMariaDB<Output>(
        pool: PoolOptions = PoolOptions(maxSize: 4),
        _ body: nonisolated(nonsending) (MySQLDriver) async throws -> Output
    ) async throws -> Output {
        try await TestServer.shared.withDatabase(pool: pool, body)
    }
#endif
