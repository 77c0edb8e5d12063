package import ArgumentParser
import Foundation

/// `blog-bench access-log`: options, their checks, and one call into the generator.
package struct AccessLogCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "access-log",
        abstract: "Writes a web server's log of a generated site.",
        discussion: """
            The same numbers and the same seed give the same bytes on every machine, and name the posts that `blog-bench corpus` \
            makes of them.

            Examples:
              blog-bench access-log --posts 10000 --lines 5000000 --out /tmp/access.log
              blog-bench access-log --lines 1000 --format caddy --out /tmp/caddy.log

            Exit codes: 0 done, 64 usage, 73 FILE is there already or cannot be created, 74 writing failed.
            """)

    @Option(help: ArgumentHelp("How many lines to write, from 1 to 100000000.", valueName: "n"))
    package var lines: Int

    @Option(help: ArgumentHelp("How many posts the site has, from 1 to 1000000.", valueName: "n"))
    package var posts = 10_000

    @Option(help: ArgumentHelp("Which site: each seed gives another.", valueName: "s"))
    package var seed: UInt64 = 1

    @Option(help: "How lines are written: \(AccessLog.Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    package var format = AccessLog.Format.combined

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    package var out: String

    package init() {}

    package func validate() throws {
        guard (1...100_000_000).contains(lines) else {
            throw ValidationError("--lines is \(lines); it must be from 1 to 100000000.")
        }
        guard (1...1_000_000).contains(posts) else {
            throw ValidationError("--posts is \(posts); it must be from 1 to 1000000.")
        }
    }

    package func run() throws {
        do {
            print(try write())
        } catch let error as CorpusError {
            FileHandle.standardError.write(Data("blog-bench: \(error)\n".utf8))
            throw ExitCode(error.code.rawValue)
        }
    }

    /// Writes the log and says in one line what it wrote.
    package func write() throws -> String {
        guard !FileManager.default.fileExists(atPath: out),
            FileManager.default.createFile(atPath: out, contents: nil), let file = FileHandle(forWritingAtPath: out)
        else {
            throw CorpusError(
                code: .cannotCreate, description: "cannot create \(out), or it is there already; name a new file")
        }
        let log = AccessLog(CorpusSettings(posts: posts, comments: 0, seed: seed), format: format)
        let summary: AccessLog.Summary
        do {
            summary = try log.write(lines: lines) { try file.write(contentsOf: $0) }
            try file.close()
        } catch {
            throw CorpusError(code: .writeFailed, description: "cannot write \(out): \(error.localizedDescription)")
        }
        let megabytes = String(format: "%.1f", Double(summary.bytes) / 1_000_000)
        return "wrote \(summary.lines) lines to \(out): \(megabytes) MB, \(summary.views) views of posts"
    }
}

extension AccessLog.Format: ExpressibleByArgument {}
