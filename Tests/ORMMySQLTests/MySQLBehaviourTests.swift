#if MySQL
    import ORMMySQL
    import ORMTesting
    import Testing

    /// What every driver must do, on a real MariaDB.
    @Suite(.serialized) struct MySQLBehaviourTests {
        @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases)
        func onMariaDB(_ behaviour: DriverBehaviour) async throws {
            try await withMariaDB { try await behaviour.run(on: $0) }
        }
    }
#endif
