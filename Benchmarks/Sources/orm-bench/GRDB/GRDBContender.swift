import BenchmarkWork
import Foundation
import GRDB

/// The work with GRDB, with posts of one kind.
struct GRDBContender<Post: PostRecord>: Contender {
    static var name: String { Post.contender }
    private let pool: DatabasePool

    init(path: String) async throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
                    PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16384;
                    """)
        }
        pool = try DatabasePool(path: path, configuration: configuration)
    }

    /// The tables and indexes that the ORM makes of its models.
    func createSchema() async throws {
        try await pool.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL, email TEXT NOT NULL);
                    CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT NOT NULL,
                        content TEXT NOT NULL, published INTEGER NOT NULL, view_count INTEGER NOT NULL,
                        published_at TEXT, created_at TEXT NOT NULL);
                    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
                    CREATE TABLE comments (id INTEGER PRIMARY KEY,
                        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                        author_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                        content TEXT NOT NULL, created_at TEXT NOT NULL);
                    CREATE TABLE post_tags (id INTEGER PRIMARY KEY,
                        post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                        tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE);
                    CREATE INDEX comments_post ON comments (post_id);
                    CREATE INDEX comments_author ON comments (author_id);
                    CREATE UNIQUE INDEX post_tags_post_tag ON post_tags (post_id, tag_id);
                    CREATE INDEX post_tags_tag ON post_tags (tag_id);
                    """)
        }
    }

    func rows(of corpus: Corpus) -> [Post] {
        (1...corpus.posts).map { number in
            Post(
                id: nil, title: corpus.title(number), slug: corpus.slug(number), content: corpus.content(number),
                published: corpus.isPublished(number), viewCount: corpus.views(number),
                publishedAt: corpus.publication(number), createdAt: corpus.created(number))
        }
    }

    func insert(_ rows: [Post]) async throws -> [Post] {
        try await pool.write { db in try rows.map { try $0.inserted(db) } }
    }

    func insertRelated(_ corpus: Corpus) async throws {
        try await pool.write { db in
            for user in 1...Corpus.users {
                try db.execute(
                    sql: "INSERT INTO users (username, email) VALUES (?, ?)",
                    arguments: ["user\(user)", "user\(user)@example.com"])
            }
            for tag in 1...Corpus.tags {
                try db.execute(sql: "INSERT INTO tags (name) VALUES (?)", arguments: ["tag \(tag)"])
            }
            for number in 0..<Corpus.discussed * Corpus.commentsPerPost {
                try db.execute(
                    sql: "INSERT INTO comments (post_id, author_id, content, created_at) VALUES (?, ?, ?, ?)",
                    arguments: [
                        1 + number / Corpus.commentsPerPost, 1 + number % Corpus.users, corpus.comment(number),
                        corpus.created(number),
                    ])
            }
            for number in 0..<Corpus.discussed * Corpus.tagsPerPost {
                try db.execute(
                    sql: "INSERT INTO post_tags (post_id, tag_id) VALUES (?, ?)",
                    arguments: [1 + number / Corpus.tagsPerPost, 1 + number % Corpus.tags])
            }
        }
    }

    func fetch() async throws -> [Post] { try await pool.read { db in try Post.fetchAll(db) } }

    func getInside(_ ids: [Int]) async throws -> Int {
        try await pool.read { db in
            var views = 0
            for id in ids { views += try Post.find(db, key: id).viewCount }
            return views
        }
    }

    func getOutside(_ ids: [Int]) async throws -> Int {
        var views = 0
        for id in ids { views += try await pool.read { db in try Post.find(db, key: id).viewCount } }
        return views
    }

    func prefetch() async throws -> [Post.Discussion] {
        try await pool.read { db in try Post.discussions.fetchAll(db) }
    }

    func check(_ posts: [Post]) -> Int { posts.reduce(0) { $0 + $1.content.utf8.count + $1.viewCount } }

    func checkPrefetched(_ posts: [Post.Discussion]) -> Int { posts.reduce(0) { $0 + Post.check($1) } }

    func close() async { try? pool.close() }
}
