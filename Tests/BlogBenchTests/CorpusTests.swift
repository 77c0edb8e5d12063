import Testing

@testable import BlogBench

@Suite struct CorpusTests {
    @Test func equalSettingsGiveTheBytesThatEveryMachineGives() throws {
        // A changed word changes this number: put the new one here, and say in the commit that benchmarks start anew.
        let found = try fingerprint(CorpusSettings(posts: 20, comments: 60, seed: 7))
        #expect(found == 11_284_633_884_685_569_975)
    }

    @Test func anotherSeedGivesAnotherSite() throws {
        let first = try fingerprint(CorpusSettings(posts: 3, comments: 5, seed: 1))
        #expect(try fingerprint(CorpusSettings(posts: 3, comments: 5, seed: 1)) == first)
        #expect(try fingerprint(CorpusSettings(posts: 3, comments: 5, seed: 2)) != first)
    }

    @Test(arguments: [(1, 0), (1, 40), (250, 0), (250, 3), (250, 1_000)])
    func exactlyTheFilesAskedForAreWritten(posts: Int, comments: Int) throws {
        var paths: [String] = []
        var bytes = 0
        let summary = try Corpus(CorpusSettings(posts: posts, comments: comments, seed: 11)).write { path, text in
            paths.append(path)
            bytes += text.utf8.count
        }
        #expect(Set(paths).count == paths.count)
        #expect(paths.filter { $0.hasPrefix("content/posts/") && $0.hasSuffix(".md") }.count == posts)
        #expect(paths.filter { $0.hasPrefix("content/comments/") && $0.hasSuffix(".yml") }.count == comments)
        #expect(paths.filter { $0.hasPrefix("content/authors/") && $0.hasSuffix(".yml") }.count == 20)
        #expect(paths.filter { !$0.hasPrefix("content/") } == ["blog.yml"])
        #expect(paths.contains("content/pages/about.md"))
        #expect(summary.files == posts + comments + 22)
        #expect(summary.files == paths.count)
        #expect(summary.bytes == bytes)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyPostHasBetweenThreeAndSixKilobytes(seed: UInt64) throws {
        try Corpus(CorpusSettings(posts: 1_000, comments: 0, seed: seed)).write { path, text in
            guard path.hasPrefix("content/posts/") else { return }
            #expect(PostFile.bytes.contains(text.utf8.count), "\(path)")
            #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), "\(path)")
        }
    }

    @Test func theConfigurationNamesWhatWasWritten() throws {
        var configuration = ""
        try Corpus(CorpusSettings(posts: 2, comments: 1, seed: 9)).write { path, text in
            if path == "blog.yml" { configuration = text }
        }
        #expect(
            configuration == """
                title: A generated blog
                url: https://example.org/
                description: 2 posts and 1 comments from seed 9
                language: en
                timezone: UTC
                navigation: [{title: About, url: /about/}]
                sources:
                  - {kind: markdown, path: content}
                  - {kind: comments, path: content/comments}

                """)
    }

    @Test func commentsAreSharedOutUnevenlyAndInFull() {
        var counts = CommentCounts(settings: CorpusSettings(posts: 1_000, comments: 5_000, seed: 4))
        let shares = (0..<1_000).map { _ in counts.next() }
        #expect(shares.reduce(0, +) == 5_000)
        #expect(shares.allSatisfy { $0 >= 0 })
        #expect(shares.max() ?? 0 > 50)
        #expect(shares.filter { $0 <= 2 }.count > 300)
    }
}

/// FNV-1a over all paths and texts, in their order.
func fingerprint(_ settings: CorpusSettings) throws -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    try Corpus(settings).write { path, text in
        for part in [path, "\n", text] {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
    }
    return hash
}
