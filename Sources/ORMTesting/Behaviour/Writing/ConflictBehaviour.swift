import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Rows that are there already.
    static let conflicts: [DriverBehaviour] = [
        DriverBehaviour("a rule is for the constraint that it names", aRuleIsForTheConstraintThatItNames),
        DriverBehaviour("a pair of columns is a constraint too", aPairOfColumnsIsAConstraintToo),
        DriverBehaviour("update or create does one of the two", updateOrCreateDoesOneOfTheTwo),
        DriverBehaviour(
            "update or create makes one row however many ask at once", updateOrCreateMakesOneRowHoweverManyAskAtOnce),
    ]

    private static func aRuleIsForTheConstraintThatItNames(_: BehaviourContext) async throws {
        let error = await ormError {
            try await User.insert([.init(id: 1, username: "new")], onConflict: .ignore(on: \.username))
        }
        #expect(error?.database?.kind == .unique(columns: ["users.id"]))
        #expect(try await User.insert([.init(username: "ada")], onConflict: .ignore(on: \.username)).isEmpty)
        let noIndex = await ormError {
            try await User.insert([.init(username: "x")], onConflict: .update(\.username, on: \.fullName))
        }
        #expect(noIndex?.code == .database)
    }

    private static func aPairOfColumnsIsAConstraintToo(_: BehaviourContext) async throws {
        let rows = try await PostTag.insert(
            [.init(post: .id(1), tag: .id(1)), .init(post: .id(1), tag: .id(3))],
            onConflict: .ignore(on: \.post, \.tag)
        )
        #expect(rows.map(\.tag.id) == [3])
        let (link, created) = try await PostTag.getOrCreate(.init(post: .id(1), tag: .id(1)), on: \.post, \.tag)
        #expect(link.id == 1 && !created)
        #expect(try await PostTag.getOrCreate(.init(post: .id(2), tag: .id(1)), on: \.post, \.tag).created)
    }

    private static func updateOrCreateDoesOneOfTheTwo(_: BehaviourContext) async throws {
        let (old, isNew) = try await User.updateOrCreate(.init(username: "bob", fullName: "Bob"), on: \.username)
        #expect((old.id, old.fullName, isNew) == (2, "Bob", false))
        let (made, isMade) = try await User.updateOrCreate(.init(username: "eva", fullName: "Eva"), on: \.username)
        // An engine may have spent a number on the row that was there.
        #expect(made.id > 3)
        #expect((made.fullName, isMade) == ("Eva", true))
        #expect(try await User.get(2).fullName == "Bob")
    }

    private static func updateOrCreateMakesOneRowHoweverManyAskAtOnce(_: BehaviourContext) async throws {
        let created = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await User.updateOrCreate(.init(username: "wanted", fullName: "\(index)"), on: \.username)
                        .created
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(created == 1)
        #expect(try await User.filter { $0.username == "wanted" }.count() == 1)
    }
}
