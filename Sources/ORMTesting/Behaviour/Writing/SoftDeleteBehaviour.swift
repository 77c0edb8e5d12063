import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Rows that are deleted and still there.
    static let softDeletes: [DriverBehaviour] = [
        DriverBehaviour("queries see only rows that are there", .deletedEntries, queriesSeeOnlyRowsThatAreThere),
        DriverBehaviour(
            "relations to many see only rows that are there", .deletedEntries, relationsToManySeeOnlyRowsThatAreThere),
        DriverBehaviour(
            "a foreign key still leads to a deleted row", .deletedEntries, aForeignKeyStillLeadsToADeletedRow),
        DriverBehaviour("a row may be deleted for good", .deletedEntries, aRowMayBeDeletedForGood),
        DriverBehaviour("updates touch no deleted row", .deletedEntries, updatesTouchNoDeletedRow),
    ]

    private static func queriesSeeOnlyRowsThatAreThere(_: BehaviourContext) async throws {
        #expect(try await Entry.query.ids() == [1, 2, 5])
        #expect(try await Entry.count() == 3)
        #expect(try await Entry.find(3) == nil)
        #expect(await ormError { _ = try await Entry.get(3) }?.code == .notFound)
        #expect(try await Entry.filter { $0.text != "x" }.order { $0.id.desc }.ids() == [5, 2, 1])
        #expect(try await Entry.exclude { $0.text == "1" }.ids() == [2, 5])
        #expect(try await Entry.query.deleted(.included).ids() == [1, 2, 3, 4, 5])
        #expect(try await Entry.query.deleted(.only).ids() == [3, 4])
        #expect(try await Entry.query.page(limit: 2, offset: 0).total == 3)
    }

    private static func relationsToManySeeOnlyRowsThatAreThere(_: BehaviourContext) async throws {
        #expect(try await Entry.filter { $0.children.count == 1 }.ids() == [1])
        #expect(try await Entry.filter { $0.children.none() }.ids() == [2, 5])
        let rows = try await Entry.prefetch(\.children).all()
        #expect(try rows.map { try $0.children.items.map(\.id) } == [[2], [], []])
        #expect(try await rows[0].children.query().ids() == [2])
        let all = try await Entry.prefetch(\.children) { $0.deleted(.included) }.all()
        #expect(try all[0].children.items.map(\.id) == [2, 3])
    }

    private static func aForeignKeyStillLeadsToADeletedRow(_: BehaviourContext) async throws {
        let five = try await Entry.prefetch(\.parent).get(5)
        #expect(try five.parent?.text == "4")
        #expect(try await Entry.get(5).parent?().text == "4")
        #expect(try await Entry.filter { $0.parent.text == "4" }.ids() == [5])
    }

    private static func aRowMayBeDeletedForGood(_: BehaviourContext) async throws {
        try await Entry.get(2).delete(permanently: true)
        #expect(try await Entry.query.deleted(.included).ids() == [1, 3, 4, 5])
        #expect(try await Entry.query.deleted(.only).delete(permanently: true) == 2)
        // 5 went with its parent, 4: that is what its foreign key says.
        #expect(try await Entry.query.deleted(.included).ids() == [1])
    }

    private static func updatesTouchNoDeletedRow(_: BehaviourContext) async throws {
        #expect(try await Entry.query.update(.set(\.text, "new")) == 3)
        #expect(try await Entry.query.deleted(.only).all().map(\.text) == ["3", "4"])
        #expect(try await Entry.query.deleted(.included).update(.set(\.text, "newer")) == 5)
    }
}
