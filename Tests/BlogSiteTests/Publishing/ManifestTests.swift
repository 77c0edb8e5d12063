import Testing

@testable import BlogSite

@Suite struct ManifestTests {
    private func sample(firstContent: String = "3", firstInputs: String = "2") -> NextManifest {
        var header = Manifest.Header(key: ContentHash(of: "key"))
        header.buildInputs = ContentHash(of: "inputs")
        header.nextChange = Instant(microseconds: 1_739_442_030_250_000)
        return NextManifest(
            header,
            BuildFiles([
                "b c/ü.html": .init(inputs: .unknown, content: ContentHash(of: "1")),
                "a.html": .init(inputs: ContentHash(of: firstInputs), content: ContentHash(of: firstContent)),
            ]))
    }

    @Test func `a manifest is a text file that reads back equal`() throws {
        #expect(
            String(decoding: sample().bytes, as: UTF8.self) == """
                blog-manifest 2
                complete
                2c70e12b7a0646f92279f427c7b38e73
                32381523e63197c929b67f793a8098be
                1739442030250000
                -
                -
                \(sample().header.token)
                2
                d4735e3a265e16eee03f59718b9b5d03 4e07408562bedb8b60ce05c1decfe3ad a.html
                00000000000000000000000000000000 6b86b273ff34fce19d6b804eff5a3f57 b c/ü.html
                end

                """)
        let read = try #require(Manifest(bytes: sample().bytes))
        #expect(read.header == sample().header)
        #expect(read.paths == ["a.html", "b c/ü.html"])
        #expect(read.files[0] == .init(inputs: ContentHash(of: "2"), content: ContentHash(of: "3")))
        #expect(Manifest.Header(bytes: sample().bytes) == sample().header)
    }

    @Test func `a damaged manifest is no manifest`() {
        let bytes = sample().bytes
        for length in 0..<bytes.count { #expect(Manifest(bytes: Array(bytes.prefix(length))) == nil, "\(length)") }
        #expect(Manifest(bytes: bytes + [1]) == nil)
        #expect(Manifest(bytes: Array("blog-manifest 0\n".utf8) + bytes.dropFirst(16)) == nil)
    }

    @Test func `a long manifest is written in pieces of which none is long`() throws {
        let entries = (0..<2_000).map { number in
            ("page \(number)", Manifest.Entry(inputs: .unknown, content: ContentHash(of: "\(number)")))
        }
        let manifest = NextManifest(
            .init(key: ContentHash(of: "key")), BuildFiles(Dictionary(uniqueKeysWithValues: entries)))
        var counts: [Int] = []
        manifest.write { counts.append($0.count) }
        #expect(counts.count == 3)
        #expect(counts.allSatisfy { $0 < 70_000 })
        #expect(Manifest(bytes: manifest.bytes)?.paths.count == 2_000)
    }

    @Test func `the token changes with any path or content and not with inputs`() {
        #expect(sample(firstInputs: "other").header.token == sample().header.token)
        #expect(sample(firstContent: "other").header.token != sample().header.token)
    }
}

extension NextManifest {
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write { bytes += $0 }
        return bytes
    }
}
