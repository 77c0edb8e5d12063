import BlogSite
import ORM
import ORMSQLite
import Foundation
import Testing

@testable import BlogCLI

@Suite struct ExitCodes {
    @Test(arguments: [
        ["nonsense"], ["build", "--nonsense"], ["stats", "--top", "0"], ["stats", "--since", "yesterday"],
        ["build", "--now", "soon"], ["build", "--base-url", "example.org"], ["import", "--from", "markdown"],
        ["build", "--quiet", "--verbose"], ["stats", "--json", "--format", "csv"], ["new", " "],
        ["markdown", "--comment", "--no-extensions"], ["template", "nonsense"],
        ["template", "render", "templates/post.html"],
    ])
    func `a wrong command line is 64`(arguments: [String]) async throws {
        let site = try TestSite.small()
        let run = await Program.run(arguments, console: .silent(in: site.root))
        #expect(run == 64)
    }

    @Test func `help and version are 0`() async throws {
        let site = try TestSite()
        let help = await site.blog("--help")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: blog <subcommand>"))
        #expect(await site.blog("--version").output == "\(Program.version)\n")
        for command in ["init", "new", "import", "build", "regenerate", "stats", "serve", "markdown", "template"] {
            let run = await site.blog("help", command)
            #expect(run.status == 0)
            #expect(run.output.contains("Example"), "every command shows how it is used: \(command)")
        }
    }

    @Test func `global options may stand before the command`() async throws {
        let site = try TestSite.small()
        let run = await Program.run(["--quiet", "--site", site.root, "import"], console: .silent(in: "/"))
        #expect(run == 0)
        #expect(
            GlobalArguments.reordered(["--site=a", "--json", "stats", "--top", "3"])
                == ["stats", "--site=a", "--json", "--top", "3"])
        #expect(
            GlobalArguments.reordered(["--site=a", "template", "check", "--json"])
                == ["template", "check", "--site=a", "--json"])
        #expect(GlobalArguments.reordered(["--json", "nonsense"]) == ["--json", "nonsense"])
        #expect(GlobalArguments.reordered(["--site"]) == ["--site"])
        #expect(GlobalArguments.reordered(["--version"]) == ["--version"])
    }

    @Test func `a path that is not there is 66`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("import", "content/posts/nothing.md")
        #expect(run.status == 66)
        #expect(run.notes.contains("content/posts/nothing.md"))
        #expect(await site.blog("serve").status == 66)
    }

    @Test func `a database that cannot be opened is 69`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("import", "--database", "sqlite://missing/folder/blog.sqlite3")
        #expect(run.status == 69)
        #expect(run.notes.contains("missing/folder/blog.sqlite3"))
    }

    @Test func `a file that is no database is 69 and stays as it is`() async throws {
        let site = try TestSite.small(["blog.sqlite3": "this is no database, but long enough to look like one at first"]
        )
        let run = await site.blog("import")
        #expect(run.status == 69)
        #expect(try site.read("blog.sqlite3").hasPrefix("this is no database"))
    }

    @Test func `another run that holds the lock is 75, and is waited for`() async throws {
        let site = try TestSite.small()
        try await SiteLock.with(stateFolder: site.root + "/.blog") {
            for command in ["import", "build", "regenerate"] {
                let run = await site.blog(command)
                #expect(run.status == 75)
                #expect(run.notes.contains("another run"))
            }
            #expect(await site.blog("regenerate", "--wait", "0.1").status == 75)
        }
        #expect(await site.blog("regenerate", "--wait", "5").status == 0)
    }

    @Test func `no site and no driver are 78`() async throws {
        let site = try TestSite()
        let run = await site.blog("build")
        #expect(run.status == 78)
        #expect(run.notes.contains("blog init"))
        let small = try TestSite.small()
        for (scheme, trait) in [("postgres", "Postgres"), ("mysql", "MySQL")] {
            guard !Engines.drivers.contains(where: { $0.schemes.contains(scheme) }) else { continue }
            let driver = await small.blog("stats", environment: ["DATABASE_URL": "\(scheme)://user:secret@host/db"])
            #expect(driver.status == 78)
            #expect(driver.notes.contains("make install WITH=\"\(trait)\""))
            #expect(!driver.notes.contains("secret"))
        }
        let unknown = await small.blog("stats", "--database", "oracle://user:secret@host/db")
        #expect(unknown.status == 78)
        #expect(unknown.notes.contains("unknown database “oracle://…”") && !unknown.notes.contains("secret"))
    }

    @Test func `a newer database is refused and left alone`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        let database = try await Database.open(SQLiteDriver(path: site.root + "/blog.sqlite3"))
        try await database.run(script: "UPDATE orm_migrations SET name = '0099_later' WHERE id = 2")
        await database.close()
        let run = await site.blog("import")
        #expect(run.status == 78)
        #expect(run.notes.contains("newer"))
    }
}

/// Those that the suite above has not: with it, every code of product.md.
@Suite struct OtherExitCodes {
    @Test func `every code has a test, and its number is that of sysexits`() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 64, 65, 66, 69, 70, 73, 74, 75, 78])
    }

    @Test func `input that makes no sense is 65`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        #expect(await site.blog("user", "add", "ada").status == 65)
        #expect(await site.blog("markdown", input: "x").status == 0)
        let data = await site.blog("template", "render", "templates/_pager.html", "--data", "-", input: "{")
        #expect(data.status == 65)
    }

    @Test func `a fault of the program is 70`() throws {
        struct Fault: Error {}
        #expect(try #require(Failure(Fault())).status == .software)
        #expect(try #require(Failure(ORMError(.relationNotLoaded, "x"))).status == .software)
    }

    @Test func `what is in the way of a new file is 73`() async throws {
        let site = try TestSite(["blog.yml": "title: Mine\n"])
        #expect(await site.blog("init").status == 73)
    }

    @Test func `what cannot be read is 74`() async throws {
        let site = try TestSite.small()
        try FileManager.default.createDirectory(atPath: site.root + "/folder.md", withIntermediateDirectories: true)
        #expect(await site.blog("markdown", "folder.md").status == 74)
    }
}
