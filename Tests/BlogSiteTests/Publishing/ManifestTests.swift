import Testing

@testable import BlogSite

@Suite struct ManifestTests {
    private func sample(firstContent: String = "3", firstInputs: String = "2") -> Manifest {
        var header = Manifest.Header(key: ContentHash(of: "key"))
        header.buildInputs = ContentHash(of: "inputs")
        header.nextChange = Instant(microseconds: 1_739_442_030_250_000)
        return Manifest(
            header,
            entries: [
                "b c/ü.html": .init(inputs: .unknown, content: ContentHash(of: "1")),
                "a.html": .init(inputs: ContentHash(of: firstInputs), content: ContentHash(of: firstContent)),
            ])
    }

    @Test func `a manifest is a text file that reads back equal`() {
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
        #expect(Manifest(bytes: sample().bytes) == sample())
        #expect(Manifest.Header(bytes: sample().bytes) == sample().header)
    }

    @Test func `a damaged manifest is no manifest`() {
        let bytes = sample().bytes
        for length in 0..<bytes.count { #expect(Manifest(bytes: Array(bytes.prefix(length))) == nil, "\(length)") }
        #expect(Manifest(bytes: bytes + [1]) == nil)
        #expect(Manifest(bytes: Array("blog-manifest 0\n".utf8) + bytes.dropFirst(16)) == nil)
    }

    @Test func `the token changes with any path or content and not with inputs`() {
        #expect(sample(firstInputs: "other").header.token == sample().header.token)
        #expect(sample(firstContent: "other").header.token != sample().header.token)
    }
}

extension Manifest {
    fileprivate var bytes: [UInt8] { Array(pieces.joined()) }
}
