#if Postgres
    import ServerSupport
    import Testing

    /// Migrations on a PostgreSQL server, the blog's own first.
    @Suite struct BlogMigrationsTests {
        @Test(.timeLimit(.minutes(10)), arguments: MigrationBehaviour.cases)
        func onAServer(_ behaviour: MigrationBehaviour) async throws {
            try await withPostgres { driver in
                // Of the same turn: a test that waited for a second one would keep others from ending theirs.
                try await PostgresServer.shared.withDatabase { other in
                    try await behaviour.run(on: driver, other, triggers: 35)
                }
            }
        }
    }
#endif
