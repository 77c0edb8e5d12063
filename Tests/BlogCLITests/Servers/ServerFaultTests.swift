#if Postgres || MySQL
    import Foundation
    import ServerSupport
    import Testing

    @testable import BlogCLI

    /// What becomes of a run whose server goes away.
    @Suite(.serialized) struct ServerFaultTests {
        @Test(arguments: ServerEngine.allCases)
        func `a server that is not there is 69, and the message names the place and no password`(engine: ServerEngine)
            async throws
        {
            let site = try TestSite.small()
            for url in [
                "\(engine.rawValue)://ada:geheim@127.0.0.1:1/blog",
                "\(engine.rawValue)://ada:geheim@/blog?socket=%2Fnowhere%2Fat%2Fall",
            ] {
                for command in [["import"], ["stats"], ["migrate", "status"]] {
                    let run = await site.blog(command + ["--database", url])
                    #expect(run.status == 69, "\(command): \(run.notes)")
                    #expect(run.notes.contains("127.0.0.1") || run.notes.contains("/nowhere/at/all"), "\(run.notes)")
                    #expect(!run.notes.contains("geheim") && !run.output.contains("geheim"))
                }
                let doctor = await site.blog("doctor", "--database", url)
                #expect(doctor.status == 1)
                #expect(!doctor.output.contains("geheim"))
            }
        }

        @Test(arguments: ServerEngine.allCases) func `a database that is not there is 69`(engine: ServerEngine)
            async throws
        {
            let site = try TestSite.small()
            let run = await site.blog("import", "--database", try engine.shared.url("nothing"))
            #expect(run.status == 69, "\(run.notes)")
            #expect(run.notes.contains("nothing"), "\(run.notes)")
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerEngine.allCases)
        func `an import whose server is killed is 69, and the next one completes it`(engine: ServerEngine) async throws
        {
            let server = try engine.makeServer()
            let url = try server.makeDatabase()
            let site = try TestSite.small()
            for number in 0..<3000 {
                try site.write(
                    "---\ntitle: Post \(number)\ndate: 2026-01-01\nauthor: ada\ntags: [a, b\(number % 7)]\n---\n\nText \(number).\n",
                    to: "content/posts/post-\(number).md")
            }
            #expect(await site.blog("migrate", "up", "--database", url).status == 0)
            let run = try BlogProcess(in: site, "import", "--database", url)
            // It is in the middle when its transaction has locked posts, or, where others may see that, written some.
            let lock =
                engine.rawValue == "postgres"
                ? "SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' AND relation = 'posts'::regclass"
                : "SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; SELECT COUNT(*) FROM posts"
            while run.isRunning, try server.run(lock, at: url).hasPrefix("0") {}
            try #require(run.isRunning)
            try server.kill()
            let outcome = try run.outcome()
            #expect(outcome.status == 69, "\(outcome.notes)")
            try server.restart()
            #expect(try server.run("SELECT COUNT(*) FROM posts", at: url).hasPrefix("0"))
            let next = await site.blog("regenerate", "--json", "--database", url)
            #expect(next.status == 0, "\(next.notes)")
            #expect(next.output.contains("\"posts\":{\"created\":3002"))
        }
    }
#endif
