#if Postgres || MySQL
    import BlogModels
    import BlogSite
    import Foundation
    import ORM
    import ORMMigrations
    import ServerSupport
    import Testing

    @testable import BlogCLI

    /// A site is the same whatever keeps its rows.
    @Suite(.serialized) struct ServerSiteTests {
        private let now = ["--now", "2026-11-01T00:00:00Z"]

        /// The repository's own site.
        static func bundledSite() throws -> TestSite {
            let site = try TestSite()
            for name in ["content", "templates", "static", "blog.yml"] {
                try FileManager.default.copyItem(
                    atPath: "\(TestSite.repository)/\(name)", toPath: "\(site.root)/\(name)")
            }
            return site
        }

        /// The numbers of a report by their names: `build.pages.written`.
        private func numbers(_ json: String) throws -> [String: Int] {
            var numbers: [String: Int] = [:]
            func walk(_ value: Any, _ name: String) {
                if let object = value as? [String: Any] {
                    for (key, value) in object { walk(value, name.isEmpty ? key : "\(name).\(key)") }
                } else if let number = value as? Int {
                    numbers[name] = number
                }
            }
            walk(try JSONSerialization.jsonObject(with: Data(json.utf8)), "")
            return numbers
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerEngine.allCases)
        func `the bundled site is the same to the byte, and an edit by SQL is noticed`(engine: ServerEngine)
            async throws
        {
            let site = try Self.bundledSite()
            #expect(await site.blog("import").status == 0)
            #expect(await site.blog(["build"] + now).status == 0)
            let expected = try site.published()
            try site.remove("output")
            try site.remove(".blog")

            let server = try engine.shared
            let url = try server.makeDatabase()
            let environment = ["DATABASE_URL": url]
            let imported = await site.blog("import", environment: environment)
            #expect(imported.status == 0, "\(imported.notes)")
            let built = await site.blog(["build"] + now, environment: environment)
            #expect(built.status == 0, "\(built.notes)")
            #expect(try site.published() == expected)

            let again = await site.blog(["regenerate", "--json"] + now, environment: environment)
            let report = try numbers(again.output)
            #expect(report["build.pages.rendered"] == 0 && report["build.pages.written"] == 0)
            #expect(report["import.posts.created"] == 0 && report["import.posts.updated"] == 0)
            #expect(report["import.posts.unchanged"] ?? 0 > 10)

            try server.run("UPDATE posts SET title = 'Changed by SQL' WHERE slug = 'getting-started'", at: url)
            let changed = try numbers(
                await site.blog(["build", "--json"] + now, environment: environment).output)
            #expect(changed["pages.written"] ?? 0 > 0)
            #expect(try site.read("output/posts/getting-started/index.html").contains("Changed by SQL"))
            try server.run("DELETE FROM comments WHERE parent_id IS NULL", at: url)
            #expect(await site.blog(["build"] + now, environment: environment).status == 0)
            try site.remove("output")
            #expect(await site.blog(["build"] + now, environment: environment).status == 0)
            let afterwards = try site.published()
            // What was built bit by bit is what a build from scratch makes.
            try site.remove("output")
            try site.remove(".blog")
            #expect(await site.blog(["build"] + now, environment: environment).status == 0)
            #expect(try site.published() == afterwards)
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerEngine.allCases)
        func `every command says the same as on SQLite`(engine: ServerEngine) async throws {
            let site = try await CopyCommandTests.site()
            let server = try engine.shared
            let url = try server.makeDatabase()
            #expect(await site.blog("migrate", "copy", "--to", url).status == 0)
            let commands: [[String]] = [
                ["user", "add", "eve", "--email", "eve@example.org", "--full-name", "Eve"],
                ["user", "add", "eve"], ["user", "add", "eve2", "--email", "eve@example.org"],
                ["user", "edit", "eve", "--full-name", "Eva"], ["user", "list"], ["user", "list", "--json"],
                ["user", "deactivate", "eve"], ["user", "show", "nobody"],
                ["post", "list"], ["post", "list", "--json"], ["post", "search", "FIRST"], ["post", "show", "two"],
                ["post", "unpublish", "one"], ["post", "publish", "one"], ["post", "tag", "two", "Ünïcode", "b"],
                ["post", "untag", "two", "b"], ["post", "transfer", "one", "--to", "bob"],
                ["comment", "add", "two", "Third", "--name", "Zoé 👩‍👩‍👧"], ["comment", "list", "--pending"],
                ["comment", "approve", "3"], ["comment", "spam", "1"], ["comment", "delete", "3"],
                ["comment", "approve", "99"], ["stats"], ["stats", "--format", "csv", "--since", "2026-01-01"],
                ["stats", "--author", "ada", "--tag", "a", "--until", "2026-01-31"], ["check"],
                ["migrate", "status"], ["migrate", "check"], ["import"], ["post", "list"],
            ]
            for command in commands {
                let expected = await site.blog(command)
                let found = await site.blog(command, environment: ["DATABASE_URL": url])
                #expect(found.status == expected.status, "\(command): \(found.notes)")
                #expect(withoutTimes(found.output) == withoutTimes(expected.output), "\(command)")
                if expected.status != 0 { #expect(found.notes == expected.notes, "\(command)") }
            }
            let doctor = await site.blog("doctor", environment: ["DATABASE_URL": url])
            #expect(doctor.status == 0, "\(doctor.output)")
            #expect(doctor.output.contains(engine.rawValue == "postgres" ? "PostgreSQL" : "MariaDB"))
        }

        /// A report without how long things took, and when now is.
        private func withoutTimes(_ text: String) -> String {
            text.replacing(/\(\d[^)]* m?s\)/, with: "").replacing(
                /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?/, with: ""
            )
            .replacing(/"seconds":[0-9.e-]+/, with: "")
        }

        @Test(.timeLimit(.minutes(10))) func `a blog goes around all engines and comes back the same`() async throws {
            let site = try Self.bundledSite()
            #expect(await site.blog("import").status == 0)
            #expect(
                await site.blog("comment", "add", "getting-started", "Hello.", "--name", "G", "--pending").status == 0)
            #expect(await site.blog(["build"] + now).status == 0)
            let expected = try site.published()
            var urls = ["sqlite://blog.sqlite3"]
            for engine in ServerEngine.allCases { urls.append(try engine.shared.makeDatabase()) }
            urls.append("sqlite://back.sqlite3")
            var tables: Set<[String]> = []
            for (from, to) in zip(urls, urls.dropFirst()) {
                let run = await site.blog("migrate", "copy", "--from", from, "--to", to)
                #expect(run.status == 0, "\(run.notes)")
                // The row about the database itself differs, because each copy gets an id of its own.
                tables.insert(
                    run.output.split(separator: "\n").map(String.init)
                        .filter { !$0.hasPrefix("site_state") && !$0.hasPrefix("Copied") })
                // A database that is there is not written over.
                #expect(await site.blog("migrate", "copy", "--from", from, "--to", to).status == 78)
            }
            #expect(tables.count == 1)
            #expect(tables.first?.count == 13)
            for url in urls.dropFirst() {
                try site.remove("output")
                try site.remove(".blog")
                #expect(await site.blog(["build", "--database", url] + now).status == 0)
                #expect(try site.published() == expected)
                // Triggers are there: an edit by SQL counts.
                try await DatabasePlace(url, root: site.root).open { database in
                    try await database.run(script: "UPDATE tags SET name = 'SQL!' WHERE id = 1")
                }
                #expect(await site.blog(["build", "--database", url] + now).status == 0)
                #expect(try site.published() != expected)
                // Keys go on behind those that were copied.
                let comment = await site.blog(
                    "comment", "add", "getting-started", "Next.", "--name", "G", "--database", url)
                #expect(comment.output.hasPrefix("Added comment 39 to "))
            }
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerEngine.allCases)
        func `a run on another machine is kept out`(engine: ServerEngine) async throws {
            let url = try engine.shared.makeDatabase()
            let (here, there) = (try TestSite.small(), try TestSite.small())
            let environment = ["DATABASE_URL": url]
            #expect(await here.blog("import", environment: environment).status == 0)
            try await DatabaseLock.with([DatabasePlace(url, root: here.root)], until: .now) {
                for command in [["import"], ["build"], ["regenerate"], ["migrate", "up"]] {
                    let run = await there.blog(command, environment: environment)
                    #expect(run.status == 75, "\(command)")
                    #expect(run.notes.contains("another run of blog is at work on this database"))
                }
                #expect(await there.blog("regenerate", "--wait", "0.2", environment: environment).status == 75)
                // Who only reads, or changes a row, need not wait.
                #expect(await there.blog("stats", environment: environment).status == 0)
                #expect(await there.blog("post", "tag", "one", "c", environment: environment).status == 0)
                #expect(
                    await there.blog("doctor", environment: environment).output.contains("at work on this database"))
                // Another database of the same server is nobody's business.
                let other = try engine.shared.makeDatabase()
                #expect(await there.blog("import", environment: ["DATABASE_URL": other]).status == 0)
            }
            #expect(await there.blog("regenerate", environment: environment).status == 0)
        }

        @Test(.timeLimit(.minutes(10)), arguments: ServerEngine.allCases)
        func `an older database is upgraded on purpose only`(engine: ServerEngine) async throws {
            let url = try engine.shared.makeDatabase()
            let site = try TestSite.small()
            #expect(await site.blog("migrate", "up", "0001", "--database", url).status == 0)
            let missing = Migrations.all.dropFirst().map(\.name).joined(separator: ", ")
            for command in [["import"], ["stats"], ["user", "list"]] {
                let run = await site.blog(command + ["--database", url])
                #expect(run.status == 78)
                #expect(run.notes.contains("lacks \(missing): blog migrate up upgrades it"))
            }
            #expect(await site.blog("doctor", "--database", url).output.contains("migrations are pending"))
            #expect(await site.blog("migrate", "up", "--database", url).status == 0)
            #expect(await site.blog("import", "--database", url).status == 0)
            #expect(await site.blog("migrate", "down", "zero", "--database", url).status == 0)
            #expect(await site.blog("import", "--dry-run", "--database", url).status == 0)
            #expect(await site.blog("migrate", "status", "--database", url).output.contains("pending  0001_initial"))
        }
    }
#endif
