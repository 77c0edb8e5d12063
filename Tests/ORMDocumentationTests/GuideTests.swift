import FoundationEssentials
import Logging
import ORM
import ORMSQLite
import ORMTesting
import Synchronization
import Testing

/// The code of the getting-started article, chapter by chapter. What stands between `// doc: name` and `// end` is in the article
/// to the letter; the expectations around it hold what the article says about it.
@Suite struct GuideTests {
    /// ada with two published posts, bob with a draft; tags swift and orm; a comment and a reply.
    private func withGuide(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, models) { db in
            let ada = try await User.create(username: "ada", email: "ada@example.org", fullName: "Ada Lovelace")
            let bob = try await User.create(username: "bob", email: "bob@example.org")
            let posts = try await Post.insert([
                .init(
                    title: "Notes", slug: "notes", content: "on the engine", published: true, viewCount: 7,
                    author: .init(ada)),
                .init(title: "Rows", slug: "rows", content: "100%", published: true, viewCount: 3, author: .init(ada)),
                .init(title: "Draft", slug: "draft", author: .init(bob)),
            ])
            let tags = try await Tag.insert([.init(name: "swift"), .init(name: "orm")])
            try await posts[0].tags.add(tags)
            let first = try await Comment.create(content: "Fine", post: .init(posts[0]), author: .init(bob))
            try await Comment.create(content: "Thanks", post: .init(posts[0]), author: .init(ada), parent: .init(first))
            try await body(db)
        }
    }

    @Test func opening() async throws {
        let path = "/tmp/orm-guide-\(UUID().uuidString).sqlite3"
        defer { for suffix in ["", "-wal", "-shm"] { _ = try? FileManager.default.removeItem(atPath: path + suffix) } }
        let url = "sqlite://\(path)?max_size=4&acquire_timeout=5"
        // doc: open
        let db = try await Database.open(url: url, drivers: [SQLiteDriver.self])
        try await db.createSchema(for: [User.self, Post.self, Comment.self, Tag.self, PostTag.self, Profile.self])
        try await db.use {
            let ada = try await User.create(username: "ada", email: "ada@example.org")
            print(ada.id, ada.createdAt)
        }
        await db.close()
        // end
    }

    @Test func creating() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, models) { _ in
            // doc: create
            let ada = try await User.create(username: "ada", email: "ada@example.org", fullName: "Ada Lovelace")
            let post = try await Post.create(title: "Notes", slug: "notes", author: .init(ada))
            let same = try await Post.create(title: "More", slug: "more", author: .id(ada.id))
            // end
            #expect(post.author.id == same.author.id)
            // doc: insert
            let tags = try await Tag.insert([.init(name: "swift"), .init(name: "orm")])
            let new = try await Tag.insert([.init(name: "orm"), .init(name: "sql")], onConflict: .ignore)
            // end
            #expect(tags.map(\.id) == [1, 2] && new.map(\.name) == ["sql"])
            // doc: conflicts
            try await Post.insert(
                [.init(title: "Notes 2", slug: "notes", author: .init(ada))],
                onConflict: .update(\.title, on: \.slug))
            try await Post.insert(
                [.init(title: "Notes", slug: "notes", viewCount: 1, author: .init(ada))],
                onConflict: .update(on: \.slug, .set(\.viewCount) { $0.viewCount + 1 }))
            // end
            let read = try await Post.get(post.id)
            #expect(read.title == "Notes 2" && read.viewCount == 1)
            // doc: get-or-create
            let (tag, created) = try await Tag.getOrCreate(.init(name: "swift"), on: \.name)
            let (changed, isNew) = try await Post.updateOrCreate(
                .init(title: "Notes", slug: "notes", author: .init(ada)), on: \.slug)
            // end
            #expect(tag.id == 1 && !created && changed.id == post.id && !isNew)
        }
    }

    @Test func reading() async throws {
        try await withGuide { _ in
            // doc: get
            let ada = try await User.get(1)  // throws .notFound
            let nobody = try await User.find(99)  // nil
            let bob = try await User.filter { $0.username == "bob" }.get()  // exactly one
            let newest = try await Post.order { $0.createdAt.desc }.first()
            let oldest = try await Post.order { $0.createdAt.desc }.last()
            let most = try await Post.query.latest { $0.viewCount }
            let byID = try await Post.inBulk([1, 2, 99])  // [Int: Post] of two
            let there = try await Post.filter { $0.published }.exists()
            let count = try await Post.count()
            // end
            #expect(ada.username == "ada" && nobody == nil && bob.id == 2 && newest?.id == 3 && oldest?.id == 1)
            #expect(most?.id == 1 && byID.keys.sorted() == [1, 2] && there && count == 3)
        }
    }

    @Test func changing() async throws {
        try await withGuide { _ in
            // doc: save
            var post = try await Post.get(1)
            post.title = "Notes, revised"
            try await post.save()  // UPDATE "posts" SET "title" = ?, "updated_at" = ? …
            var posts = try await Post.all()
            for index in posts.indices { posts[index].viewCount += 1 }
            try await posts.save()  // all or none
            // end
            #expect(try await Post.get(1).title == "Notes, revised")
            // doc: update
            let views = try await Post.filter { $0.published }
                .update(.set(\.viewCount) { $0.viewCount + 1 }, .set(\.content, "new"))
            let last = try await Post.order { $0.id.desc }.limit(1).update(.set(\.published, true))
            // end
            #expect(views == 2 && last == 1)
            #expect(try await Post.get(1).viewCount == 9)
            // doc: delete
            try await Post.get(3).delete()
            let gone = try await Post.filter { $0.viewCount < 5 }.order { $0.id.asc }.limit(1).delete()
            // end
            #expect(gone == 0)
            // doc: soft-delete
            let comment = try await Comment.get(2)
            try await comment.delete()  // sets deleted_at
            let visible = try await Comment.count()  // 1
            let all = try await Comment.query.deleted(.included).count()  // 2
            try await comment.restore()
            try await comment.delete(permanently: true)
            // end
            #expect(visible == 1 && all == 2)
            #expect(try await Comment.query.deleted(.included).count() == 1)
        }
    }

    @Test func relations() async throws {
        try await withGuide { _ in
            // doc: relations
            let post = try await Post.get(1)
            print(post.author.id)  // free
            let author = try await post.author()  // fetched on purpose
            let comments = try await post.comments.query().filter { $0.parent == nil }.all()
            // end
            #expect(author.username == "ada" && comments.count == 1)
            #expect(throws: ORMError.self) { _ = try post.author.username }
            // doc: prefetch
            let posts = try await Post.filter { $0.published }
                .prefetch(\.author, \.comments.author, \.tags)  // four statements, however many posts
                .order { $0.id.asc }
                .all()
            for post in posts {
                print(try post.author.username, try post.tags.items.map(\.name), try post.comments.items.count)
            }
            // end
            #expect(try posts[0].comments.items[0].author?.username == "bob")
            // doc: refined
            let users =
                try await User
                .prefetch(\.posts) { $0.order { $0.viewCount.desc }.limit(1) }  // one post for each user
                .prefetch(\.posts, as: "drafts") { $0.filter { !$0.published } }  // beside it, under a name
                .prefetch(\.posts.comments) { $0.filter { $0.parent == nil } }
                .order { $0.id.asc }
                .all()
            let best = try users[0].posts.items
            let drafts = try users[1].posts.items("drafts")
            // end
            #expect(best.map(\.slug) == ["notes"] && drafts.map(\.slug) == ["draft"])
            // doc: load
            var later = try await Post.get(1)
            try await later.load(\.author, \.tags)
            var many = try await Post.all()
            try await many.load(\.comments) { $0.limit(2) }
            // end
            #expect(try later.tags.items.count == 2)
            // doc: many-to-many
            let tags = try await Tag.all()
            try await post.tags.add(tags)  // idempotent, one statement
            try await post.tags.remove([tags[0]])
            try await post.tags.set([tags[1]])
            try await post.tags.clear()
            try await PostTag.create(post: .init(post), tag: .init(tags[0]), position: 3)
            // end
            #expect(try await post.tags.query().all().map(\.name) == ["swift"])
            // doc: one-to-one
            try await Profile.create(city: "London", user: .init(author))
            let londoners = try await User.filter { $0.profile.city == "London" }.prefetch(\.profile).all()
            let city = try londoners[0].profile.item?.city
            let without = try await User.filter { $0.profile == nil }.count()
            // end
            #expect(city == "London" && without == 1)
        }
    }

    @Test func queries() async throws {
        try await withGuide { _ in
            let text = "engine"
            // doc: lookups
            let found =
                try await Post
                .filter { $0.title.icontains(text) || $0.content.contains(text) }  // % and _ mean themselves
                .filter { $0.published && $0.viewCount >= 3 && $0.author.username != "bob" }
                .exclude { $0.slug.isIn(["a", "b"]) }
                .order({ $0.viewCount.desc }, { $0.createdAt.desc })
                .limit(20)
                .all()
            let others = try await Post.filter { 1...5 ~= $0.viewCount || $0.slug.hasPrefix("dr") }.count()
            let unnamed = try await User.filter { $0.fullName == nil }.count()  // NULL is nil, in == and in !=
            let inYear = try await Post.filter { $0.createdAt.year > 2000 && !$0.slug.matches("^[0-9]+$") }.count()
            // end
            #expect(found.map(\.slug) == ["notes"] && others == 2 && unnamed == 1 && inYear == 3)
            // doc: to-many
            let tagged = try await Post.filter { $0.tags.any { $0.name.isIn(["swift", "orm"]) } }.count()
            let silent = try await Post.filter { $0.comments.none { $0.author.username == "bob" } }.count()
            let busy = try await User.filter { $0.posts.filter { $0.published }.count > 1 }.all()
            // end
            #expect(tagged == 1 && silent == 2 && busy.map(\.username) == ["ada"])
            // doc: select
            let rows = try await User.order { $0.id.asc }
                .select { ($0.username, $0.posts.count, $0.posts.sum { $0.viewCount }.or(0)) }
                .all()
            for (name, posts, views) in rows { print(name, posts, views) }
            struct Line: Sendable { let title: String; let author: String }
            let lines = try await Post.select(into: Line.init) { ($0.title, $0.author.username) }.all()
            // end
            #expect(rows.map(\.1) == [2, 1] && rows.map(\.2) == [10, 0] && lines.count == 3)
            // doc: expressions
            let classes = try await Post.order { $0.id.asc }.select {
                (
                    $0.title.lower + "!",
                    when($0.viewCount > 5, then: "hot").when($0.published, then: "live").else("draft"),
                    $0.viewCount.asDouble / 2
                )
            }.all()
            // end
            #expect(classes.map(\.0) == ["notes!", "rows!", "draft!"])
            #expect(classes.map(\.1) == ["hot", "live", "draft"])
            // doc: subqueries
            let best = try await Post.filter { post in
                post.viewCount.asOptional
                    == Expr(subquery: Post.filter { $0.author == post.author }.aggregate { $0.max { $0.viewCount } })
            }.all()
            let authors = try await User.filter { $0.id.isIn(Post.filter { $0.published }.select { $0.author.id }) }
                .count()
            let either = try await Post.filter { $0.published }.union(Post.filter { $0.author.username == "bob" })
                .count()
            // end
            #expect(best.count == 2 && authors == 1 && either == 3)
            // doc: page
            let page = try await Post.filter { $0.published }.page(limit: 1, offset: 0)
            print(page.items.count, page.total, page.hasNext)  // 1 2 true
            // end
            #expect(page.total == 2 && page.hasNext)
            // doc: stream
            let letters = try await Post.query.stream(batch: 500) { posts in
                var letters = 0
                for try await post in posts { letters += post.content.count }
                return letters
            }
            // end
            #expect(letters == 17)
            // doc: raw
            let titles = try await Rows<String, Int>.raw("SELECT title, view_count FROM posts WHERE content = \(text)")
                .all()
            let posts = try await Post.raw("SELECT * FROM posts WHERE title GLOB \("N*")").prefetch(\.author).all()
            // end
            #expect(titles.isEmpty && posts.map(\.id) == [1])
            // doc: explain
            let query = Post.filter { $0.author == .id(1) }.order { $0.createdAt.desc }
            print(try query.sql())
            print(try await query.explain())
            // end
            #expect(try await query.explain().contains("posts_author_id_created_at_index"))
        }
    }

    @Test func aggregates() async throws {
        try await withGuide { _ in
            // doc: aggregates
            let average = try await Post.filter { $0.published }.average { $0.viewCount }  // Double?, nil for no rows
            let views = try await Post.query.sum { $0.viewCount }
            let (posts, live) = try await Post.query.aggregate { ($0.count, $0.count { $0.published }) }.get()
            // end
            #expect(average == 5 && views == 10 && posts == 3 && live == 2)
            // doc: group
            let byAuthor = try await Post.query
                .group { $0.author.username }
                .having { $0.count > 1 }
                .order { $0.count.desc }
                .select { ($0.author.username, $0.count, $0.sum { $0.viewCount }) }
                .all()
            // end
            #expect(byAuthor.map(\.0) == ["ada"] && byAuthor.map(\.1) == [2] && byAuthor.map(\.2) == [10])
            // doc: top
            let top = try await User.order({ $0.posts.count.desc }, { $0.id.asc })
                .limit(5)
                .select { ($0.id, $0.username, $0.posts.count, $0.comments.count) }
                .all()
            // end
            #expect(top.map(\.2) == [2, 1] && top.map(\.3) == [1, 1])
        }
    }

    @Test func transactions() async throws {
        try await withGuide { db in
            let posts = try await Post.order { $0.id.asc }.all()
            // doc: transaction
            try await db.transaction { transaction in
                try await Post.filter { $0.id == 1 }.update(.set(\.viewCount) { $0.viewCount - 1 })
                try await Post.filter { $0.id == 2 }.update(.set(\.viewCount) { $0.viewCount + 1 })
                do {
                    try await transaction.transaction { _ in  // a savepoint
                        try await Tag.create(name: "swift")  // taken: only the savepoint is undone
                    }
                } catch let error as ORMError where error.isUniqueViolation {}
                try transaction.afterCommit { print("moved one view") }
            }
            // end
            #expect(posts.count == 3)
            #expect(try await Post.order { $0.id.asc }.all().map(\.viewCount) == [6, 4, 0])
            // doc: options
            let total = try await db.transaction(.readOnly) { _ in try await Post.query.sum { $0.viewCount } }
            try await db.transaction(.readWrite.retrying(attempts: 3)) { _ in
                try await Post.query.update(.set(\.viewCount) { $0.viewCount + 1 })
            }
            // end
            #expect(total == 10)
        }
    }

    @Test func errors() async throws {
        try await withGuide { _ in
            let heard = Mutex<[String]>([])
            // doc: errors
            do {
                try await User.create(username: "ada", email: "not an address")
            } catch let error as ORMError {
                switch error.code {
                case .notFound: print("404", error)
                case .validationFailure: print("422", error.violations.map(\.field))
                case .database where error.isUniqueViolation: print("400", error)
                default: print(error.httpStatus, error)
                }
            }
            // end
            heard.withLock { $0.append("done") }
            let error = await #expect(throws: ORMError.self) {
                try await User.create(username: "x", email: "not an address")
            }
            #expect(error?.violations.map(\.field) == ["users.email"])
        }
    }

    @Test func observing() async throws {
        let logger = Logger(label: "orm")
        // doc: observers
        var signals = Signals()
        signals.willInsert(Post.self) { post in post.slug = post.slug.lowercased() }
        signals.didDelete(Post.self) { post in print("deleted", post.id) }
        let db = try await Database.open(
            SQLiteDriver.inMemory,
            observers: [
                SlowQueryLog(threshold: .milliseconds(100), logger),  // bound values are never part of it
                RepeatedQueries(times: 10) { print($0) },  // the same statement ten times in one task
            ],
            signals: signals)
        // end
        try await db.createSchema(for: models)
        try await db.use {
            let ada = try await User.create(username: "ada", email: "ada@example.org")
            #expect(try await Post.create(title: "A", slug: "ABC", author: .init(ada)).slug == "abc")
        }
        await db.close()
    }

    @Test func severalDatabases() async throws {
        let main = try await Database.open(SQLiteDriver.inMemory)
        let archive = try await Database.open(SQLiteDriver.inMemory)
        // doc: databases
        let databases = try Databases(
            ["default": main, "archive": archive],
            models: [
                "default": [User.self, Post.self, Comment.self, Tag.self, PostTag.self, Profile.self],
                "archive": [Invoice.self],
            ])
        try await databases.createSchema()
        try await databases.use {
            try await User.create(username: "ada", email: "ada@example.org")  // to main
            _ = try await Invoice.count()  // from archive
        }
        // end
        #expect(try await User.count(on: main) == 1)
        await databases.close()
    }

    @Test func testing() async throws {
        // doc: testing
        try await withTestDatabase(
            SQLiteDriver.inMemory, [User.self, Post.self, Comment.self, Tag.self, PostTag.self, Profile.self]
        ) { _ in
            let ada = try await User.create(username: "ada", email: "ada@example.org")
            try await Post.create(title: "Notes", slug: "notes", author: .init(ada))
            let posts = try await expectQueries(atMost: 2) {
                try await Post.prefetch(\.author).all()
            }
            #expect(try posts[0].author.username == "ada")
        }
        // end
    }

    @Test func types() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, models) { _ in
            let due = try #require(CalendarDate(year: 2025, month: 2, day: 28))
            let invoice = try await Invoice.create(total: 12.5, due: due)
            #expect(invoice.serial.count == 8)
            #expect(try await Invoice.query.sum { $0.total } == 12.5)
        }
    }
}
