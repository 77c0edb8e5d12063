#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import ServerSupport
    import Testing

    /// A disk of 16 MB that fills up. Only root can mount one.
    @Suite(.enabled(if: geteuid() == 0, "a small disk is mounted for it, which only root may do"))
    struct FullDiskTests {
        @Test(.timeLimit(.minutes(10))) func aFullDiskIsSaidAndNothingIsHalfWritten() async throws {
            let account = ServerAccount(insteadOfRoot: "postgres")
            let disk = try account.makeFolder("orm-disk")
            let root = ServerAccount.own
            defer { try? FileManager.default.removeItem(atPath: disk) }
            do {
                try run(["/usr/bin/mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], as: root)
            } catch {
                // As in most containers.
                try Test.cancel("no disk can be mounted here: \(error)")
            }
            defer { _ = try? run(["/usr/bin/umount", "--lazy", disk], as: root) }
            try run(["/usr/bin/chown", "postgres", disk], as: root)
            let server = try PostgresServer()
            try await server.execute("CREATE TABLESPACE small LOCATION '\(disk)'")
            try await server.execute("CREATE DATABASE full_disk TABLESPACE small")
            try await withTestDatabase(
                PostgresDriver(server.address("full_disk")), [Tag.self, PostTag.self, Post.self, User.self]
            ) {
                (db) async throws in
                let text = String(repeating: "x", count: 1_000)
                // By a statement for each row, and by COPY, of which nothing stays.
                for count in [1, 40_000] {
                    let ballast = "\(disk)/ballast"
                    try run(["/bin/sh", "-c", "head -c 3000000 /dev/zero > \(ballast)"], as: root)
                    try await Tag.create(name: "before")
                    let stored = Shared(1)
                    let error = await ormError {
                        for round in 0..<40_000 / count {
                            try await Tag.insert((0..<count).map { Tag.New(name: "\(round) \($0) \(text)") })
                            stored.change { $0 += count }
                        }
                    }
                    #expect(error?.database?.kind == .unavailable)
                    #expect(error?.database?.nativeCode == "53100")
                    #expect(
                        error?.message.hasPrefix("the server's disk is full: make room on it and try again") == true)
                    #expect(try await Tag.count() == stored.value)
                    #expect(count == 1 || stored.value == 1)
                    // Room is made.
                    try run(["/bin/rm", ballast], as: root)
                    try await db.run(script: "TRUNCATE tags CASCADE")
                }
                try await Tag.create(name: "after")
                #expect(try await Tag.all().map(\.name) == ["after"])
            }
        }
    }
#endif
