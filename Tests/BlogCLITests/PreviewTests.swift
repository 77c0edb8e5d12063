import Foundation
import Synchronization
import Testing

@testable import BlogCLI

@Suite struct PreviewTests {
    private func site() throws -> TestSite {
        try TestSite([
            "output/index.html": "home", "output/404.html": "lost", "output/posts/a/index.html": "post a",
            "output/assets/style.css": "css", "output/caf\u{E9}.txt": "text", "secret.txt": "secret",
        ])
    }

    @Test func `folders answer with their index, names with their type`() throws {
        let site = try site()
        let files = StaticFiles(root: site.root + "/output", basePath: "/")
        #expect(files.answer(to: "/") == .init(status: .ok, type: "text/html; charset=utf-8", body: Data("home".utf8)))
        #expect(files.answer(to: "/posts/a/").body == Data("post a".utf8))
        #expect(files.answer(to: "/posts/a").location == "/posts/a/")
        #expect(files.answer(to: "/assets/style.css").type == "text/css; charset=utf-8")
        #expect(files.answer(to: "/caf%C3%A9.txt").body == Data("text".utf8))
    }

    @Test func `what is not there gets the page for that, with its status`() throws {
        let site = try site()
        let files = StaticFiles(root: site.root + "/output", basePath: "/")
        #expect(
            files.answer(to: "/nothing")
                == .init(status: .notFound, type: "text/html; charset=utf-8", body: Data("lost".utf8)))
        #expect(files.answer(to: "/posts/").status == .notFound)
    }

    @Test(arguments: ["/../secret.txt", "/%2e%2e/secret.txt", "/posts/../../secret.txt", "/link/secret.txt", "/a%00b"])
    func `nothing outside the folder is served`(path: String) throws {
        let site = try site()
        try FileManager.default.createSymbolicLink(atPath: site.root + "/output/link", withDestinationPath: site.root)
        let files = StaticFiles(root: site.root + "/output", basePath: "/")
        #expect(files.answer(to: path).status == .notFound)
    }

    @Test func `a site below a path of its host is served there`() throws {
        let site = try site()
        let files = StaticFiles(root: site.root + "/output", basePath: "/blog")
        #expect(files.answer(to: "/blog/posts/a/").body == Data("post a".utf8))
        #expect(files.answer(to: "/blog").location == "/blog/")
        #expect(files.answer(to: "/posts/a/").status == .notFound)
    }

    @Test func `the server answers over the wire, folders with their index and HEAD with the length`() async throws {
        let site = try site()
        let server = PreviewServer(files: StaticFiles(root: site.root + "/output", basePath: "/"), port: 0)
        let seen = Mutex<[String: String]>([:])
        let running = Task {
            try await server.run { port in
                for (method, path) in [
                    ("GET", "/posts/a/"), ("GET", "/posts/a"), ("HEAD", "/"), ("POST", "/"), ("GET", "/no"),
                ] {
                    let answer = try LoopbackClient(port).ask(method, path)
                    seen.withLock { $0["\(method) \(path)"] = answer }
                }
                // A second server cannot have the same port, and says so without waiting.
                let second = PreviewServer(files: StaticFiles(root: site.root + "/output", basePath: "/"), port: port)
                do { try await second.run { _ in } } catch let error as CommandError {
                    seen.withLock { $0["second"] = error.message }
                }
                throw CancellationError()
            }
        }
        _ = await running.result
        let answers = seen.withLock { $0 }
        #expect(answers["GET /posts/a/"]?.hasPrefix("HTTP/1.1 200") == true)
        #expect(answers["GET /posts/a/"]?.hasSuffix("\r\n\r\npost a") == true)
        #expect(answers["GET /posts/a"]?.contains("Location: /posts/a/") == true)
        #expect(answers["HEAD /"]?.contains("Content-Length: 4") == true)
        #expect(answers["HEAD /"]?.hasSuffix("\r\n\r\n") == true)
        #expect(answers["POST /"]?.hasPrefix("HTTP/1.1 405") == true)
        #expect(answers["GET /no"]?.hasPrefix("HTTP/1.1 404") == true)
        #expect(answers["second"]?.hasPrefix("cannot listen on 127.0.0.1:") == true)
    }
}
