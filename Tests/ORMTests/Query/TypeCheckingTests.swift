import FoundationEssentials
import ORM
import ORMTesting
import Testing

/// Conditions as long as they come. They must type-check in less than 300 ms each; `Scripts/check-expressions` measures it.
@Suite(.blog) struct TypeCheckingTests {
    @Test func aConditionOfTwelveTermsWithSubqueries() async throws {
        let query = Post.filter { post in
            post.published && post.viewCount > 1 && post.rating != 2.5 && post.author.username == "ada"
                && post.title.hasPrefix("O") && !post.title.icontains("draft") && post.comments.count > 2
                && post.tags.any { $0.name == "swift" || $0.name == "orm" }
                && post.comments.none { $0.author.username == "spam" } && (post.rating > 4 || post.viewCount >= 100)
                && post.id.isIn(Comment.filter { $0.content.contains("hi") }.select { $0.post.id })
                && .exists(Comment.filter { $0.post == post && $0.author == .id(2) })
        }
        #expect(try await query.ids() == [1])
    }

    @Test func aConditionOfTwelveTermsWithArithmeticDatesAndChoices() async throws {
        let query = Post.filter { post in
            post.viewCount * 2 + 1 > 10 && post.viewCount % 2 == 1 && post.title + "!" == "One!"
                && post.createdAt.year >= 2024 && post.createdAt + .seconds(60) > .currentTimestamp
                && when(post.published, then: 1).else(0) == 1 && post.rating.or(0) + 1.5 > 5
                && post.title.lower.substring(from: 0, count: 1) == "o" && post.viewCount.asDouble / 2 < 3
                && -post.viewCount < 0 && post.author.fullName.or("nobody").length > 6 && post.title.matches("^O")
        }
        #expect(try await query.ids() == [1])
    }

    @Test func aProjectionOfManyExpressions() async throws {
        let rows = try await User.select { user in
            (
                user.id, user.username + "@example.org", user.fullName.or(user.username), user.posts.count,
                user.posts.filter { $0.published }.sum { $0.viewCount },
                when(user.posts.count > 1, then: "busy").when(user.isActive, then: "here").else("gone"),
                user.posts.average { $0.rating }.or(0)
            )
        }.all()
        #expect(rows.map(\.5) == ["busy", "busy", "gone"])
        #expect(rows.map(\.6) == [4.5, 3, 0])
    }
}
