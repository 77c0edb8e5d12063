import BlogConfiguration
import FoundationEssentials
import Testing

@testable import BlogSite

@Suite struct SiteIndexTests {
    private func post(_ id: Int, day: Int?, tags: [Int] = []) -> PostRecord {
        let instant = Instant(microseconds: (day ?? 0) * 86_400_000_000)
        return PostRecord(
            id: id, title: "Post \(id)", slug: "post-\(id)", authorIDs: [1], tagIDs: tags, createdAt: instant,
            updatedAt: instant, publishedAt: day.map { _ in instant })
    }

    private func index(_ posts: [PostRecord]) -> SiteIndex {
        var rows = SiteRows()
        rows.posts = posts
        rows.tags = [(1, "common"), (2, "rare"), (3, "b"), (4, "a")].map { TagRecord(id: $0.0, name: $0.1, slug: $0.1) }
        rows.authors = [AuthorRecord(id: 1, username: "ann", createdAt: Instant(microseconds: 0))]
        return SiteIndex(
            rows, visibility: Visibility(now: Instant(microseconds: .max)), permalink: .standard, timeZone: .gmt)
    }

    @Test func `posts are in the order of their dates then ids and undated ones are last`() {
        let index = index([post(1, day: 5), post(2, day: nil), post(3, day: 5), post(4, day: nil), post(5, day: 9)])
        #expect(index.posts.map(\.post.id) == [5, 3, 1, 4, 2])
        #expect(index.datedCount == 3)
        #expect(index.older(than: 2) == nil)
        #expect(index.newer(than: 2) == 1)
        #expect(index.newer(than: 3) == nil)
        #expect(index.older(than: 3) == nil)
    }

    @Test func `related posts share tags and a rare tag counts more and older ones come first`() async {
        let index = index([
            post(1, day: 1, tags: [1]), post(2, day: 2, tags: [1]), post(3, day: 3, tags: [1, 2]),
            post(4, day: 4, tags: [3]),
            post(5, day: 5, tags: [1, 2]), post(6, day: 6, tags: [2]),
        ])
        let related = await RelatedPosts(index, workers: 2)
        func ids(_ id: Int) -> [Int] {
            index.position(ofPost: id).map { related.positions(for: $0).map { index.posts[$0].post.id } } ?? []
        }
        #expect(ids(5) == [3, 2, 1, 6])
        #expect(ids(4) == [])
        #expect(ids(6) == [5, 3])
        #expect(ids(1) == [5, 3, 2])
    }

    @Test func `a new post changes no related posts of an old one that has its full number`() async {
        let old = (1...10).map { post($0, day: $0, tags: [1, $0 % 2 + 2]) }
        let before = index(old)
        let after = index(old + [post(11, day: 11, tags: [1, 2, 3])])
        let (relatedBefore, relatedAfter) = (
            await RelatedPosts(before, workers: 1), await RelatedPosts(after, workers: 3)
        )
        for id in 6...10 {
            guard let first = before.position(ofPost: id), let second = after.position(ofPost: id) else {
                Issue.record("post \(id) is missing")
                continue
            }
            #expect(
                relatedBefore.positions(for: first).map { before.posts[$0].post.id }
                    == relatedAfter.positions(for: second).map { after.posts[$0].post.id })
        }
    }

    @Test func `related tags are counted and ties go by name`() {
        let index = index([
            post(1, day: 1, tags: [1, 3, 4]), post(2, day: 2, tags: [1, 3, 4]), post(3, day: 3, tags: [1, 2]),
        ])
        let related = index.relatedTags(of: TagRecord(id: 1, name: "common", slug: "common"))
        #expect(related.map(\.tag.name) == ["a", "b", "rare"])
        #expect(related.map(\.weight) == [2, 2, 1])
    }
}
