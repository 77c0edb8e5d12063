import Foundation
import Logging
import Synchronization
import Testing

@testable import BlogCLI

@Suite struct LogTests {
    /// What a logger writes at 2026-02-13T10:20:30.5Z.
    private func lines(_ format: LogFormat, _ body: (Logger) -> Void) -> String {
        let notes = Mutex("")
        let console = Console(
            currentDirectory: "/", output: { _ in }, notes: { text in notes.withLock { $0 += text } })
        body(
            Logger(label: "blog") { _ in
                ConsoleLogHandler(console, format) { Date(timeIntervalSince1970: 1_770_978_030.5) }
            })
        return notes.withLock { $0 }
    }

    @Test func `an event is a line of text`() {
        let text = lines(.text) { logger in
            logger.error("two\nlines \u{1B}[31m", metadata: ["path": "a b", "line": "3"])
            logger.debug("not told")
        }
        #expect(text == "2026-02-13T10:20:30Z error two | lines \\u{1B}[31m line=3 path=\"a b\"\n")
    }

    @Test func `or an object of JSON`() {
        let text = lines(.json) { $0.warning("two\n\"lines\"", metadata: ["page": "/a/"]) }
        #expect(
            text == #"{"time":"2026-02-13T10:20:30Z","level":"warning","message":"two\n\"lines\"","page":"/a/"}"# + "\n"
        )
    }

    @Test func `a run tells what was refused, what it did, and why it ended`() async throws {
        let site = try TestSite.small(["content/posts/bad.md": "---\ntitle: [X\n---\n\nText\n"])
        let run = await site.blog("regenerate", "--log-format", "json")
        #expect(run.status == 1)
        #expect(run.output == "")
        let lines = run.notes.split(separator: "\n")
        #expect(lines.first?.contains(#""level":"info","message":"regenerate""#) == true)
        #expect(lines.contains { $0.contains(#""level":"error""#) && $0.contains(#""path":"content/posts/bad.md""#) })
        #expect(lines.contains { $0.contains(#""message":"imported""#) && $0.contains(#""refused":"1""#) })
        #expect(lines.last?.contains(#""message":"built""#) == true)
        try site.write("no template {{", to: "templates/post.html")
        let broken = await site.blog("regenerate", "--log-format", "text")
        #expect(broken.status == 78)
        #expect(broken.notes.split(separator: "\n").last?.contains(" critical ") == true)
        #expect(broken.notes.hasSuffix(" exit_code=78\n"))
    }
}
