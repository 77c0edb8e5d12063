import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct SignalTests {
    private struct Refusal: Error, Equatable { let text: String }

    private func withSignals(
        _ add: (inout Signals, Shared<[String]>) -> Void,
        _ body: nonisolated(nonsending) (Shared<[String]>) async throws -> Void
    ) async throws {
        let heard = Shared<[String]>([])
        var signals = Signals()
        add(&signals, heard)
        try await withTestDatabase(SQLiteDriver.inMemory, guideModels, signals: signals) { _ in try await body(heard) }
    }

    @Test func everyWriteOfARowIsHeardBeforeAndAfter() async throws {
        try await withSignals { signals, heard in
            signals.willInsert(Tag.self) { row in heard.change { $0.append("will insert \(row.name)") } }
            signals.didInsert(Tag.self) { row in heard.change { $0.append("did insert \(row.id)") } }
            signals.willUpdate(Tag.self) { row in heard.change { $0.append("will update \(row.name)") } }
            signals.didUpdate(Tag.self) { row in heard.change { $0.append("did update \(row.name)") } }
            signals.willDelete(Tag.self) { row in heard.change { $0.append("will delete \(row.id)") } }
            signals.didDelete(Tag.self) { row in heard.change { $0.append("did delete \(row.id)") } }
        } _: { (heard) async throws in
            var tag = try await Tag.create(name: "a")
            try await Tag.insert([.init(name: "b"), .init(name: "c")])
            tag.name = "z"
            try await tag.save()
            try await tag.save()
            try await tag.delete()
            // Whole queries send none, and neither do other models.
            try await Tag.query.update(.set(\.name) { $0.name })
            try await Tag.query.delete()
            try await User.create(username: "ada")
            #expect(
                heard.value == [
                    "will insert a", "did insert 1", "will insert b", "will insert c", "did insert 2", "did insert 3",
                    "will update z", "did update z", "will delete 1", "did delete 1",
                ])
        }
    }

    @Test func aHandlerBeforeTheWriteMayChangeTheRow() async throws {
        try await withSignals { signals, _ in
            signals.willInsert(Tag.self) { $0.name = $0.name.lowercased() }
            signals.willInsert(Tag.self) { $0.name += "!" }
            signals.willUpdate(User.self) { $0.fullName = "by the handler" }
        } _: { (_) async throws in
            #expect(try await Tag.create(name: "ABC").name == "abc!")
            #expect(try await Tag.get(1).name == "abc!")
            var user = try await User.create(username: "ada")
            user.isActive = false
            try await user.save()
            #expect(user.fullName == "by the handler")
            let read = try await User.get(1)
            #expect(!read.isActive && read.fullName == "by the handler")
        }
    }

    @Test func whatAHandlerWritesStandsOrFallsWithTheRow() async throws {
        try await withSignals { signals, _ in
            signals.didInsert(Tag.self) { tag in
                try await User.create(username: "made for \(tag.name)")
                if tag.name == "bad" { throw Refusal(text: "no") }
            }
            signals.didDelete(Tag.self) { _ in throw Refusal(text: "stays") }
        } _: { (_) async throws in
            try await Tag.create(name: "good")
            await #expect(throws: Refusal(text: "no")) { try await Tag.create(name: "bad") }
            await #expect(throws: Refusal(text: "no")) { try await Tag.insert([.init(name: "x"), .init(name: "bad")]) }
            #expect(try await Tag.all().map(\.name) == ["good"])
            #expect(try await User.all().map(\.username) == ["made for good"])
            let tag = try await Tag.get(1)
            await #expect(throws: Refusal(text: "stays")) { try await tag.delete() }
            #expect(try await Tag.count() == 1)
        }
    }

    @Test func validatorsComeAfterTheHandlers() async throws {
        try await withSignals { signals, _ in
            signals.willInsert(Post.self) { $0.title = String($0.title.prefix(20)) }
            signals.willInsert(User.self) { $0.username = String(repeating: "x", count: 51) }
        } _: { (_) async throws in
            #expect(await ormError { try await User.create(username: "ada") }?.code == .validationFailure)
            #expect(try await User.count() == 0)
        }
    }
}
