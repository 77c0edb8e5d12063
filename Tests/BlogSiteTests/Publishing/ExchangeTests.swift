import Foundation
import Testing

@testable import BlogSite

@Suite struct ExchangeTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func build(_ files: [String: String]) throws -> Publication {
        let publisher = try Publisher(
            output: folder.full("output"), stateFolder: folder.full(".blog"), key: ContentHash(of: "key"))
        for (path, text) in files.sorted(by: { $0.key < $1.key }) {
            try publisher.stage(OutputPath(path), Array(text.utf8), inputs: ContentHash(of: text), as: .page)
        }
        let publication = try publisher.commit(isAtomic: true, buildInputs: ContentHash(of: "\(files)"))
        #expect(try publisher.foreignFiles() == (folder.exists("output/mine") ? ["mine/a.txt", "mine/link"] : []))
        return publication
    }

    @Test func `the whole tree changes at once and what stays is the same file`() throws {
        try build(["index.html": "1", "a/index.html": "stays", "b/c/index.html": "goes", "d": "file"])
        try folder.write("output/mine/a.txt", "foreign")
        try folder.link("output/mine/link", to: "nowhere")
        try FileManager.default.createDirectory(
            atPath: folder.full("output/empty"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o750])
        let kept = try folder.identity("output/a/index.html")
        let open = try FileDescriptor.folder(folder.full("output"), create: false)
        #expect(
            try build(["index.html": "2", "a/index.html": "stays", "d/index.html": "folder", "e.html": "new"])
                == Publication(total: 4, written: 3, unchanged: 1, deleted: 2))
        #expect(
            try folder.files(in: "output")
                == [".blog-token", "a/index.html", "d/index.html", "e.html", "index.html", "mine/a.txt"])
        #expect(try folder.text("output/index.html") == "2")
        #expect(try folder.identity("output/a/index.html") == kept)
        #expect(!folder.exists("output/b"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.full("output/empty"))
        #expect(attributes[.posixPermissions] as? Int == 0o750)
        #expect(!folder.exists(".output.blog-next"))
        // A reader that came in before sees nothing of the new site, and of the old one no half.
        #expect(try open.names(in: ".") == [])
        #expect(
            try build(["index.html": "2", "a/index.html": "stays", "d/index.html": "folder", "e.html": "new"]).written
                == 0)
    }

    @Test func `an output folder that is a link stays one, and what a killed build left is cleared away`() throws {
        try folder.write("disk/site/old.txt", "foreign")
        try folder.link("output", to: folder.full("disk/site"))
        try folder.write("disk/.site.blog-next/half.html", "half")
        let publisher = try Publisher(
            output: folder.full("output"), stateFolder: folder.full(".blog"), key: ContentHash(of: "key"))
        try publisher.stage(OutputPath("index.html"), Array("1".utf8), inputs: .unknown, as: .page)
        _ = try publisher.commit(isAtomic: true, buildInputs: .unknown)
        #expect(try folder.files(in: "disk") == ["site/.blog-token", "site/index.html", "site/old.txt"])
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: folder.full("output")) == folder.full("disk/site")
        )
    }

    @Test func `where the tree cannot be made the site stays as it was and the next build completes it`() throws {
        try build(["index.html": "1"])
        // A folder in which no other can be made: the tests may run as root, whom permissions do not stop.
        try folder.write(".output.blog-next", "a file of someone else")
        let error = #expect(throws: SiteError.self) { try build(["index.html": "2"]) }
        #expect(error?.message.hasSuffix("Build without --atomic: then each file is replaced in one step") == true)
        #expect(try folder.text("output/index.html") == "1")
        try folder.delete(".output.blog-next")
        #expect(try build(["index.html": "2"]).written == 1)
        #expect(try folder.text("output/index.html") == "2")
    }
}
