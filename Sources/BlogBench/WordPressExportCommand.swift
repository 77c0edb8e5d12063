package import ArgumentParser
import Foundation

/// `blog-bench wxr`: a WordPress export of any size.
package struct WordPressExportCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "wxr",
        abstract: "Writes a WordPress export with generated posts and comments.",
        discussion: """
            The same numbers and the same seed give the same bytes on every machine. 1,000 posts with as many comments are about 6.7 MB.

            Example:
              blog-bench wxr --posts 100000 --comments 100000 --out /tmp/export.xml

            Exit codes: 0 done, 64 usage, 73 FILE cannot be made, 74 writing failed.
            """)

    @Option(help: ArgumentHelp("How many posts to write, from 1 to 1000000.", valueName: "n"))
    package var posts: Int

    @Option(help: ArgumentHelp("How many comments to spread over them, from 0 to 10000000.", valueName: "m"))
    package var comments: Int = 0

    @Option(help: ArgumentHelp("Which site: each seed gives another.", valueName: "s"))
    package var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    package var out: String

    package init() {}

    package func validate() throws {
        guard (1...1_000_000).contains(posts) else {
            throw ValidationError("--posts is \(posts); it must be from 1 to 1000000.")
        }
        guard (0...10_000_000).contains(comments) else {
            throw ValidationError("--comments is \(comments); it must be from 0 to 10000000.")
        }
        guard !out.isEmpty else { throw ValidationError("--out is empty; it must name a file.") }
    }

    package func run() throws {
        do {
            print(try write())
        } catch let error as CorpusError {
            FileHandle.standardError.write(Data("blog-bench: \(error)\n".utf8))
            throw ExitCode(error.code.rawValue)
        }
    }

    /// Writes the export and says in one line what it wrote.
    package func write() throws -> String {
        guard FileManager.default.createFile(atPath: out, contents: nil),
            let file = FileHandle(forWritingAtPath: out)
        else { throw CorpusError(code: .cannotCreate, description: "\(out): cannot be made") }
        var buffer = Data()
        var bytes = 0
        func flush() throws {
            do {
                try file.write(contentsOf: buffer)
            } catch {
                throw CorpusError(code: .writeFailed, description: "\(out): \(error.localizedDescription)")
            }
            bytes += buffer.count
            buffer.removeAll(keepingCapacity: true)
        }
        let settings = CorpusSettings(posts: posts, comments: comments, seed: seed)
        try WordPressExport(settings).write { piece in
            buffer.append(contentsOf: piece.utf8)
            if buffer.count > 1 << 20 { try flush() }
        }
        try flush()
        try file.close()
        let megabytes = String(format: "%.1f", Double(bytes) / 1_000_000)
        return "wrote \(posts) posts and \(comments) comments to \(out): \(megabytes) MB"
    }
}
