import ArgumentParser
import Foundation
import Synchronization
import Testing

@testable import BlogCLI

@Suite struct HelpTests {
    /// All commands that do something, with their names.
    static func commands(
        _ command: any ParsableCommand.Type = BlogCommand.self, _ names: [String] = []
    ) -> [[String]] {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return [names] }
        return subcommands.flatMap { commands($0, names + [$0.configuration.commandName ?? ""]) }
    }

    @Test(arguments: commands())
    func `every command shows how it is used`(names: [String]) async throws {
        let site = try TestSite()
        let console = Mutex("")
        let status = await Program.run(
            ["help"] + names,
            console: Console(
                currentDirectory: site.root, output: { text in console.withLock { $0 += text } }, notes: { _ in }))
        let help = console.withLock { $0 }
        #expect(status == 0)
        #expect(help.contains("Example"), "\(names)")
        #expect(help.contains("blog \(names.joined(separator: " "))"), "\(names)")
    }

    @Test(arguments: [
        (["buidl"], "there is no command “buidl”. Did you mean “build”? See blog --help"),
        (["user", "lst"], "there is no command “user lst”. Did you mean “list”? See blog user --help"),
        (["xyzzy"], "there is no command “xyzzy”. See blog --help"),
        (["--json", "stat"], "there is no command “stat”. Did you mean “stats”? See blog --help"),
    ])
    func `a command that there is not gets a suggestion`(arguments: [String], message: String) async throws {
        let site = try TestSite()
        let notes = Mutex("")
        let status = await Program.run(
            arguments,
            console: Console(
                currentDirectory: site.root, output: { _ in }, notes: { text in notes.withLock { $0 += text } }))
        #expect(status == 64)
        #expect(notes.withLock { $0 } == "blog: error: \(message)\n")
    }

    @Test func `an option that there is not gets a suggestion`() async throws {
        let site = try TestSite.small()
        let run = await site.blog("build", "--forse")
        #expect(run.status == 64)
        #expect(run.notes.contains("Unknown option '--forse'. Did you mean '--force'?"), "\(run.notes)")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions know commands and options`(shell: String) async throws {
        let site = try TestSite()
        let run = await site.blog("completions", shell)
        #expect(run.status == 0)
        for word in ["regenerate", "deactivate", "log-format"] { #expect(run.output.contains(word), "\(word)") }
    }

    @Test func `the man page has every command, and roff takes its text for text`() async throws {
        let site = try TestSite()
        let page = await site.blog("manual").output
        #expect(page.hasPrefix(".\\\" Made by `blog manual`.\n.TH BLOG 1 \"\" \"blog \(Program.version)\""))
        for names in Self.commands() {
            #expect(page.contains(".SS blog \(names.joined(separator: " ").replacing("-", with: "\\-"))"), "\(names)")
        }
        let requests: Set = ["TH", "SH", "SS", "PP", "TP", "B", "I", "RI", "RS", "RE", "nf", "fi", "\\\""]
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(requests.contains(String(line.dropFirst().prefix { $0 != " " })), "\(line)")
        }
    }
}
