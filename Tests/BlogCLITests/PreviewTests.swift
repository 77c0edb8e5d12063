import FlyingFox
import Foundation
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
}
