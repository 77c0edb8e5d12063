package import ArgumentParser
import Foundation

/// `blog-bench corpus`: options, their checks, and one call into the generator.
package struct CorpusCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "corpus",
        abstract: "Writes a site with generated posts and comments.",
        discussion: """
            The same numbers and the same seed give the same bytes on every machine. DIR must not exist or be empty. The site is \
            complete but for its theme: give --theme, or copy a folder to DIR/templates before the first build.

            Examples:
              blog-bench corpus --posts 10000 --comments 50000 --out /tmp/site --theme templates
              blog --site /tmp/site import && blog --site /tmp/site build

              blog-bench corpus --posts 200 --seed 7 --out /tmp/small

            Exit codes: 0 done, 64 usage, 66 no such theme, 73 DIR is not empty or cannot be created, 74 writing failed.
            """)

    @Option(help: ArgumentHelp("How many posts to write, from 1 to 1000000.", valueName: "n"))
    package var posts: Int

    @Option(help: ArgumentHelp("How many comments to spread over them, from 0 to 10000000.", valueName: "m"))
    package var comments: Int = 0

    @Option(help: ArgumentHelp("Which site: each seed gives another.", valueName: "s"))
    package var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
    package var out: String

    @Option(help: ArgumentHelp("A theme, copied to DIR/templates.", valueName: "dir"))
    package var theme: String?

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(posts) else {
            throw ValidationError("--posts is \(posts); it must be from 1 to 1000000.")
        }
        guard (0...10_000_000).contains(comments) else {
            throw ValidationError("--comments is \(comments); it must be from 0 to 10000000.")
        }
        guard !out.isEmpty else { throw ValidationError("--out is empty; it must name a folder.") }
    }

    package func run() throws {
        do {
            print(try write())
        } catch let error as CorpusError {
            FileHandle.standardError.write(Data("blog-bench: \(error)\n".utf8))
            throw ExitCode(error.code.rawValue)
        }
    }

    /// Writes the site and says in one line what it wrote.
    package func write() throws -> String {
        if let theme { try CorpusDirectory.checkTheme(theme) }
        var directory = try CorpusDirectory(creating: out)
        let settings = CorpusSettings(posts: posts, comments: comments, seed: seed)
        let summary = try Corpus(settings).write { path, text in try directory.write(text, to: path) }
        if let theme { try directory.copyTheme(theme) }
        let megabytes = String(format: "%.1f", Double(summary.bytes) / 1_000_000)
        return "wrote \(posts) posts and \(comments) comments to \(out): \(summary.files) files, \(megabytes) MB"
    }
}
