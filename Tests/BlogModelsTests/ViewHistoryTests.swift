import BlogModels
import FoundationEssentials
import ORM
import Testing

@Suite struct ViewHistoryTests {
    @Test func `views of visible posts are summed by the days and months of the site's zone`() async throws {
        try await withBlogDatabase { database in
            let ada = try await User.create(username: "ada")
            let posts = try await Post.insert([
                .init(
                    title: "One", slug: "one", published: true, author: .init(ada), publishedAt: january(1), content: ""
                ),
                .init(title: "Draft", slug: "draft", author: .init(ada), publishedAt: january(2), content: ""),
            ])
            let logs = try await ViewSource.create(name: ViewSource.accessLogs)
            let file = try await ViewSource.create(name: "views:counts.csv")
            let hour = 3600.0
            try await HourlyView.insert([
                .init(post: .init(posts[0]), hour: january(1), source: .init(logs), count: 1),
                .init(post: .init(posts[0]), hour: january(1), source: .init(file), count: 2),
                .init(post: .init(posts[0]), hour: january(3) - hour, source: .init(logs), count: 4),
                .init(post: .init(posts[0]), hour: january(1) - hour, source: .init(logs), count: 8),
                .init(post: .init(posts[0]), hour: january(1) - 2 * hour, source: .init(logs), count: 16),
                .init(post: .init(posts[0]), hour: Date(timeIntervalSince1970: 0), source: .init(file), count: 100),
                .init(post: .init(posts[1]), hour: january(2), source: .init(logs), count: 1000),
            ])
            let year = "\(Timestamp(january(1)).text.prefix(4))"
            let lastYear = "\((Int(year) ?? 0) - 1)"
            let request = Statistics.Request(visibility: PostVisibility(now: january(10)), utcOffset: { _ in 3600 })
            let history = try await ViewHistory.gather(request, from: database)
            #expect(
                history.days == [
                    .init(label: "\(lastYear)-12-31", views: 16), .init(label: "\(year)-01-01", views: 11),
                    .init(label: "\(year)-01-03", views: 4),
                ])
            #expect(
                history.months == [.init(label: "\(lastYear)-12", views: 16), .init(label: "\(year)-01", views: 15)])
            let early = try await ViewHistory.gather(request, before: january(1), from: database)
            #expect(early.days.map(\.views) == [16, 8])
        }
    }
}
