import BlogSite
import Foundation
import ORM
import ORMSQLite
import Testing

@testable import BlogCLI

/// What a person sees: `blog` itself at a real pseudo-terminal, and without one.
@Suite(.serialized) struct TerminalTests {
    /// A site with posts whose titles are long.
    private func site() async throws -> TestSite {
        let site = try TestSite.small([
            "content/posts/long.md":
                "---\ntitle: A title that is much longer than a narrow terminal is wide\ndate: 2026-01-03\nauthor: ada\n---\n\nText.\n"
        ])
        #expect(await site.blog("import").status == 0)
        return site
    }

    @Test func `a terminal has colours, unless someone does not want them`() async throws {
        let site = try await site()
        let colorful = try PseudoTerminal(in: site.root, "stats").outcome()
        #expect(colorful.status == 0)
        #expect(colorful.output.hasPrefix("\u{1B}[1mTest\u{1B}[0m\n"), "\(colorful.output)")
        for (option, variable) in [("--no-color", [:]), ("--top=3", ["NO_COLOR": "1"]), ("--top=3", ["TERM": "dumb"])] {
            let plain = try PseudoTerminal(in: site.root, "stats", option, environment: variable).outcome()
            #expect(plain.output.hasPrefix("Test\n"))
            #expect(!plain.output.contains("\u{1B}"), "\(option) \(variable)")
        }
    }

    @Test func `bars are blocks, or number signs without UTF-8`() async throws {
        let site = try await site()
        #expect(try PseudoTerminal(in: site.root, "stats", "--no-color").outcome().output.contains("  3  ███\n"))
        let ascii = try PseudoTerminal(in: site.root, "stats", "--no-color", environment: ["LANG": "C"]).outcome()
        #expect(ascii.output.contains("  3  ###\n"), "\(ascii.output)")
    }

    @Test(arguments: [20, 40, 100])
    func `no line is wider than the terminal where a column can give way`(columns: UInt16) async throws {
        let site = try await site()
        let outcome = try PseudoTerminal(in: site.root, "comment", "list", columns: columns).outcome()
        #expect(outcome.status == 0)
        let posts = try PseudoTerminal(in: site.root, "post", "list", "--no-color", columns: columns).outcome()
        let widths = posts.output.split(separator: "\n").map { String($0).terminalWidth }
        // Numbers, dates and names are not cut; title and slug keep eight columns each.
        #expect(try #require(widths.max()) <= max(Int(columns), 62), "\(posts.output)")
        if columns == 100 { #expect(posts.output.contains("A title that is much longer than a narrow terminal")) }
    }

    @Test func `help fits a narrow terminal`() async throws {
        let site = try TestSite()
        let help = try PseudoTerminal(in: site.root, "help", "post", columns: 60).outcome()
        #expect(help.status == 0)
        #expect(help.output.contains("publish"))
    }

    @Test func `progress shows on a terminal and is gone in the end`() async throws {
        let site = try TestSite.small()
        let outcome = try PseudoTerminal(in: site.root, "import").outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("\r\u{1B}[KReading markdown:content"), "\(outcome.output)")
        let last = try #require(outcome.output.split(separator: "\r").last)
        #expect(last.hasPrefix("\u{1B}[K") && last.contains("\nImported: posts 2 new"), "\(last)")
    }

    @Test func `a run with nothing to do says so to a person, and nothing to cron`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("regenerate").status == 0)
        #expect(await site.blog("regenerate") == .init(status: 0, output: "", notes: ""))
        let watched = try PseudoTerminal(in: site.root, "regenerate").outcome()
        #expect(watched.status == 0)
        #expect(watched.output.contains("Nothing to do ("))
    }

    @Test func `without a terminal there are neither colours nor progress`() async throws {
        let site = try TestSite.small()
        for command in [["import"], ["stats"], ["post", "list"], ["doctor"]] {
            let (output, status) = try Self.shell("exec \"$0\" \"$@\" 2>&1", in: site.root, command)
            #expect(status == 0, "\(command) \(output)")
            #expect(!output.contains("\u{1B}") && !output.contains("\r"), "\(command)")
        }
    }

    @Test func `a reader that goes away ends nothing with noise`() async throws {
        let site = try await site()
        for command in [["post", "list"], ["stats"], ["--help"], ["manual"]] {
            let (output, status) = try Self.shell(
                "{ \"$0\" \"$@\"; echo \"code $?\" >&2; } 2>err | head -1 >/dev/null; cat err", in: site.root, command)
            #expect(status == 0)
            #expect(output == "code 0\n", "\(command)")
        }
        let (_, status) = try Self.shell("\"$0\" stats >&-", in: site.root, [])
        #expect(status == 0)
    }

    @Test func `a password is typed twice and never shown`() async throws {
        let site = try await site()
        let terminal = try PseudoTerminal(in: site.root, "user", "add", "bob", "--password")
        try terminal.output(with: "Password: ")
        #expect(!terminal.echoes)
        terminal.type("correct horse\n")
        try terminal.output(with: "Again: ")
        terminal.type("correct horse\n")
        let outcome = terminal.outcome()
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output == "Password: \nAgain: \nAdded bob, user 2.\n")
        let other = try PseudoTerminal(in: site.root, "user", "edit", "bob", "--password")
        try other.output(with: "Password: ")
        other.type("correct horse\n")
        try other.output(with: "Again: ")
        other.type("wrong horse\n")
        #expect(other.outcome().status == 65)
    }

    @Test func `Ctrl-C at the prompt leaves a terminal that shows what is typed`() async throws {
        let site = try await site()
        let terminal = try PseudoTerminal(in: site.root, "user", "add", "bob", "--password")
        try terminal.output(with: "Password: ")
        terminal.type("half\u{3}")
        try terminal.output(with: "Password: \n")
        #expect(terminal.echoes)
        let outcome = terminal.outcome()
        #expect(outcome.isSignal && outcome.status == SIGINT)
        #expect(await site.blog("user", "show", "bob").status == 66)
    }

    @Test func `Ctrl-C ends the preview`() async throws {
        let site = try TestSite.small()
        let terminal = try PseudoTerminal(in: site.root, "serve", "--watch", "--port", "0")
        try terminal.output(with: "Ctrl-C ends it.")
        terminal.type("\u{3}")
        let outcome = terminal.outcome()
        #expect(outcome.isSignal && outcome.status == SIGINT, "\(outcome)")
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a run that waits for another ends with the signal`(signal: Int32) async throws {
        let site = try TestSite.small()
        try await SiteLock.with(stateFolder: site.root + "/.blog") {
            let terminal = try PseudoTerminal(in: site.root, "regenerate", "--wait", "600", "--log-format", "text")
            try terminal.output(with: "info regenerate")
            terminal.send(signal)
            let outcome = terminal.outcome()
            #expect(outcome.isSignal && outcome.status == signal, "\(outcome)")
        }
        #expect(await site.blog("regenerate").status == 0)
    }

    /// While another program writes, each of these waits for the database.
    @Test(arguments: [
        ["post", "unpublish", "one"], ["user", "edit", "ada", "--full-name", "Other"],
        ["comment", "add", "one", "Hello", "--name", "G"],
    ])
    func `Ctrl-C ends a command that changes rows, and nothing is changed`(command: [String]) async throws {
        let site = try await site()
        let before = await site.blog("post", "show", "one", "--json").output
        let database = try await Database.open(SQLiteDriver(path: site.root + "/blog.sqlite3"))
        try await database.transaction { _ in
            let terminal = try PseudoTerminal(in: site.root, command)
            while !terminal.hasOpen(site.root + "/blog.sqlite3-wal") { await Task.yield() }
            terminal.send(SIGINT)
            let outcome = terminal.outcome()
            #expect(outcome.isSignal && outcome.status == SIGINT, "\(outcome)")
        }
        await database.close()
        #expect(await site.blog("post", "show", "one", "--json").output == before)
        #expect(await site.blog("user", "show", "ada", "--json").output.contains("Other") == false)
        #expect(await site.blog(command).status == 0)
    }

    /// Runs a line of sh(1) with the program as `$0`.
    private static func shell(
        _ line: String, in folder: String, _ arguments: [String]
    ) throws -> (output: String, status: Int32) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line, try BlogProcess.executable()] + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }
}
