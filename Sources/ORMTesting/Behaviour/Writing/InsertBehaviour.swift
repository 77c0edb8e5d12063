import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Rows that come back as they are stored.
    static let inserts: [DriverBehaviour] = [
        DriverBehaviour("ids may be given", idsMayBeGiven),
        DriverBehaviour("all rows are written or none", allRowsAreWrittenOrNone),
        DriverBehaviour("conflicting rows may be left out", conflictingRowsMayBeLeftOut),
        DriverBehaviour(
            "a text longer than its column is refused before anything is written",
            aTextLongerThanItsColumnIsRefusedBeforeAnythingIsWritten),
        DriverBehaviour(
            "values that not every engine stores are refused", .tables(Sample.self),
            valuesThatNotEveryEngineStoresAreRefused),
        DriverBehaviour("get or create finds or makes", getOrCreateFindsOrMakes),
        DriverBehaviour(
            "get or create makes one row however many ask at once", getOrCreateMakesOneRowHoweverManyAskAtOnce),
    ]

    private static func idsMayBeGiven(_: BehaviourContext) async throws {
        let tags = try await Tag.insert([.init(id: 50, name: "a"), .init(name: "b"), .init(id: 40, name: "c")])
        #expect(tags.map(\.id) == [50, 51, 40])
        #expect(try await Tag.get(40).name == "c")
    }

    private static func allRowsAreWrittenOrNone(_: BehaviourContext) async throws {
        let error = await ormError {
            try await Tag.insert([.init(name: "new"), .init(name: "orm"), .init(name: "newer")])
        }
        #expect(error?.isUniqueViolation == true)
        #expect(try await Tag.count() == 3)
        let invalid = await ormError { try await Tag.insert([.init(name: "new"), .init(name: "\0")]) }
        #expect(invalid?.code == .validationFailure)
        #expect(try await Tag.count() == 3)
    }

    private static func conflictingRowsMayBeLeftOut(_: BehaviourContext) async throws {
        let tags = try await Tag.insert(
            [.init(name: "a"), .init(name: "orm"), .init(name: "b"), .init(name: "a")], onConflict: .ignore)
        #expect(tags.map(\.name) == ["a", "b"])
        for tag in tags { #expect(try await Tag.get(tag.id).name == tag.name) }
        #expect(try await Tag.count() == 5)
        #expect(try await Tag.insert([.init(name: "a")], onConflict: .ignore).isEmpty)
    }

    private static func aTextLongerThanItsColumnIsRefusedBeforeAnythingIsWritten(_: BehaviourContext) async throws {
        let error = await ormError {
            try await Post.create(title: String(repeating: "é", count: 21), author: .id(1))
        }
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

    private static func valuesThatNotEveryEngineStoresAreRefused(_: BehaviourContext) async throws {
        #expect(await ormError { try await Sample.create(text: "a\0b") }?.code == .validationFailure)
        #expect(await ormError { try await Sample.create(real: .nan) }?.code == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: 1e12)) }?.code
                == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: .infinity)) }?.code
                == .validationFailure)
        #expect(
            await ormError {
                try await Sample.create(day: Date(timeIntervalSinceReferenceDate: 9_223_372_036_854))
            }?
            .code
                == .validationFailure)
        #expect(
            await ormError { try await Sample.create(day: Date(timeIntervalSince1970: .nan)) }?.code
                == .validationFailure)
        #expect(try await Sample.count() == 0)
    }

    private static func getOrCreateFindsOrMakes(_: BehaviourContext) async throws {
        let (orm, made) = try await Tag.getOrCreate(.init(name: "orm"), on: \.name)
        #expect((orm.id, made) == (2, false))
        let (new, isNew) = try await Tag.getOrCreate(.init(name: "new"), on: \.name)
        #expect((new.id, isNew) == (4, true))
        #expect(try await Tag.getOrCreate(.init(name: "new"), on: \.name).row.id == 4)
        let other = await ormError { _ = try await Tag.getOrCreate(.init(id: 1, name: "other"), on: \.name) }
        #expect(other?.code == .validationFailure)
    }

    private static func getOrCreateMakesOneRowHoweverManyAskAtOnce(_: BehaviourContext) async throws {
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
