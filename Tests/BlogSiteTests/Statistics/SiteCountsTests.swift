import BlogConfiguration
import BlogModels
import Foundation
import struct ORMTesting.SeededGenerator
import Testing

@testable import BlogSite

@Suite struct SiteCountsTests {
    /// A blog by chance, with ties, drafts, posts to come, posts without a date or a tag, and authors who are not active.
    private func site(_ random: inout SeededGenerator) async throws -> TestSite {
        let site = try await TestSite()
        for user in 1...14 { try await site.addUser(user, "user-\(user)", isActive: user % 4 != 0) }
        for tag in 1...14 {
            try await site.addTag(tag, ["Swift", "swift", "Été", "sql"][tag % 4] + "-\(tag % 7)\(tag)")
        }
        for id in 1...60 {
            let day = Int.random(in: 1...28, using: &random)
            let month = Int.random(in: 1...12, using: &random)
            let hour = [0, 5, 23].randomElement(using: &random) ?? 0
            let date = "20\(24 + id % 3)-\(padded(month, 2))-\(padded(day, 2))T\(padded(hour, 2)):30:00Z"
            let tags = (1...14).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
            try await site.addPost(
                id, "Post\(id)", at: id % 9 == 0 ? nil : date, author: Int.random(in: 1...13, using: &random),
                published: id % 7 != 0, views: Int.random(in: 0..<4, using: &random),
                tags: tags.shuffled(using: &random),
                coAuthors: id % 5 == 0 ? [14] : [], expires: id % 11 == 0 ? "2025-06-01T00:00:00Z" : nil)
        }
        for id in 1...30 {
            try await site.addComment(
                id, on: Int.random(in: 1...60, using: &random), by: "Guest", "Hi",
                status: id % 3 == 0 ? .pending : .approved)
        }
        return site
    }

    @Test(arguments: 1...3, ["UTC", "America/New_York"])
    func `the site counts what the database counts`(seed: Int, zone: String) async throws {
        var random = SeededGenerator(UInt64(seed))
        let site = try await site(&random)
        let timeZone = try #require(TimeZone(identifier: zone))
        let (_, index) = try await DatabaseContent(database: site.database).rows(
            viewsBefore: nil, includeEmail: false, history: nil
        ) { rows in
            SiteIndex(
                rows, visibility: Visibility(now: Instant(TestSite.now)), permalink: .standard, timeZone: timeZone)
        }
        let counts = SiteCounts(index, Archive(index, timeZone: timeZone))
        let request = Statistics.Request(
            visibility: PostVisibility(now: TestSite.now), utcOffset: { timeZone.secondsFromGMT(for: $0) })
        let statistics = try await Statistics.gather(request, from: site.database)

        #expect(counts.users == statistics.totals.users)
        #expect(counts.comments == statistics.totals.comments)
        #expect(counts.views == statistics.totals.views)
        #expect(counts.averageViews == statistics.totals.averageViews)
        #expect(counts.topPosts.map { index.posts[$0].post.id } == statistics.topPosts.map(\.id))
        #expect(counts.topPosts.map { index.posts[$0].post.viewCount } == statistics.topPosts.map(\.views))
        #expect(counts.topAuthors.map { $0.author.id } == statistics.topAuthors.map(\.id))
        #expect(counts.topAuthors.map { $0.posts } == statistics.topAuthors.map(\.posts))
        #expect(counts.tags.prefix(SiteCounts.top).map { $0.tag.name } == statistics.tags.map(\.name))
        #expect(counts.tags.prefix(SiteCounts.top).map { $0.posts } == statistics.tags.map(\.posts))
        #expect(counts.months.map(\.label) == statistics.months.map(\.month))
        #expect(counts.months.map { $0.positions.count } == statistics.months.map(\.posts))
        for tag in index.tags.prefix(5) {
            let related = try await RelatedTags.all(request.visibility, of: [tag.id], on: site.database)[tag.id]
            #expect(index.relatedTags(of: tag).map(\.tag.slug) == (related ?? []).map(\.slug))
            #expect(index.relatedTags(of: tag).map(\.weight) == (related ?? []).map(\.weight))
        }
    }
}
