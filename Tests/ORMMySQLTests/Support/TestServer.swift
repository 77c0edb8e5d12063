#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import Synchronization

    /// A MariaDB server of the tests' own: its data lie in a temporary folder, it is reached by a socket there, and it ends with the
    /// test process, however that ends.
    final class TestServer: Sendable {
        let folder: String
        private let options: [String]
        private let state = Mutex<Keeper?>(nil)
        private let databaseCount = Atomic(0)

        /// The process that keeps the server, and the pipe by which it knows that somebody still wants it.
        private struct Keeper: @unchecked Sendable {
            let process: Process
            let life: Pipe
        }

        /// The server that most tests use; made when the first of them asks.
        static let shared = Swift.Result { try TestServer() }

        /// Makes the server's data and starts it.
        init(_ options: [String] = []) throws {
            folder = "/tmp/orm-mysql-\(UUID().uuidString.prefix(8))"
            self.options = options
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            if Self.isRoot { try Self.run("/bin/chown", [Self.account, folder]) }
            try Self.run(
                "/usr/bin/mariadb-install-db",
                [
                    "--no-defaults", "--datadir=\(folder)/data", "--auth-root-authentication-method=normal",
                    "--skip-test-db", "--innodb-log-file-size=10M",
                ] + Self.userOption)
            try start()
        }

        /// Where it is.
        var socket: String { folder + "/socket" }

        /// Starts the server again, on the data that are there.
        func start() throws {
            let arguments =
                [
                    "--no-defaults", "--datadir=\(folder)/data", "--socket=\(socket)", "--pid-file=\(folder)/pid",
                    "--skip-networking", "--skip-log-bin", "--performance-schema=OFF", "--innodb-log-file-size=10M",
                    // Nothing of it outlives the tests, so that nothing need reach the disk.
                    "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite", "--innodb-buffer-pool-size=128M",
                    "--max-connections=400", "--log-error=\(folder)/log",
                ] + Self.userOption + options
            let process = Process()
            let life = Pipe()
            process.executableURL = URL(filePath: "/bin/sh")
            // The shell ends the server when its input ends: with the pipe, which goes with this process.
            process.arguments =
                ["-c", "trap '' INT TERM; /usr/sbin/mariadbd \"$@\" & read -r word; kill -9 $!; wait", "sh"] + arguments
            process.standardInput = life
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            state.withLock { $0 = Keeper(process: process, life: life) }
            try awaitAnswer(of: process)
        }

        /// Kills the server, as a power cut would.
        func kill() {
            let keeper = state.withLock { keeper in
                defer { keeper = nil }
                return keeper
            }
            guard let keeper else { return }
            try? keeper.life.fileHandleForWriting.close()
            keeper.process.waitUntilExit()
        }

        /// Kills the server and removes its data.
        func remove() {
            kill()
            try? FileManager.default.removeItem(atPath: folder)
        }

        /// Where a database of the server is, for its administrator.
        func address(_ database: String) -> ServerAddress {
            var address = ServerAddress(database: database)
            address.socket = socket
            address.user = "root"
            return address
        }

        /// Runs `body` with a database that is empty and used by nobody else.
        func withDatabase<Output>(
            pool: PoolOptions = PoolOptions(maxSize: 4), _ body: (MySQLDriver) async throws -> Output
        ) async throws -> Output {
            let name = "test_\(databaseCount.wrappingAdd(1, ordering: .relaxed).newValue)"
            try await administer("CREATE DATABASE \(name) CHARACTER SET utf8mb4")
            let outcome: Swift.Result<Output, any Error>
            do {
                outcome = .success(try await body(MySQLDriver(address(name), server: .mariaDB, pool: pool)))
            } catch {
                outcome = .failure(error)
            }
            try? await administer("DROP DATABASE \(name)")
            return try outcome.get()
        }

        /// Runs a statement as the server's administrator.
        func administer(_ sql: String) async throws {
            let database = try await Database.open(MySQLDriver(address("mysql"), pool: PoolOptions(maxSize: 1)))
            do {
                try await database.run(script: sql)
                await database.close()
            } catch {
                await database.close()
                throw error
            }
        }

        /// How many sessions the server has beside the one that asks.
        func sessionCount(in database: String) async throws -> Int {
            let admin = try await Database.open(MySQLDriver(address("mysql"), pool: PoolOptions(maxSize: 1)))
            let count = try await Rows<Int>.raw(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = \(database)"
            ).get(on: admin)
            await admin.close()
            return count
        }

        // MARK: How

        private static var isRoot: Bool { geteuid() == 0 }
        /// Debian's package makes this account for the server.
        private static let account = "mysql"
        private static var userOption: [String] { isRoot ? ["--user=\(account)"] : [] }

        private static func run(_ program: String, _ arguments: [String]) throws {
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { throw Failure(message: "\(program): \(text)") }
        }

        private func awaitAnswer(of process: Process) throws {
            for _ in 0..<600 {
                let answer = Process()
                answer.executableURL = URL(filePath: "/usr/bin/mariadb-admin")
                answer.arguments = ["--no-defaults", "--socket=\(socket)", "--user=root", "ping"]
                answer.standardOutput = FileHandle.nullDevice
                answer.standardError = FileHandle.nullDevice
                try answer.run()
                answer.waitUntilExit()
                if answer.terminationStatus == 0 { return }
                guard process.isRunning else { break }
                Thread.sleep(forTimeInterval: 0.05)
            }
            let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
            throw Failure(message: "the test server does not answer: \(log.suffix(2000))")
        }

        /// Why a test has no server.
        struct Failure: Error, CustomStringConvertible {
            let message: String
            var description: String { message }
        }
    }
#endif
