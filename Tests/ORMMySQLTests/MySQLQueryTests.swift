#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ORMTesting
    import Testing

    /// What the servers do in a way of their own, and the ORM does not.
    @Suite(.serialized) struct MySQLQueryTests {
        @Test(.timeLimit(.minutes(10))) func caseIsThatOfUnicodeAsSwiftHasIt() async throws {
            try await withTables([Tag.self]) { (_) async throws -> Void in
                // Letters that become several, and others that differ in case only, each as a row of its own.
                var letters: [String] = []
                for number: UInt32 in 0x41...0x1FFFF {
                    guard let scalar = Unicode.Scalar(number) else { continue }
                    let letter = String(scalar)
                    // What is newer than the server's tables, which are those of Unicode 14.
                    let all = letter + letter.uppercased() + letter.lowercased()
                    guard all.unicodeScalars.allSatisfy({ $0.properties.age?.major ?? 99 <= 14 }) else { continue }
                    if letter.uppercased() != letter || letter.lowercased() != letter { letters.append(letter) }
                }
                #expect(letters.count > 2500)
                try await Tag.insert(letters.map { Tag.New(name: "x" + $0) })
                let rows = try await Tag.order { $0.id.asc }.select { ($0.name, $0.name.upper, $0.name.lower) }.all()
                let upper = rows.filter { $0.1 != $0.0.uppercased() }.map(\.0)
                let lower = rows.filter { $0.2 != $0.0.lowercased() }.map(\.0)
                #expect(upper == [])
                #expect(lower == [])
                var missed: [String] = []
                for letter in ["ß", "ẞ", "ŉ", "ﬃ", "ΐ", "İ", "ς", "ᾳ", "ᾼ", "Ǆ", "ǰ", "K", "ﬀ", "Ꭰ", "𐐀"] {
                    let needle = "X" + letter.uppercased()
                    let found = try await Tag.filter { $0.name.iequals(needle) }.all().map(\.name)
                    let wanted = letters.map { "x" + $0 }.filter {
                        $0.uppercased().lowercased() == needle.uppercased().lowercased()
                    }
                    if Set(found) != Set(wanted) { missed.append(letter) }
                }
                #expect(missed == [])
                try await Tag.create(name: "Große Straße")
                #expect(try await Tag.filter { $0.name.icontains("GROSSE STRASSE") }.count() == 1)
                #expect(try await Tag.filter { $0.name.ihasPrefix("GROSSE ") }.count() == 1)
                #expect(try await Tag.filter { $0.name.ihasSuffix("strasse") }.count() == 1)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aSELECTOfOnesOwnKeepsItsOrder() async throws {
            try await withBlog { (_) async throws -> Void in
                let byTitle = Post.raw("SELECT * FROM posts ORDER BY title DESC")
                #expect(try await byTitle.all().map(\.title) == ["Two", "Three", "One", "Four"])
                #expect(try await byTitle.limit(2).all().map(\.title) == ["Two", "Three"])
                #expect(
                    try await byTitle.filter { $0.author.username == "bob" }.all().map(\.title) == ["Three", "Four"])
                let views = 1
                let most = Post.raw(
                    "SELECT * FROM posts WHERE view_count > \(views) ORDER BY view_count, title LIMIT 2")
                #expect(try await most.all().map(\.title) == ["Two", "Four"])
                #expect(try await most.filter { $0.author.username == "ada" }.all().map(\.title) == ["Two"])
            }
        }

        @Test(.timeLimit(.minutes(10))) func aListMayHaveALimit() async throws {
            try await withBlog { (_) async throws -> Void in
                let two = Post.order { $0.title.asc }.limit(2)
                #expect(try await Comment.filter { $0.post.id.isIn(two) }.ids() == [1, 2, 3])
                #expect(try await Comment.exclude { $0.post.id.isIn(two) }.ids() == [4])
                let names = User.order { $0.username.desc }.limit(1).select { $0.username }
                #expect(try await User.filter { $0.username.isIn(names) }.ids() == [3])
                let error = await ormError {
                    _ = try await Post.filter { post in
                        post.id.isIn(Comment.filter { $0.post == post }.limit(1).select { $0.post.id })
                    }.all()
                }
                #expect(error?.code == .unsupported)
            }
        }

        @Test(.timeLimit(.minutes(10))) func whatTheServerWouldCutOrNotUnderstandIsAnError() async throws {
            try await withBlog { (_) async throws -> Void in
                let far = Date(timeIntervalSince1970: 253_402_300_799)
                try await Post.filter { $0.id == 1 }.update(.set(\.createdAt, far))
                let error = await ormError { _ = try await Post.select { $0.createdAt + .seconds(1) }.all() }
                #expect(error?.message == "an instant lies outside the years 0 to 9999")
                #expect(try await Post.filter { $0.id == 1 }.select { $0.createdAt - .seconds(1) }.get() == far - 1)
                let infinite = await ormError { try await Post.create(title: "x", rating: .infinity, author: .id(1)) }
                #expect(infinite?.code == .unsupported)
                let union = await ormError {
                    _ = try await User.filter { user in
                        .exists(Post.filter { $0.author == user }.union(Post.filter { $0.author == user }))
                    }.all()
                }
                #expect(union?.code == .unsupported)
            }
        }

        @Test(.timeLimit(.minutes(10))) func conditionsOfGroupsSpeakOfWhatTheKeysDecide() async throws {
            try await withBlog { (_) async throws -> Void in
                let busy = try await Post.group { $0.author.id }
                    .having { $0.author.username == "ada" && $0.count > 1 && $0.sum { $0.viewCount } == 7 }
                    .select { ($0.author.id, $0.count) }.all()
                #expect(busy.map(\.0) == [1])
                let large = try await Post.group { $0.viewCount > 1 }.having { $0.viewCount > 1 }.select { $0.count }
                    .all()
                #expect(large == [3])
                // A key of two columns is itself and not made of what is smallest in each: 1 + 5, 2 + 2, 3 + 1, 4 + 5.
                try await Post.create(title: "Five", viewCount: 0, author: .id(1))
                let sums = try await Post.group { $0.id + $0.viewCount }.having { $0.id + $0.viewCount < 5 }
                    .select { ($0.id + $0.viewCount, $0.count) }.all()
                #expect(sums.map(\.0) == [4])
                #expect(sums.map(\.1) == [2])
            }
        }

        @Test(.timeLimit(.minutes(10))) func valuesAreTakenFromTheRowsAsTheyWere() async throws {
            try await withTables([Sample.self]) { (_) async throws -> Void in
                try await Sample.insert([.init(a: 1, b: 2, n: 5), .init(a: 3, b: 4, n: 6)])
                try await Sample.query.update(.set(\.a) { $0.b }, .set(\.b) { $0.a }, .set(\.n, 9))
                #expect(
                    try await Sample.order { $0.id.asc }.all().map { [$0.a, $0.b, $0.n] } == [[2, 1, 9], [4, 3, 9]])
                // A row that is changed to what it was counts, as everywhere.
                #expect(try await Sample.query.update(.set(\.n, 9)) == 2)
                #expect(try await Sample.order { $0.a.desc }.limit(1).update(.set(\.n) { $0.n + 1 }) == 1)
                #expect(try await Sample.order { $0.id.asc }.all().map(\.n) == [9, 10])
            }
        }

        @Test(.timeLimit(.minutes(10))) func anAverageOfIntegersIsNotCut() async throws {
            try await withTables([Sample.self]) { (_) async throws -> Void in
                try await Sample.insert([.init(n: 1), .init(n: 2), .init(n: 2)])
                #expect(try await Sample.query.average { $0.n } == 5 / 3)
                #expect(try await Sample.query.sum { $0.n } == 5)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aRuleIsForItsOwnConstraintHoweverManyRowsComeAtOnce() async throws {
            try await withBlog { (_) async throws -> Void in
                // Two rows of a name, one that is there already and one that takes another's key.
                let names = (0..<1_500).map { "tag \($0 % 1_400)" } + ["orm"]
                let made = try await Tag.insert(names.map { Tag.New(name: $0) }, onConflict: .ignore(on: \.name))
                #expect(made.map(\.name) == (0..<1_400).map { "tag \($0)" })
                #expect(Set(made.map(\.id)).count == 1_400)
                #expect(try await Tag.get(made[700].id).name == made[700].name)
                let stolen = await ormError {
                    try await Tag.insert([.init(name: "x"), .init(id: 1, name: "y")], onConflict: .ignore(on: \.name))
                }
                #expect(stolen?.database?.kind == .unique(columns: ["tags.id"]))
                #expect(try await Tag.filter { $0.name == "x" }.count() == 0)
                let users = try await User.insert(
                    [.init(username: "ada", fullName: "A"), .init(username: "new", fullName: "N")],
                    onConflict: .update(\.fullName, on: \.username))
                #expect(users.map(\.fullName) == ["A", "N"])
                #expect(users[0].id == 1)
                let other = await ormError {
                    try await User.insert(
                        [.init(id: 1, username: "zed")], onConflict: .update(\.fullName, on: \.username))
                }
                #expect(other?.database?.kind == .unique(columns: ["users.id"]))
                #expect(try await User.get(1).username == "ada")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aRowThatIsThereIsChangedByAnExpression() async throws {
            try await withTables([Hit.self]) { (_) async throws -> Void in
                let rule = ConflictRule<Hit>.update(on: \.page, .set(\.count) { $0.count + 1 })
                for _ in 0..<3 { try await Hit.insert([.init(page: "/"), .init(page: "/a")], onConflict: rule) }
                #expect(try await Hit.order { $0.page.asc }.all().map(\.count) == [3, 3])
                let two = ConflictRule<Hit>.update(
                    on: \.page, .set(\.count) { $0.count + 1 }, .set(\.last) { $0.count.asOptional })
                #expect(
                    await ormError { try await Hit.insert([.init(page: "/")], onConflict: two) }?.code == .unsupported)
            }
        }

        @Test(.timeLimit(.minutes(10))) func keysComeBackWhicheverRowsBringTheirOwn() async throws {
            try await withTables([Tag.self]) { (_) async throws -> Void in
                let rows = (0..<3_000).map { Tag.New(id: $0 % 7 == 0 ? 1_000_000 - $0 : nil, name: "\($0)") }
                let made = try await Tag.insert(rows)
                #expect(made.count == 3_000)
                let stored = try await Tag.query.inBulk(made.map(\.id))
                #expect(made.allSatisfy { stored[$0.id]?.name == $0.name })
                #expect(made[7].id == 999_993)
            }
        }

        @Test(.timeLimit(.minutes(10))) func anErrorCarriesNoValue() async throws {
            try await withBlog { db in
                for sql in [
                    "INSERT INTO posts (title, published, view_count, author_id, created_at) VALUES ('secret', 'secret', 1, 1, NOW())",
                    "INSERT INTO tags (name) VALUES ('orm')",
                    "SELECT JSON_EXTRACT('secret', 'secret')",
                    "UPDATE posts SET created_at = 'secret'",
                ] {
                    let error = await ormError {
                        _ = try await db.withLease(.readWrite) { try await $0.execute(Statement(sql)) }
                    }
                    #expect(error?.message.contains("secret") != true, "\(sql)")
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func anIndexIsUsedForKeysAndUUIDs() async throws {
            try await withTables([LoginSession.self, User.self, Post.self]) { (_) async throws -> Void in
                let sessions = try await LoginSession.insert((0..<200).map { _ in LoginSession.New(token: []) })
                let id = sessions[100].id
                let plan = try await LoginSession.filter { $0.id == id }.explain()
                #expect(plan.contains(#""access_type": "const""#), "\(plan)")
            }
        }

        private func withTables(
            _ models: [any Model.Type], _ body: nonisolated(nonsending) (Database) async throws -> Void
        ) async throws {
            try await withMariaDB { driver in try await withTestDatabase(driver, models, body) }
        }

        private func withBlog(_ body: nonisolated(nonsending) (Database) async throws -> Void) async throws {
            let fixture = Fixture.blog
            try await withTables(fixture.models) { db in
                try await fixture.seed()
                try await body(db)
            }
        }
    }

    @Model("hits")
    struct Hit {
        @PrimaryKey var id: Int
        @Column(.max(50), .unique) var page: String
        var count: Int = 1
        var last: Int?
    }

    private typealias Comment = ORMTesting.Comment
#endif
