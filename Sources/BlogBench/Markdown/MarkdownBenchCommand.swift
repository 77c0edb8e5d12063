package import ArgumentParser
import Foundation

/// `blog-bench markdown`: options, their checks, and one call into the measurement.
package struct MarkdownBenchCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "markdown",
        abstract: "Measures how fast Markdown becomes HTML.",
        discussion: """
            Prints a table: MB of source for each second of CPU time, the best of several rounds. libcmark is \
            `cmark_markdown_to_html` on the same posts, which gives neither extensions nor summaries, contents, plain text \
            and positions of links.

            Examples:
              blog-bench markdown
              blog-bench markdown --posts 200 --rounds 20

            Exit codes: 0 measured, 64 usage.
            """)

    @Option(help: ArgumentHelp("How many generated posts, from 1 to 100000.", valueName: "n"))
    package var posts = 500

    @Option(help: ArgumentHelp("Which posts: each seed gives others.", valueName: "s"))
    package var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How many rounds, from 1 to 1000.", valueName: "n"))
    package var rounds = 10

    package init() {}

    package func validate() throws {
        guard (1...100_000).contains(posts) else {
            throw ValidationError("--posts is \(posts); it must be from 1 to 100000.")
        }
        guard (1...1000).contains(rounds) else {
            throw ValidationError("--rounds is \(rounds); it must be from 1 to 1000.")
        }
    }

    package func run() throws {
        print(try table())
    }

    /// Measures, and says what came of it.
    package func table() throws -> String {
        let settings = CorpusSettings(posts: posts, comments: 0, seed: seed)
        let result = try MarkdownBench(settings: settings, rounds: rounds).run()
        func row(_ name: String, _ speed: Double, _ against: Bool) -> String {
            let times = against ? String(format: "%.2f×", result.baseline / speed) : ""
            return "| \(name) | \(String(format: "%.1f", speed)) | \(times) |"
        }
        return """
            | Markdown | MB/s | cost against libcmark |
            |---|---:|---:|
            \(row("plain text, extensions on", result.plainText, false))
            \(row("posts, libcmark alone", result.baseline, true))
            \(row("posts, extensions on, no highlighting", result.extensions, true))
            \(row("posts, extensions and highlighting", result.highlighting, true))
            \(row("code of all languages, highlighted", result.code, false))
            """
    }
}
