import Testing

@testable import BlogBench

@Suite struct PostOutlineTests {
    private func outlines(posts: Int, seed: UInt64) -> PostOutlines {
        let settings = CorpusSettings(posts: posts, comments: 0, seed: seed)
        var random = settings.random(.site)
        return PostOutlines(settings: settings, authors: CorpusAuthor.all(&random))
    }

    @Test func noTwoPostsShareASlugEvenWhenTitlesRunOut() {
        let outlines = outlines(posts: 40_000, seed: 3)
        var slugs: Set<String> = []
        for index in 0..<40_000 { slugs.insert(outlines.outline(of: index).slug) }
        #expect(slugs.count == 40_000)
    }

    @Test func slugsAreOnePathComponentOfPlainAscii() {
        let outlines = outlines(posts: 2_000, seed: 5)
        for index in 0..<2_000 {
            let slug = outlines.outline(of: index).slug
            #expect(slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(slug)")
        }
    }

    @Test func postsGetNewerAndSpreadOverThirteenYears() {
        let outlines = outlines(posts: 1_000, seed: 8)
        let published = (0..<1_000).map { outlines.outline(of: $0).published.milliseconds }
        #expect(zip(published, published.dropFirst()).allSatisfy { $0 < $1 })
        #expect(outlines.outline(of: 0).published.date.hasPrefix("2012-01-"))
        #expect(outlines.outline(of: 999).published.date.hasPrefix("2024-12-"))
    }

    @Test func threeTagsOfSixtyAndOneAuthorOfTwentySomeOfThemPopular() {
        let outlines = outlines(posts: 3_000, seed: 2)
        var tags: [String: Int] = [:]
        var authors: [String: Int] = [:]
        for index in 0..<3_000 {
            let outline = outlines.outline(of: index)
            #expect(Set(outline.tags).count == 3)
            for tag in outline.tags { tags[tag, default: 0] += 1 }
            authors[outline.author.username, default: 0] += 1
        }
        #expect(tags.count == 60)
        #expect(authors.count == 20)
        let tagCounts = tags.values.sorted()
        let authorCounts = authors.values.sorted()
        #expect(tagCounts[59] > 6 * tagCounts[0])
        #expect(authorCounts[19] > 10 * authorCounts[0])
    }
}
