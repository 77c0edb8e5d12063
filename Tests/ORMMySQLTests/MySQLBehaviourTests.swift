#if MySQL
    import ORM
    import ORMMySQL
    import ORMTesting
    import ServerSupport
    import Testing

    /// What every driver must do, and every driver of servers, on a real MariaDB.
    @Suite(.serialized) struct MySQLBehaviourTests {
        @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases)
        func onMariaDB(_ behaviour: DriverBehaviour) async throws {
            try await withMariaDB { try await behaviour.run(on: $0) }
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerBehaviour.cases)
        func asAServer(_ behaviour: ServerBehaviour) async throws {
            try await withMariaDB { driver in
                let address = behaviour.limiting(driver.address)
                try await behaviour.run(on: MySQLDriver(address, pool: behaviour.pool), Self.sessions)
            }
        }

        private static let sessions = ServerSessions(
            number: .raw("SELECT CONNECTION_ID()"),
            count: .raw("SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"),
            end: { try await MariaDBServer.shared.administer("KILL CONNECTION \($0)") },
            sleep: .raw("SELECT SLEEP(600) AS the_sleeper"),
            sleepers: .raw(
                """
                SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%' AND db = DATABASE()
                """),
            work: .raw("SELECT COUNT(*) FROM seq_1_to_2000"),
            lostMessage: "the connection to the server is lost", lockTimeoutCode: "1205",
            codeAfterDeadlock: .transactionFinished)
    }
#endif
