import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.blog) struct InsertTests {
    @Test func manyRowsComeBackWithTheirIdsInOrder() async throws {
        let sql = try await recorded { () async throws in
            let tags = try await Tag.insert((0..<1000).map { Tag.New(name: "tag \($0)") })
            #expect(tags.map(\.id) == Array(4..<1004))
            #expect(tags.map(\.name) == (0..<1000).map { "tag \($0)" })
        }
        #expect(sql == [#"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#])
        #expect(try await Tag.get(1003).name == "tag 999")
        #expect(try await Tag.insert([]).isEmpty)
    }

    @Test func idsMayBeGiven() async throws {
        let tags = try await Tag.insert([.init(id: 50, name: "a"), .init(name: "b"), .init(id: 40, name: "c")])
        #expect(tags.map(\.id) == [50, 51, 40])
        #expect(try await Tag.get(40).name == "c")
    }

    @Test func allRowsAreWrittenOrNone() async throws {
        let error = await ormError {
            try await Tag.insert([.init(name: "new"), .init(name: "orm"), .init(name: "newer")])
        }
        #expect(error?.isUniqueViolation == true)
        #expect(try await Tag.count() == 3)
        let invalid = await ormError { try await Tag.insert([.init(name: "new"), .init(name: "\0")]) }
        #expect(invalid?.code == .validationFailure)
        #expect(try await Tag.count() == 3)
    }

    @Test func conflictingRowsMayBeLeftOut() async throws {
        let tags = try await Tag.insert(
            [.init(name: "a"), .init(name: "orm"), .init(name: "b"), .init(name: "a")], onConflict: .ignore)
        #expect(tags.map(\.name) == ["a", "b"])
        for tag in tags { #expect(try await Tag.get(tag.id).name == tag.name) }
        #expect(try await Tag.count() == 5)
        #expect(try await Tag.insert([.init(name: "a")], onConflict: .ignore).isEmpty)
    }

    @Test func errorsNameTheColumnsAndCarryNoValues() async throws {
        let unique = await ormError { try await User.create(username: "ada") }
        #expect(unique?.database?.kind == .unique(columns: ["users.username"]))
        #expect(unique?.database?.nativeCode == "2067")
        #expect(unique?.httpStatus == 400)
        #expect(
            unique?.description == """
                a row with this users.username exists already [SQL: INSERT INTO "users" \
                ("id", "username", "full_name", "is_active", "created_at", "updated_at") VALUES (?, ?, ?, ?, ?, ?)]
                """)
        let key = await ormError { try await Tag.create(id: 1, name: "x") }
        #expect(key?.database?.kind == .unique(columns: ["tags.id"]))
        let pair = await ormError { try await PostTag.create(post: .id(1), tag: .id(1)) }
        #expect(pair?.database?.kind == .unique(columns: ["post_tags.post_id", "post_tags.tag_id"]))
        let foreign = await ormError { try await Post.create(title: "x", author: .id(99)) }
        #expect(foreign?.database?.kind == .foreignKey)
        let null = await ormError { try await execute("INSERT INTO tags (name) VALUES (NULL)") }
        #expect(null?.database?.kind == .notNull(column: "tags.name"))
        let syntax = await ormError { try await execute("SELEC 1") }
        #expect(syntax?.database?.kind == .syntax)
        #expect(syntax?.httpStatus == 500)
    }

    @Test func aTextLongerThanItsColumnIsRefusedBeforeAnythingIsWritten() async throws {
        let error = await ormError { try await Post.create(title: String(repeating: "é", count: 21), author: .id(1)) }
        #expect(error?.code == .validationFailure)
        #expect(error?.httpStatus == 422)
        #expect(error?.message == "posts.title is longer than 20 characters (21)")
        let fits = try await Post.create(title: String(repeating: "👍", count: 20), author: .id(1))
        #expect(try await Post.get(fits.id).title == fits.title)
        var post = try await Post.get(1)
        post.title = String(repeating: "x", count: 21)
        #expect(await ormError { try await post.save() }?.code == .validationFailure)
        #expect(try await Post.get(1).title == "One")
    }

    @Test(.tables(Sample.self)) func valuesThatNotEveryEngineStoresAreRefused() async throws {
        #expect(await ormError { try await Sample.create(text: "a\0b") }?.code == .validationFailure)
        #expect(await ormError { try await Sample.create(real: .nan) }?.code == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: 1e12)) }?.code
                == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: .infinity)) }?.code
                == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSinceReferenceDate: 9_223_372_036_854)) }?
                .code
                == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: .nan)) }?.code
                == .validationFailure)
        #expect(try await Sample.count() == 0)
    }

    @Test func getOrCreateFindsOrMakes() async throws {
        let (orm, made) = try await Tag.getOrCreate(.init(name: "orm"), on: \.name)
        #expect((orm.id, made) == (2, false))
        let (new, isNew) = try await Tag.getOrCreate(.init(name: "new"), on: \.name)
        #expect((new.id, isNew) == (4, true))
        #expect(try await Tag.getOrCreate(.init(name: "new"), on: \.name).row.id == 4)
        let other = await ormError { _ = try await Tag.getOrCreate(.init(id: 1, name: "other"), on: \.name) }
        #expect(other?.code == .validationFailure)
    }

    @Test func getOrCreateMakesOneRowHoweverManyAskAtOnce() async throws {
        let rows = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let (row, created) = try await Tag.getOrCreate(.init(name: "wanted"), on: \.name)
                    return (row.id, created)
                }
            }
            return try await group.reduce(into: [(Int, Bool)]()) { $0.append($1) }
        }
        #expect(Set(rows.map(\.0)).count == 1)
        #expect(rows.filter(\.1).count == 1)
        #expect(try await Tag.filter { $0.name == "wanted" }.count() == 1)
    }
}
