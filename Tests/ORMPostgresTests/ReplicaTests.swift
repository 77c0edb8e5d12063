#if Postgres
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// A primary and replicas that stream from it, made by pg_basebackup: servers of their own.
    @Suite(.serialized) struct ReplicaTests {
        private func withReplica(
            _ body: nonisolated(nonsending) (Cluster) async throws -> Void
        ) async throws {
            let primary = try PostgresServer()
            let replica = try PostgresServer(["hot_standby = on"]) { data in
                try PostgresServer.run(
                    "pg_basebackup", "--pgdata=\(data)", "--host=\(primary.folder)", "--port=\(primary.port)",
                    "--username=orm", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
            }
            let db = try await Database.open(PostgresDriver(primary.address("postgres")))
            let copy = try await Database.open(
                PostgresDriver(replica.address("postgres"), pool: PoolOptions(acquireTimeout: .seconds(2))))
            try await db.createSchema(for: [Tag.self, PostTag.self, Post.self, User.self])
            let health = ReplicaHealth(["replica": copy], farthestBehind: .seconds(5), askedEvery: .seconds(3600))
            let databases = try Databases(
                ["default": db, "replica": copy], models: ["default": [Tag.self, PostTag.self, Post.self, User.self]],
                routers: [ReplicaRouter(replicas: ["replica"], lag: .seconds(3600), health: health)])
            do {
                try await body(
                    Cluster(
                        primary: primary, replica: replica, databases: databases, db: db, copy: copy, health: health))
                await databases.close()
            } catch {
                await databases.close()
                throw error
            }
        }

        /// For each tag, whether it was read from a replica.
        private func replicaReads() async throws -> [Bool] {
            try await Tag.select { _ in Expr<Bool>(raw: "pg_is_in_recovery()") }.all()
        }

        private struct Cluster {
            let primary: PostgresServer
            let replica: PostgresServer
            let databases: Databases
            let db: Database
            let copy: Database
            let health: ReplicaHealth

            /// Waits until the replica has replayed all that the primary has written.
            func waitForReplica() async throws {
                let position = try await Rows<String>.raw("SELECT pg_current_wal_lsn()::text").get(on: db)
                while try await !Rows<Bool>.raw("SELECT pg_last_wal_replay_lsn() >= \(position)::pg_lsn").get(on: copy)
                {
                    await Task.yield()
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func readsGoToTheReplicaAndAWriterReadsItsOwn() async throws {
            try await withReplica { cluster in
                try await Tag.create(name: "one", on: cluster.db)
                try await cluster.waitForReplica()
                try await cluster.databases.use {
                    #expect(try await replicaReads() == [true])
                    try await cluster.db.transaction { (_) async throws -> Void in
                        #expect(try await replicaReads() == [false])
                    }
                    try await Tag.create(name: "two")
                    #expect(try await replicaReads() == [false, false])
                    #expect(try await Tag.count() == 2)
                }
                let error = await ormError { try await Tag.create(name: "never", on: cluster.copy) }
                #expect(error?.database?.nativeCode == "25006")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aDeadReplicaIsLeftOutAndTakenBack() async throws {
            try await withReplica { cluster in
                try await Tag.create(name: "one", on: cluster.db)
                try await cluster.waitForReplica()
                await cluster.health.check()
                #expect(cluster.health.isWell("replica"))
                try cluster.replica.control("--mode=immediate", "stop")
                await cluster.health.check()
                #expect(!cluster.health.isWell("replica"))
                try await cluster.databases.use { () async throws in
                    #expect(try await replicaReads() == [false])
                }
                try cluster.replica.control("start")
                while !cluster.health.isWell("replica") { await cluster.health.check() }
                try await cluster.databases.use { () async throws in
                    #expect(try await replicaReads() == [true])
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aReplicaThatLagsIsLeftOutAndTakenBack() async throws {
            try await withReplica { cluster in
                let strict = ReplicaHealth(["replica": cluster.copy], farthestBehind: .zero, askedEvery: .seconds(3600))
                try await Tag.create(name: "one", on: cluster.db)
                try await cluster.waitForReplica()
                while !strict.isWell("replica") { await strict.check() }
                try await cluster.replica.execute("SELECT pg_wal_replay_pause()")
                try await Tag.create(name: "two", on: cluster.db)
                // What it has received it does not replay.
                while strict.isWell("replica") { await strict.check() }
                #expect(try await Tag.count(on: cluster.copy) == 1)
                try await cluster.replica.execute("SELECT pg_wal_replay_resume()")
                while !strict.isWell("replica") { await strict.check() }
                #expect(try await Tag.count(on: cluster.copy) == 2)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aPromotedReplicaIsNoReplicaAndMayBeThePrimary() async throws {
            try await withReplica { cluster in
                try await Tag.create(name: "one", on: cluster.db)
                try await cluster.waitForReplica()
                try cluster.primary.control("--mode=immediate", "stop")
                try cluster.replica.control("promote")
                await cluster.health.check()
                // It follows nobody, so that what it gives is not what the primary has.
                #expect(!cluster.health.isWell("replica"))
                let error = await ormError { _ = try await cluster.databases.use { try await Tag.count() } }
                #expect(error?.database?.kind == .unavailable)
                // As the primary it has all, and takes writes.
                try await Tag.create(name: "two", on: cluster.copy)
                #expect(try await Tag.order { $0.id.asc }.all(on: cluster.copy).map(\.name) == ["one", "two"])
            }
        }
    }
#endif
