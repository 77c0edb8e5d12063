#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// A server with a certificate of its own, by the loopback interface: servers refuse nobody's certificate on a socket.
    @Suite(.serialized, .enabled(if: hasOpenSSL, "openssl makes the certificate: apt-get install openssl"))
    struct TLSTests {
        private func withServer(
            _ body: nonisolated(nonsending) (ServerAddress, _ certificate: String) async throws -> Void
        )
            async throws
        {
            let server = try PostgresServer(
                ["ssl = on"], isOnLoopback: true,
                commands: """
                    /usr/bin/openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost \
                    -keyout server.key -out server.crt && chmod 600 server.key && cp server.crt ../certificate.pem &&
                    """)
            var address = server.address("postgres")
            address.socket = nil
            address.host = "localhost"
            try await body(address, "\(server.folder)/certificate.pem")
        }

        /// Whether the connection is encrypted, as the server sees it; and rows of many records come whole.
        private func check(_ address: ServerAddress) async throws -> Bool {
            let db = try await Database.open(PostgresDriver(address))
            let isEncrypted = try await Rows<Bool>.raw("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").get(
                on: db)
            let rows = try await Rows<Int, String>.raw(
                "SELECT n, repeat(n::text || 'é', 200 + n % 7000) FROM generate_series(1, 3000) AS n ORDER BY n"
            ).all(on: db)
            #expect(rows.count == 3000)
            for (number, text) in rows {
                #expect(text.unicodeScalars.count == (String(number).count + 1) * (200 + number % 7000))
            }
            await db.close()
            return isEncrypted
        }

        @Test(.timeLimit(.minutes(10))) func connectionsAreAsSafeAsIsAskedFor() async throws {
            try await withServer { (address, certificate) async throws in
                var address = address
                address.tls = .disable
                #expect(try await check(address) == false)
                address.tls = .prefer
                #expect(try await check(address))
                address.tls = .require
                #expect(try await check(address))

                // Nobody has signed the certificate but itself.
                address.tls = .verifyFull
                let unknown = address
                let unsigned = await ormError { _ = try await check(unknown) }
                #expect(unsigned?.database?.kind == .unavailable)
                #expect(unsigned?.message.contains("certificate verify failed") == true)
                address.tlsRootCertificate = certificate
                #expect(try await check(address))

                // It is localhost's, and not that of the number.
                address.host = "127.0.0.1"
                let other = address
                #expect(
                    await ormError { _ = try await check(other) }?.message.contains("does not match host name") == true)
                address.tls = .verifyCA
                #expect(try await check(address))
            }
        }

        @Test(.timeLimit(.minutes(10))) func aStatementIsCancelledThroughTLS() async throws {
            try await withServer { (address, _) async throws in
                let db = try await Database.open(PostgresDriver(address))
                let task = Task {
                    _ = try await Rows<String>.raw("SELECT pg_sleep(600)::text AS the_sleeper").all(on: db)
                }
                let running = Rows<Int>.raw(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%the_sleeper' AND pid <> pg_backend_pid()"
                )
                while try await running.get(on: db) == 0 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await running.get(on: db) == 0)
                await db.close()
            }
        }
    }

    private let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")
#endif
