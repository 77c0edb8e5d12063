import BlogModels
import Foundation
import ORM
import Testing

@testable import BlogOperations

@Suite struct PostTests {
    @Test func `publishing sets the instant once, and twice is once`() async throws {
        try await withBlogDatabase { database in
            let now = january(5).addingTimeInterval(0.999_999_9)
            let first = try await PostPublishing.publish.apply(to: "two", now: now, on: database)
            #expect(first.hasChanged)
            #expect(first.post.published)
            #expect(first.post.publishedAt == january(5))
            #expect(first.post.updatedAt == january(2), "the author's own date stays")
            #expect(first.post.state(at: january(5)) == .published)
            let again = try await PostPublishing.publish.apply(to: "two", now: january(6), on: database)
            #expect(!again.hasChanged)
            #expect(again.post == first.post)
            let back = try await PostPublishing.unpublish.apply(to: "two", now: january(7), on: database)
            #expect(back.hasChanged && !back.post.published)
            let third = try await PostPublishing.publish.apply(to: "two", now: january(8), on: database)
            #expect(third.post.publishedAt == january(5))
        }
    }

    @Test func `what a command publishes is marked, until it is as the file has it again`() async throws {
        try await withBlogDatabase { database in
            try await PostPublishing.unpublish.apply(to: "one", now: january(5), on: database)
            #expect(
                try await PostDetail.of("one", on: database).local == [.init(field: "published", fileValue: "true")])
            try await PostPublishing.publish.apply(to: "one", now: january(5), on: database)
            #expect(try await PostDetail.of("one", on: database).local == [])
        }
    }

    @Test func `tags are found by their slug or made, and come last in the list`() async throws {
        try await withBlogDatabase { database in
            let outcome = try await PostTagging.adding(["SWIFT", "C++", "first steps", "c++"]).apply(
                to: "one", on: database)
            #expect(outcome.post.tags.map(\.name) == ["Swift", "C++", "first steps"])
            #expect(outcome.post.tags.map(\.slug) == ["swift", "cpp", "first-steps"])
            #expect(outcome.changed == ["C++", "first steps"])
            #expect(outcome.createdOrDeleted == ["C++", "first steps"])
            let again = try await PostTagging.adding(["swift"]).apply(to: "one", on: database)
            #expect(again.changed == [])
            #expect(try await PostDetail.of("one", on: database).local == [.init(field: "tags", fileValue: "swift")])
        }
    }

    @Test func `all tags are added or none`() async throws {
        try await withBlogDatabase { database in
            await #expect(throws: OperationError(.invalid, field: "tag", "the tag “!?” has neither letter nor digit")) {
                try await PostTagging.adding(["new", "!?"]).apply(to: "one", on: database)
            }
            let count = try await Tag.count()
            #expect(count == 1)
        }
    }

    @Test func `a tag that lost its last post goes`() async throws {
        try await withBlogDatabase { database in
            let outcome = try await PostTagging.removing(["Swift", "unknown"]).apply(to: "one", on: database)
            #expect(outcome.post.tags == [])
            #expect(outcome.changed == ["Swift"])
            #expect(outcome.createdOrDeleted == ["Swift"])
            #expect(try await Tag.count() == 0)
        }
    }

    @Test func `a search finds title and text, the most read first`() async throws {
        try await withBlogDatabase { database in
            func slugs(_ change: (inout PostList) -> Void) async throws -> [String] {
                var list = PostList()
                list.order = .views
                change(&list)
                let search = list
                return try await search.page(on: database, now: january(3)).items.map(\.slug)
            }
            // A closure whose only throwing code is in macros is taken for one that does not throw.
            let found = try await slugs { $0.text = "TEXT" }
            #expect(found == ["two", "one"])
            #expect(try await slugs({ $0.text = "100%" }) == ["two"])
            #expect(try await slugs({ $0.text = "_" }) == [])
            #expect(try await slugs({ $0.author = "ada" }) == ["one"])
            #expect(try await slugs({ $0.tag = "Swift" }) == ["one"])
            #expect(try await slugs({ $0.days = 1 }) == ["two"])
            #expect(try await slugs({ $0.published = true }) == ["one"])
            #expect(try await slugs({ $0.published = false }) == ["two"])
            #expect(try await slugs({ $0.limit = 1 }) == ["two"])
            await #expect(throws: OperationError.self) { try await slugs({ $0.author = "nobody" }) }
        }
    }

    @Test func `posts go to another author all together or not at all`() async throws {
        try await withBlogDatabase { database in
            let two = try await Post.filter { $0.slug == "two" }.get()
            try await PostAuthor.create(post: .init(two), author: .id(1))
            await #expect(throws: OperationError(.missing, field: "post", "there is no post “nine”")) {
                try await PostTransfer(["two", "nine"], to: "ada").apply(on: database)
            }
            #expect(try await Post.filter { $0.author.username == "bob" }.count() == 1)
            let outcome = try await PostTransfer(["one", "two", "two"], to: "ada").apply(on: database)
            #expect(outcome.changed == 1)
            #expect(outcome.posts.map(\.author.username) == ["ada", "ada"])
            #expect(
                outcome.balances == [
                    .init(username: "bob", postsBefore: 1, postsAfter: 0, viewsBefore: 9, viewsAfter: 0),
                    .init(username: "ada", postsBefore: 1, postsAfter: 2, viewsBefore: 3, viewsAfter: 12),
                ])
            #expect(try await PostAuthor.count() == 0, "the author is no co-author beside")
            #expect(try await PostDetail.of("two", on: database).local == [.init(field: "author", fileValue: "2")])
        }
    }

    @Test func `nobody gets posts who is deactivated`() async throws {
        try await withBlogDatabase { database in
            try await User.filter { $0.username == "bob" }.update(.set(\.isActive, false))
            await #expect(throws: OperationError(.conflict, field: "to", "the user bob is deactivated")) {
                try await PostTransfer(["one"], to: "bob").apply(on: database)
            }
        }
    }

    @Test func `a post stands where its dates put it`() {
        func state(_ published: Bool, _ from: Int?, _ to: Int?) -> PostState {
            PostState(
                published: published, publishedAt: from.map(january), expiresAt: to.map(january), now: january(5))
        }
        #expect(state(false, 1, nil) == .draft)
        #expect(state(true, nil, nil) == .published)
        #expect(state(true, 5, 6) == .published)
        #expect(state(true, 6, nil) == .scheduled)
        #expect(state(true, 1, 5) == .expired)
    }

    @Test func `a slug of digits wins over an id`() async throws {
        try await withBlogDatabase { database in
            try await Post.create(title: "Year", slug: "1", author: .id(1), content: "")
            #expect(try await Lookup.post("1", on: database).title == "Year")
            #expect(try await Lookup.post("2", on: database).slug == "two")
        }
    }
}
