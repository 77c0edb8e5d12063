import Foundation
import Testing

@testable import BlogSite

@Suite struct PublisherTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func publisher(key: String = "key", force: Bool = false) throws -> Publisher {
        try Publisher(
            output: folder.full("output"), stateFolder: folder.full(".blog"), key: ContentHash(of: key), force: force)
    }

    /// One whole build of the given files.
    @discardableResult
    func build(_ files: [String: String], key: String = "key") throws -> Publication {
        let publisher = try publisher(key: key)
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            try publisher.stage(OutputPath(path), Array(text.utf8), inputs: ContentHash(of: text), as: .page)
        }
        return try publisher.commit(buildInputs: ContentHash(of: "\(files.count)"), nextChange: nil)
    }

    @Test func `a first build writes every file and nothing else`() throws {
        let result = try build(["index.html": "home", "posts/a/index.html": "a"])
        #expect(result == Publication(total: 2, written: 2, unchanged: 0, deleted: 0))
        #expect(try folder.files(in: "output") == [".blog-token", "index.html", "posts/a/index.html"])
        #expect(try folder.text("output/posts/a/index.html") == "a")
        #expect(!folder.exists("output/.blog-staging"))
    }

    @Test func `a file whose bytes are the same keeps its identity and time`() throws {
        try build(["a.html": "a", "b.html": "b"])
        let before = try folder.identity("output/a.html")
        let result = try build(["a.html": "a", "b.html": "changed"])
        #expect(result == Publication(total: 2, written: 1, unchanged: 1, deleted: 0))
        #expect(try folder.identity("output/a.html") == before)
        #expect(try folder.text("output/b.html") == "changed")
    }

    @Test func `a build that changes nothing writes neither token nor manifest`() throws {
        try build(["a.html": "a"])
        let token = try folder.identity("output/.blog-token")
        let names = try folder.files(in: ".blog")
        let manifest = try folder.identity(".blog/\(names[0])")
        #expect(try build(["a.html": "a"]) == Publication(total: 1, written: 0, unchanged: 1, deleted: 0))
        #expect(try folder.identity("output/.blog-token") == token)
        #expect(try folder.identity(".blog/\(names[0])") == manifest)
    }

    @Test func `files of the previous build go with the folders they leave empty and foreign files stay`() throws {
        try build(["a/b/index.html": "x", "a/c/index.html": "y", "index.html": "home"])
        try folder.write("output/a/c/mine.txt", "foreign")
        try folder.write("output/CNAME", "foreign")
        let publisher = try publisher()
        try publisher.stage(OutputPath("index.html"), Array("home".utf8), inputs: .unknown, as: .page)
        let result = try publisher.commit(buildInputs: .unknown, nextChange: nil)
        #expect(result == Publication(total: 1, written: 0, unchanged: 1, deleted: 2))
        #expect(try folder.files(in: "output") == [".blog-token", "CNAME", "a/c/mine.txt", "index.html"])
        #expect(!folder.exists("output/a/b"))
        #expect(try publisher.foreignFiles() == ["CNAME", "a/c/mine.txt"])
    }

    @Test func `without the manifest nothing is deleted and the left-over files can be named`() throws {
        try build(["old.html": "old", "index.html": "home"])
        try folder.delete(".blog")
        let publisher = try publisher()
        #expect(!publisher.isPreviousTrusted)
        try publisher.stage(OutputPath("index.html"), Array("home".utf8), inputs: .unknown, as: .page)
        #expect(
            try publisher.commit(buildInputs: .unknown, nextChange: nil)
                == Publication(total: 1, written: 0, unchanged: 1, deleted: 0))
        #expect(try publisher.foreignFiles() == ["old.html"])
    }

    @Test func `known inputs keep a file only while the token is in the folder`() throws {
        try build(["a.html": "a"])
        let path = try OutputPath("a.html")
        #expect(try publisher().keep(path, inputs: ContentHash(of: "a")))
        #expect(try !publisher().keep(path, inputs: ContentHash(of: "other")))
        #expect(try !publisher().keep(path, inputs: .unknown))
        #expect(try !publisher(key: "another base URL").keep(path, inputs: ContentHash(of: "a")))
        #expect(try !publisher(force: true).keep(path, inputs: ContentHash(of: "a")))
        try folder.delete("output/.blog-token")
        #expect(try !publisher().keep(path, inputs: ContentHash(of: "a")))
    }

    @Test func `other flags delete what the first build made`() throws {
        try build(["draft.html": "secret", "a.html": "a"], key: "with drafts")
        #expect(
            try build(["a.html": "a"], key: "without") == Publication(total: 1, written: 0, unchanged: 1, deleted: 1))
        #expect(!folder.exists("output/draft.html"))
    }

    @Test func `a build that stops before its commit changes no published file`() throws {
        try build(["a.html": "a"])
        let interrupted = try publisher()
        try interrupted.stage(OutputPath("a.html"), Array("half".utf8), inputs: .unknown, as: .page)
        #expect(try folder.text("output/a.html") == "a")
        #expect(folder.exists("output/.blog-staging/1"))
        #expect(try build(["a.html": "a"]) == Publication(total: 1, written: 0, unchanged: 1, deleted: 0))
        #expect(!folder.exists("output/.blog-staging"))
    }

    @Test func `a build that dies in its commit is completed by the next one`() throws {
        try build(["a.html": "a", "old.html": "old"])
        // A folder in the place of the second file stops the commit between two files.
        try FileManager.default.createDirectory(
            atPath: folder.full("output/b.html/x"), withIntermediateDirectories: true)
        #expect(throws: SiteError.self) { try build(["a.html": "new", "b.html": "b", "c.html": "c"]) }
        #expect(try folder.files(in: "output") == [".blog-staging/2", ".blog-staging/3", "a.html", "old.html"])
        try folder.delete("output/b.html")
        #expect(try !publisher().isPreviousTrusted)
        #expect(try build(["a.html": "newer"]) == Publication(total: 1, written: 1, unchanged: 0, deleted: 3))
        #expect(try folder.files(in: "output") == [".blog-token", "a.html"])
    }

    @Test func `assets come before pages and pages before lists`() throws {
        let publisher = try publisher()
        for (path, stage) in [("index.html", Publisher.Stage.list), ("a/index.html", .page), ("z.css", .asset)] {
            try publisher.stage(OutputPath(path), Array(path.utf8), inputs: .unknown, as: stage)
        }
        // The page cannot be published: the asset is there by then, the list is not.
        try folder.write("output/a/index.html/blocker", "")
        #expect(throws: SiteError.self) { try publisher.commit(buildInputs: .unknown, nextChange: nil) }
        #expect(folder.exists("output/z.css"))
        #expect(!folder.exists("output/index.html"))
    }

    @Test func `a file may become a folder and a folder a file`() throws {
        try build(["a": "file", "b/index.html": "folder"])
        #expect(
            try build(["a/index.html": "1", "b": "2"]) == Publication(total: 2, written: 2, unchanged: 0, deleted: 2))
        #expect(try folder.files(in: "output") == [".blog-token", "a/index.html", "b"])
    }

    @Test func `nothing is written or deleted through a link`() throws {
        try folder.write("elsewhere/index.html", "theirs")
        try FileManager.default.createDirectory(atPath: folder.full("output"), withIntermediateDirectories: true)
        try folder.link("output/posts", to: folder.full("elsewhere"))
        let error = #expect(throws: SiteError.self) { try build(["posts/index.html": "ours"]) }
        #expect(error?.code == .unsafePath)
        #expect(error?.path == folder.full("output/posts"))
        #expect(try folder.text("elsewhere/index.html") == "theirs")
    }

    @Test func `a link in the place of a file is replaced, not followed`() throws {
        try folder.write("elsewhere.html", "theirs")
        try FileManager.default.createDirectory(atPath: folder.full("output"), withIntermediateDirectories: true)
        try folder.link("output/a.html", to: folder.full("elsewhere.html"))
        try build(["a.html": "theirs"])
        try build(["a.html": "ours"])
        #expect(try folder.text("elsewhere.html") == "theirs")
        #expect(try folder.text("output/a.html") == "ours")
    }

    @Test func `a page that cannot be made now keeps its file and is made again next time`() throws {
        try build(["a.html": "a", "b.html": "b"])
        let path = try OutputPath("a.html")
        let publisher = try publisher()
        #expect(publisher.keepPrevious(path))
        #expect(try !publisher.keepPrevious(OutputPath("never.html")))
        _ = try publisher.commit(buildInputs: .unknown, nextChange: nil)
        #expect(try folder.files(in: "output") == [".blog-token", "a.html"])
        #expect(try !self.publisher().keep(path, inputs: ContentHash(of: "a")))
    }

    @Test func `two pages with one address are refused`() throws {
        let publisher = try publisher()
        try publisher.stage(OutputPath("a.html"), [1], inputs: .unknown, as: .page)
        let error = #expect(throws: SiteError.self) {
            try publisher.stage(OutputPath("a.html"), [1], inputs: .unknown, as: .page)
        }
        #expect(error == SiteError(.data, path: "a.html", "two pages have this address"))
    }

    @Test func `an output folder that cannot be made is named with the system's reason`() throws {
        try folder.write("output", "a file")
        let error = #expect(throws: SiteError.self) { try publisher() }
        #expect(error?.code == .cannotCreate)
        #expect(error?.description == "\(folder.full("output")): cannot open the folder: Not a directory")
    }

    @Test func `a build is current until its inputs change or a post is due`() throws {
        let publisher = try publisher()
        try publisher.stage(OutputPath("a.html"), [1], inputs: .unknown, as: .page)
        _ = try publisher.commit(buildInputs: ContentHash(of: "inputs"), validUntil: Instant(microseconds: 1_000))
        func isCurrent(_ inputs: String, _ now: Int, key: String = "key") throws -> Bool {
            try Publisher.currentBuild(
                output: folder.full("output"), stateFolder: folder.full(".blog"), key: ContentHash(of: key),
                buildInputs: ContentHash(of: inputs), now: Instant(microseconds: now)) != nil
        }
        #expect(try isCurrent("inputs", 999))
        #expect(try !isCurrent("inputs", 1_000))
        #expect(try !isCurrent("others", 999))
        #expect(try !isCurrent("inputs", 999, key: "other flags"))
        try folder.delete("output/.blog-token")
        #expect(try !isCurrent("inputs", 999))
    }

    @Test func `staging from many tasks loses nothing`() async throws {
        let publisher = try publisher()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try publisher.stage(
                        OutputPath("p/\(number)/index.html"), Array("\(number)".utf8), inputs: .unknown, as: .page)
                }
            }
            try await group.waitForAll()
        }
        #expect(try publisher.commit(buildInputs: .unknown, nextChange: nil).written == 200)
        for number in 0..<200 { #expect(try folder.text("output/p/\(number)/index.html") == "\(number)") }
    }
}
