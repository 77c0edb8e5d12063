import BlogConfiguration
import Foundation
import Testing

@testable import BlogSite

@Suite struct RelatedStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func index(_ tags: [[Int]]) -> SiteIndex {
        var rows = SiteRows()
        rows.posts = tags.enumerated().map { place, tags in
            let instant = Instant(microseconds: place * 86_400_000_000)
            return PostRecord(
                id: place + 1, title: "Post", slug: "post-\(place)", authorIDs: [], tagIDs: tags, createdAt: instant,
                updatedAt: instant, publishedAt: instant)
        }
        return SiteIndex(
            rows, visibility: Visibility(now: Instant(microseconds: .max)), permalink: .standard, timeZone: .gmt)
    }

    private func related(_ index: SiteIndex) async throws -> [UInt32] {
        try await RelatedStore(stateFolder: folder.path).related(index, workers: 2).table
    }

    private func found(_ index: SiteIndex) async -> [UInt32] { await RelatedPosts(index, workers: 1).table }

    @Test func `the same tags have what was found before and others have not`() async throws {
        let first = index([[1], [1, 2], [2], [1]])
        #expect(try await related(first) == found(first))
        let written = try Data(contentsOf: URL(filePath: folder.full("related.posts")))
        #expect(try await related(first) == found(first))
        #expect(try Data(contentsOf: URL(filePath: folder.full("related.posts"))) == written)

        for other in [
            index([[1], [1], [2], [1]]), index([[1, 1], [2], [2], [1]]), index([[1], [1, 2]]), index([]),
        ] {
            #expect(try await related(other) == found(other))
        }
    }

    @Test func `a file that was cut or changed is made anew`() async throws {
        let index = index([[1], [1, 2], [2], [1]])
        let expected = try await related(index)
        let file = URL(filePath: folder.full("related.posts"))
        let whole = try Data(contentsOf: file)
        for place in [0, 16, 20, 24, 30, whole.count - 1] {
            var broken = whole
            broken[place] ^= 1
            try broken.write(to: file)
            #expect(try await related(index) == expected, "byte \(place)")
            #expect(try Data(contentsOf: file) == whole)
            try whole.prefix(place).write(to: file)
            #expect(try await related(index) == expected, "\(place) bytes")
            #expect(try Data(contentsOf: file) == whole)
        }
    }

    @Test func `a table of other posts is refused`() {
        #expect(RelatedPosts(table: [0, 1, .max, .max, .max, 1, 0, .max, .max, .max], posts: 2) != nil)
        #expect(RelatedPosts(table: [0, 1, .max, .max, .max], posts: 2) == nil)
        #expect(RelatedPosts(table: [0, 2, .max, .max, .max, 1, 0, .max, .max, .max], posts: 2) == nil)
    }
}
