import FoundationEssentials
package import ORM

/// The work with this package's ORM.
package struct ORMContender: Contender {
    package static let name = "orm"
    private let db: Database

    /// On a database of whatever engine.
    package init(_ driver: any Driver) async throws { db = try await Database.open(driver) }

    package func createSchema() async throws {
        try await db.createSchema(for: [User.self, Post.self, Comment.self, Tag.self, PostTag.self])
    }

    package func rows(of corpus: Corpus) -> [Post.New] {
        (1...corpus.posts).map { number in
            Post.New(
                title: corpus.title(number), slug: corpus.slug(number), content: corpus.content(number),
                published: corpus.isPublished(number), viewCount: corpus.views(number),
                publishedAt: corpus.publication(number), createdAt: corpus.created(number))
        }
    }

    package func insert(_ rows: [Post.New]) async throws -> [Post] { try await Post.insert(rows, on: db) }

    package func insertRelated(_ corpus: Corpus) async throws {
        try await db.transaction { _ in
            try await User.insert(
                (1...Corpus.users).map { User.New(username: "user\($0)", email: "user\($0)@example.com") })
            try await Tag.insert((1...Corpus.tags).map { Tag.New(name: "tag \($0)") })
            try await Comment.insert(
                (0..<Corpus.discussed * Corpus.commentsPerPost).map { number in
                    Comment.New(
                        post: .id(1 + number / Corpus.commentsPerPost), author: .id(1 + number % Corpus.users),
                        content: corpus.comment(number), createdAt: corpus.created(number))
                })
            try await PostTag.insert(
                (0..<Corpus.discussed * Corpus.tagsPerPost).map { number in
                    PostTag.New(
                        post: .id(1 + number / Corpus.tagsPerPost), tag: .id(1 + number % Corpus.tags))
                })
        }
    }

    package func fetch() async throws -> [Post] { try await Post.all(on: db) }

    package func getInside(_ ids: [Int]) async throws -> Int {
        try await db.transaction(.readOnly) { _ in
            var views = 0
            for id in ids { views += try await Post.get(id).viewCount }
            return views
        }
    }

    package func getOutside(_ ids: [Int]) async throws -> Int {
        try await db.use {
            var views = 0
            for id in ids { views += try await Post.get(id).viewCount }
            return views
        }
    }

    package func prefetch() async throws -> [Post] {
        try await Post.filter { $0.id <= Corpus.discussed }.prefetch(\.comments.author, \.tags).all(on: db)
    }

    package func check(_ posts: [Post]) -> Int { posts.reduce(0) { $0 + $1.content.utf8.count + $1.viewCount } }

    package func checkPrefetched(_ posts: [Post]) throws -> Int {
        try posts.reduce(0) { sum, post in
            let comments = try post.comments.items.reduce(0) { try $0 + $1.author.username.utf8.count }
            return try sum + comments + post.tags.items.reduce(0) { $0 + $1.id }
        }
    }

    package func close() async { await db.close() }
}
