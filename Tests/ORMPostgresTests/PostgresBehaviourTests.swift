#if Postgres
    import ORMPostgres
    import ORMTesting
    import Testing

    /// What every driver must do, on a PostgreSQL server.
    @Suite struct PostgresBehaviourTests {
        @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases)
        func onAServer(_ behaviour: DriverBehaviour) async throws {
            try await withPostgres { try await behaviour.run(on: $0) }
        }
    }
#endif
