#if Postgres
    import ORM
    import ORMPostgres
    import ORMSQLite

    /// The code of the article about servers: compiled, and run on servers by other words in `ORMPostgresTests`.
    func serverGuide(_ replica: Database) async throws -> Databases {
        // doc: server
        let server = try await Database.open(
            url: "postgres://ada@db.example/blog?tls=verify-full&password_file=/run/secrets/blog&max_size=8",
            drivers: [SQLiteDriver.self, PostgresDriver.self])
        // end
        // doc: levels
        try await server.transaction(.readWrite.isolated(.serializable).retrying(attempts: 5)) { _ in
            let count = try await Post.filter { $0.published }.count()
            try await Tag.create(name: "post \(count)")
        }
        // end
        // doc: lock
        try await server.withAdvisoryLock("newsletter", wait: .zero) {
            print("nobody else is sending it")
        }
        // end
        // doc: replicas
        let health = ReplicaHealth(["replica": replica], farthestBehind: .seconds(5))
        let databases = try Databases(
            ["default": server, "replica": replica],
            models: ["default": [User.self, Post.self, Tag.self, PostTag.self]],
            routers: [ReplicaRouter(replicas: ["replica"], lag: .seconds(2), health: health)])
        // end
        return databases
    }
#endif
