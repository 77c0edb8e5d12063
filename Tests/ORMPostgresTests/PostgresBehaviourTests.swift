#if Postgres
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// What every driver must do, and every driver of servers, on a PostgreSQL server.
    @Suite struct PostgresBehaviourTests {
        @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases)
        func onAServer(_ behaviour: DriverBehaviour) async throws {
            try await withPostgres { try await behaviour.run(on: $0) }
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerBehaviour.cases)
        func asAServer(_ behaviour: ServerBehaviour) async throws {
            try await withPostgres { driver in
                // Looked for after a second, if nothing else is said.
                try await PostgresServer.shared.execute(
                    "ALTER DATABASE \(driver.address.database) SET deadlock_timeout = '50ms'")
                let address = behaviour.limiting(driver.address)
                try await behaviour.run(on: PostgresDriver(address, pool: behaviour.pool), Self.sessions)
            }
        }

        private static let sessions = ServerSessions(
            number: .raw("SELECT pg_backend_pid()"),
            count: .raw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"),
            end: { try await PostgresServer.shared.execute("SELECT pg_terminate_backend(\($0), 5000)") },
            sleep: .raw("SELECT 1 FROM pg_sleep(600) AS the_sleeper"),
            sleepers: .raw(
                """
                SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS the_sleeper' \
                AND datname = current_database() AND pid <> pg_backend_pid()
                """),
            work: .raw("SELECT count(*) FROM generate_series(1, 2000)"),
            lostMessage: "the connection", lockTimeoutCode: "55P03",
            codeAfterDeadlock: .database)
    }
#endif
