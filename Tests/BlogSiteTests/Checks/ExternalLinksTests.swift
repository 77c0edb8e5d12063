import Foundation
import Synchronization
import Testing

@testable import BlogSite

@Suite struct ExternalLinksTests {
    private func server() throws -> LoopbackServer {
        try LoopbackServer { request in
            switch request {
            case "HEAD /fine", "GET /only-get": "HTTP/1.1 200 OK"
            case "HEAD /moved": "HTTP/1.1 301 Moved\r\nLocation: /fine"
            case "HEAD /only-get": "HTTP/1.1 405 No"
            case "HEAD /shy", "GET /shy": "HTTP/1.1 403 No"
            case "HEAD /circle": "HTTP/1.1 302 Found\r\nLocation: /circle"
            case "GET /circle": "HTTP/1.1 302 Found\r\nLocation: /circle"
            default: "HTTP/1.1 404 Not Found"
            }
        }
    }

    @Test func `hosts are asked for heads, then for a byte, and good answers are remembered for a week`() throws {
        let server = try server()
        let folder = try TemporaryFolder()
        let clock = Mutex(TestSite.now)
        let links = ExternalLinks(stateFolder: folder.full(".blog"), now: { clock.withLock { $0 } })
        let addresses = ["/fine", "/moved", "/only-get", "/gone"].map(server.address)
        let answers = try links.ask(addresses)
        #expect(answers.map(\.address) == addresses)
        #expect(answers.map(\.answer.status) == [200, 200, 200, 404])
        #expect(answers.map { $0.answer.problem?.message } == [nil, nil, nil, "there is nothing any more (HTTP 404)"])
        #expect(
            server.asked
                == ["GET /only-get", "HEAD /fine", "HEAD /fine", "HEAD /gone", "HEAD /moved", "HEAD /only-get"])
        _ = try links.ask(addresses)
        #expect(server.asked.filter { $0 == "HEAD /gone" }.count == 2)
        #expect(server.asked.count == 7)
        clock.withLock { $0 += 8 * 86_400 }
        _ = try links.ask([server.address("/fine")])
        #expect(server.asked.filter { $0 == "HEAD /fine" }.count == 3)
    }

    @Test func `what a host does not say is told for what it is`() throws {
        let server = try server()
        let folder = try TemporaryFolder()
        let links = ExternalLinks(stateFolder: folder.full(".blog"), now: { TestSite.now })
        let answers = try links.ask(
            ["http://127.0.0.1:1/", server.address("/circle"), server.address("/shy")]
        ).map { $0.answer.problem }
        #expect(answers[0]?.severity == .error)
        #expect(answers[0]?.message.hasPrefix("no answer: ") == true)
        #expect(answers[1]?.message.contains("redirects") == true)
        #expect(answers[2]?.severity == .warning)
        #expect(answers[2]?.message == "the host answers with HTTP 403")
        // Addresses that are in order are all that is kept.
        #expect(try folder.text(".blog/external-links") == "blog-external-links 1")
    }

    @Test func `without curl the check says what it needs, and asks for nothing when all is remembered`() throws {
        let folder = try TemporaryFolder()
        let links = ExternalLinks(stateFolder: folder.full(".blog"), now: { TestSite.now }) { _ in nil }
        #expect(try links.ask([]).isEmpty)
        let error = #expect(throws: SiteError.self) { try links.ask(["https://example.org/"]) }
        #expect(
            error?.description
                == "curl: links to other hosts are asked for by this program, and it is not installed")
    }
}
