import BlogConfiguration
import Foundation
import ORM
import Testing

@testable import BlogSite

@Suite struct PackingTests {
    private func gunzip(_ path: String) throws -> String {
        let program = try #require(Subprocess.find("gzip"))
        return String(decoding: try Subprocess.run(program, ["-dc", path]).standard, as: UTF8.self)
    }

    @Test func `each text has a packed form beside it that holds the same`() async throws {
        var site = try await TestSite()
        site.configuration.output.precompress = [.gzip]
        try site.folder.write("static/photo.jpg", "no text")
        try await site.addSample()
        let report = try await site.build()
        let files = try site.files()
        let packed = files.filter { $0.hasSuffix(".gz") }
        #expect(packed == files.filter { !$0.hasSuffix(".gz") && $0 != "photo.jpg" }.map { $0 + ".gz" }.sorted())
        #expect(report.pages.total == files.count)
        for path in packed {
            #expect(try gunzip(site.folder.full("output/\(path)")) == site.page(String(path.dropLast(3))))
        }
        // Bytes 4 to 7 hold a time, if any.
        let bytes = try Data(contentsOf: URL(filePath: site.folder.full("output/index.html.gz")))
        #expect(Array(bytes.prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test func `an edit packs what it changed, and a page takes its packed form along`() async throws {
        var site = try await TestSite()
        site.configuration.output.precompress = [.gzip]
        try await site.addSample()
        let first = try await site.build()
        #expect(try await site.build().pages.unchanged == first.pages.total)
        let untouched = try site.folder.identity("output/posts/third/index.html.gz")
        try await site.database.run(script: "UPDATE posts SET content = content || ' More.' WHERE id = 1")
        try await site.build()
        #expect(try gunzip(site.folder.full("output/posts/first/index.html.gz")).contains("More."))
        #expect(try site.folder.identity("output/posts/third/index.html.gz") == untouched)
        try await site.database.run(script: "DELETE FROM posts WHERE id = 1")
        try await site.build()
        #expect(!site.exists("posts/first"))
        site.configuration.output.precompress = []
        try await site.build()
        #expect(try site.files().filter { $0.hasSuffix(".gz") } == [])
    }

    @Test func `a packed file of the site's own is left as it is`() async throws {
        var site = try await TestSite()
        site.configuration.output.precompress = [.gzip]
        try site.folder.write("static/data.json", "{}")
        try site.folder.write("static/data.json.gz", "mine")
        #expect(try await site.build().problems == [])
        #expect(try site.page("data.json.gz") == "mine")
    }

    @Test func `without the program brotli there are no such files, and the report says so`() {
        var settings = TestSite.configurationOfOutput
        settings.precompress = [.gzip, .brotli]
        let packing = Packing(settings) { _ in nil }
        #expect(packing.forms == [.gzip])
        #expect(
            packing.problems.map(\.message) == [
                "output.precompress names brotli, but there is no program of that name: no .br files are made"
            ])
        #expect(Packing(settings) { "/bin/\($0)" }.forms == [.gzip, .brotli(program: "/bin/brotli")])
    }

    @Test func `the program brotli packs all texts of a build, once`() throws {
        let folder = try TemporaryFolder()
        // In the place of brotli: writes each file backwards, and a line for each run.
        let log = folder.full("runs")
        try folder.write(
            "brotli",
            "#!/bin/sh\necho run >> \(log)\nwhile [ \"$1\" != -- ]; do shift; done; shift\nfor f; do rev \"$f\" > \"$f.br\"; done\n"
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.full("brotli"))
        func build(_ files: [String: String], force: Bool = false) throws -> Publication {
            let publisher = try Publisher(
                output: folder.full("output"), stateFolder: folder.full(".blog"), key: ContentHash(of: "key"),
                force: force, encodings: [.brotli(program: folder.full("brotli"))])
            for (path, text) in files.sorted(by: { $0.key < $1.key }) {
                try publisher.stage(OutputPath(path), Array(text.utf8), inputs: ContentHash(of: text), as: .page)
            }
            return try publisher.commit(buildInputs: ContentHash(of: "\(files)"))
        }
        #expect(try build(["a.html": "abc", "b.css": "xyz", "c.png": "png"]) == Publication(total: 5, written: 5))
        #expect(try folder.text("output/a.html.br") == "cba")
        #expect(
            try build(["a.html": "abd", "b.css": "xyz", "c.png": "png"])
                == Publication(total: 5, written: 2, unchanged: 3))
        #expect(try folder.text("output/a.html.br") == "dba")
        #expect(
            try build(["a.html": "abd", "b.css": "xyz", "c.png": "png"], force: true)
                == Publication(total: 5, written: 0, unchanged: 5))
        #expect(try folder.text("runs") == "run\nrun\nrun\n")
        #expect(!folder.exists("output/.blog-staging"))
    }
}
