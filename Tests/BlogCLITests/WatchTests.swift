import Foundation
import Testing

@testable import BlogCLI

/// `blog serve --watch`, the program itself, seen by a browser and an editor.
@Suite(.serialized) struct WatchTests {
    /// Starts it, and gives it with its port once it takes requests.
    private func serve(_ site: TestSite, _ options: String...) throws -> (PseudoTerminal, UInt16) {
        let terminal = try PseudoTerminal(
            in: site.root, "serve", "--watch", "--port", "0", options.first ?? "--no-color")
        let output = try terminal.output(with: "Ctrl-C ends it.")
        let port = try #require(output.firstMatch(of: #/http://127\.0\.0\.1:([0-9]+)//#)).1
        return (terminal, try #require(UInt16(port)))
    }

    @Test func `a change is built, and the browser is told`() throws {
        let site = try TestSite.small()
        let (terminal, port) = try serve(site)
        let page = try LoopbackClient(port).ask("GET", "/posts/one/")
        #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(page.contains("First <em>text</em>."))
        #expect(page.contains("<script src=\"/.blog/reload.js\" async></script></body>"))
        #expect(page.contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; "))
        #expect(try LoopbackClient(port).ask("GET", "/.blog/reload.js").contains("new EventSource(\"/.blog/events\")"))
        #expect(!(try site.read("output/posts/one/index.html").contains("reload.js")), "only the preview has it")

        let browser = try LoopbackClient(port)
        try browser.send("GET", "/.blog/events")
        let first = try browser.nextEvent()
        try site.write(
            "---\ntitle: One\ndate: 2026-01-01\nauthor: ada\n---\n\nOther words.\n", to: "content/posts/one.md")
        #expect(try browser.nextEvent() != first)
        #expect(try LoopbackClient(port).ask("GET", "/posts/one/").contains("Other words."))
        try terminal.output(with: "content/posts/one.md: ")
        // A folder that comes is watched too.
        try site.write(
            "---\ntitle: New\ndate: 2026-01-05\nauthor: ada\n---\n\nNews.\n", to: "content/posts/2026/new.md")
        _ = try browser.nextEvent()
        #expect(try LoopbackClient(port).ask("GET", "/posts/new/").contains("News."))
        terminal.type("\u{3}")
        #expect(terminal.outcome().isSignal)
    }

    @Test func `a build error shows in the page until it is mended`() throws {
        let site = try TestSite.small()
        let (terminal, port) = try serve(site)
        let template = try site.read("templates/post.html")
        let browser = try LoopbackClient(port)
        try browser.send("GET", "/.blog/events")
        _ = try browser.nextEvent()
        try site.write("{% if <x> %}", to: "templates/post.html")
        _ = try browser.nextEvent()
        let page = try LoopbackClient(port).ask("GET", "/")
        #expect(page.hasPrefix("HTTP/1.1 500 "))
        #expect(page.contains("<h1>The build failed</h1>"))
        #expect(page.contains("templates/post.html:1:"))
        #expect(page.contains("&lt;x>") && page.contains("reload.js"))
        #expect(try LoopbackClient(port).ask("GET", "/.blog/error.css").hasPrefix("HTTP/1.1 200 OK"))
        #expect(try site.read("output/posts/one/index.html").contains("First"), "what was published stays")
        try site.write(template, to: "templates/post.html")
        _ = try browser.nextEvent()
        #expect(try LoopbackClient(port).ask("GET", "/").hasPrefix("HTTP/1.1 200 OK"))
        terminal.type("\u{3}")
        #expect(terminal.outcome().isSignal)
    }

    @Test func `drafts are shown from another folder than what is published`() throws {
        let site = try TestSite.small([
            "content/posts/idea.md": "---\ntitle: Idea\ndate: 2026-01-01\nauthor: ada\ndraft: true\n---\n\nText.\n"
        ])
        let (terminal, port) = try serve(site, "--drafts")
        #expect(try LoopbackClient(port).ask("GET", "/posts/idea/").hasPrefix("HTTP/1.1 200 OK"))
        #expect(!site.exists("output/posts/idea/index.html"))
        terminal.type("\u{3}")
        _ = terminal.outcome()
    }

    @Test func `what is no source is not watched`() {
        for path in [".git/index", "output", "output/a.html", "blog.sqlite3-wal", "content/a.md~", "content/.a.md.swp"]
        {
            #expect(Rebuilder.ignores(path, output: "output"), "\(path)")
        }
        for path in ["content/a.md", "templates/base.html", "static/x.png", "blog.yml", "outputs/a"] {
            #expect(!Rebuilder.ignores(path, output: "output"), "\(path)")
        }
    }

    @Test func `only this machine is listened to, unless an address is given`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("serve", "--host", "example.org").status == 64)
        #expect(await site.blog("serve", "--drafts").status == 64)
    }
}
