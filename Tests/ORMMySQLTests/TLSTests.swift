#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ORMTesting
    import ServerSupport
    import Testing

    /// A server with a certificate of its own, by the loopback interface.
    @Suite(.serialized, .enabled(if: hasOpenSSL, "openssl makes the certificate: apt-get install openssl"))
    struct TLSTests {
        @Test(.timeLimit(.minutes(10))) func connectionsAreAsSafeAsIsAskedFor() async throws {
            try await withServer { (address, certificate) async throws -> Void in
                var address = address
                address.tls = .disable
                #expect(try await cipher(address) == "")
                address.tls = .prefer
                #expect(try await cipher(address) != "")
                address.tls = .require
                #expect(try await cipher(address) != "")

                // Nobody has signed the certificate but itself.
                for tls in [ServerAddress.TLS.verifyCA, .verifyFull] {
                    address.tls = tls
                    address.tlsRootCertificate = nil
                    let unknown = address
                    let unsigned = await ormError { _ = try await cipher(unknown) }
                    #expect(unsigned?.database?.kind == .unavailable, "\(tls)")
                    #expect(unsigned?.message.contains("no TLS connection to localhost:") == true, "\(tls)")
                    address.tlsRootCertificate = certificate
                    #expect(try await cipher(address) != "", "\(tls)")
                }

                // It is localhost's, and not that of the number.
                address.host = "127.0.0.1"
                let other = address
                #expect(await ormError { _ = try await cipher(other) }?.database?.kind == .unavailable)
                address.tls = .verifyCA
                #expect(try await cipher(address) != "")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aStatementIsCancelledThroughTLS() async throws {
            try await withServer { (address, _) async throws -> Void in
                var address = address
                address.tls = .require
                let db = try await Database.open(MySQLDriver(address))
                let task = Task { _ = try await Rows<Int>.raw("SELECT SLEEP(600) AS the_sleeper").all(on: db) }
                let running = Rows<Int>.raw(
                    "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'")
                while try await running.get(on: db) == 0 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await running.get(on: db) == 0)
                await db.close()
            }
        }

        private func withServer(
            _ body: nonisolated(nonsending) (ServerAddress, _ certificate: String) async throws -> Void
        ) async throws {
            let port = try freePort()
            let server = try MariaDBServer(
                ["--skip-networking=0", "--bind-address=127.0.0.1", "--port=\(port)"], hasCertificate: true)
            try await server.administer("CREATE USER ada@'%'; GRANT SELECT ON mysql.* TO ada@'%'")
            var address = ServerAddress(database: "mysql")
            (address.host, address.port, address.user) = ("localhost", port, "ada")
            try await body(address, "\(server.folder)/server.crt")
        }

        /// How the connection is encrypted, as the server sees it; empty when it is not.
        private func cipher(_ address: ServerAddress) async throws -> String {
            let db = try await Database.open(MySQLDriver(address))
            let found = try await Rows<String>.raw(
                "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'"
            ).get(on: db)
            let rows = try await Rows<Int, String>.raw(
                "SELECT seq, REPEAT(CONCAT(seq, 'é'), 200 + seq % 7000) FROM seq_1_to_1000 ORDER BY seq"
            ).all(on: db)
            #expect(rows.allSatisfy { $1.unicodeScalars.count == (String($0).count + 1) * (200 + $0 % 7000) })
            await db.close()
            return found
        }
    }

    private let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
#endif
