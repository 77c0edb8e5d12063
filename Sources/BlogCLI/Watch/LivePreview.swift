import Foundation
import Synchronization

/// What connects the preview with those who look at it: which build is shown, why the last one failed, and who waits for the
/// next one.
///
/// A browser holds a connection to ``eventsPath`` open (server-sent events, <https://html.spec.whatwg.org/#server-sent-events>);
/// the script that does so is in pages of the preview only, never in the files.
final class LivePreview: Sendable {
    static let eventsPath = "/.blog/events"
    static let scriptPath = "/.blog/reload.js"
    static let stylePath = "/.blog/error.css"

    private struct State: Sendable {
        var build = 0
        var failure: String?
    }

    /// Distinguishes this run of the server from the one before, so that a browser that comes back loads the page again.
    private let run: String
    private let state = Mutex(State())
    private let changed = NSCondition()

    init(run: String = String(getpid())) { self.run = run }

    /// Why the last build failed; `nil` when it did not.
    var failure: String? { state.withLock { $0.failure } }

    /// Which build is shown, as text that differs from that of every other build.
    var build: String { state.withLock { "\(run)-\($0.build)" } }

    /// Another build is there to be seen.
    func show() { update { $0.failure = nil } }
    /// A build has failed: pages show why.
    func show(failure: String) { update { $0.failure = failure } }

    private func update(_ change: (inout State) -> Void) {
        state.withLock { state in
            state.build += 1
            change(&state)
        }
        changed.lock()
        changed.broadcast()
        changed.unlock()
    }

    /// Waits until another build than `known` is shown, or until `deadline`. Blocks its thread.
    func wait(otherThan known: String, until deadline: Date) -> String {
        changed.lock()
        defer { changed.unlock() }
        while build == known, changed.wait(until: deadline) {}
        return build
    }

    /// The page with the script that loads it again.
    static func instrumented(_ page: Data) -> Data {
        let script = Data("<script src=\"\(scriptPath)\" async></script>".utf8)
        guard let end = page.range(of: Data("</body>".utf8), options: .backwards) else { return page + script }
        return page[..<end.lowerBound] + script + page[end.lowerBound...]
    }

    /// Loads the page again when the server tells of another build. It works under the strictest policy: it is a file of its own,
    /// and adds nothing to the page.
    static let script = """
        (() => {
          let shown;
          new EventSource("\(eventsPath)").onmessage = (event) => {
            if (shown !== undefined && shown !== event.data) location.reload();
            shown = event.data;
          };
        })();

        """

    static let style = """
        body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
        pre { padding: 1rem; overflow-x: auto; border-left: .25rem solid #c33; background: color-mix(in srgb, currentColor 8%, transparent); }

        """

    /// The page that stands for all others while the build fails.
    static func page(failure: String) -> Data {
        let text = failure.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return instrumented(
            Data(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>The build failed</title>
                <link rel="stylesheet" href="\(stylePath)">
                </head>
                <body>
                <h1>The build failed</h1>
                <pre>\(text)</pre>
                <p>This page goes as soon as that is mended. What was published before stays as it was.</p>
                </body>
                </html>

                """.utf8))
    }
}
