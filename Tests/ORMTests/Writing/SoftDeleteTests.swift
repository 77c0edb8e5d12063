import FoundationEssentials
import ORM
import ORMTesting
import Testing

/// 1 root (2 child, 3 child), 4 root (5 child); 3 and 4 are deleted.
@Suite(.deletedEntries) struct SoftDeleteTests {
    @Test func queriesSeeOnlyRowsThatAreThere() async throws {
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

    @Test func theStatementSaysSo() async throws {
        let sql = try await recorded { () async throws in
            _ = try await Entry.filter { $0.text == "1" }.count()
            _ = try await Entry.filter { $0.children.any() }.count()
            _ = try await Entry.get(1).delete()
        }
        #expect(
            sql == [
                #"SELECT COUNT(*) FROM "entries" AS t0 WHERE ((t0."deleted_at" IS NULL) AND (t0."text" = ?))"#,
                """
                SELECT COUNT(*) FROM "entries" AS t0 WHERE ((t0."deleted_at" IS NULL) AND EXISTS \
                (SELECT 1 FROM "entries" AS t1 WHERE t1."parent_id" = t0."id" AND (t1."deleted_at" IS NULL)))
                """,
                """
                SELECT t0."id", t0."text", t0."parent_id", t0."deleted_at", t0."updated_at" FROM "entries" AS t0 \
                WHERE ((t0."deleted_at" IS NULL) AND (t0."id" = ?))
                """,
                """
                UPDATE "entries" AS t0 SET "deleted_at" = ?, "updated_at" = ? \
                WHERE ((t0."deleted_at" IS NULL) AND (t0."id" = ?))
                """,
            ])
    }

    @Test func relationsToManySeeOnlyRowsThatAreThere() async throws {
        #expect(try await Entry.filter { $0.children.count == 1 }.ids() == [1])
        #expect(try await Entry.filter { $0.children.none() }.ids() == [2, 5])
        let rows = try await Entry.prefetch(\.children).all()
        #expect(try rows.map { try $0.children.items.map(\.id) } == [[2], [], []])
        #expect(try await rows[0].children.query().ids() == [2])
        let all = try await Entry.prefetch(\.children) { $0.deleted(.included) }.all()
        #expect(try all[0].children.items.map(\.id) == [2, 3])
    }

    @Test func aForeignKeyStillLeadsToADeletedRow() async throws {
        let five = try await Entry.prefetch(\.parent).get(5)
        #expect(try five.parent?.text == "4")
        #expect(try await Entry.get(5).parent?().text == "4")
        #expect(try await Entry.filter { $0.parent.text == "4" }.ids() == [5])
    }

    @Test func deletionIsOnceAndCanBeUndone() async throws {
        let one = try await Entry.get(1)
        try await one.delete()
        #expect(await ormError { try await one.delete() }?.code == .notFound)
        #expect(try await Entry.query.ids() == [2, 5])
        try await one.restore()
        #expect(await ormError { try await one.restore() }?.code == .notFound)
        #expect(try await Entry.query.ids() == [1, 2, 5])
        #expect(try await Entry.query.restore() == 2)
        #expect(try await Entry.count() == 5)
        #expect(try await Entry.filter { $0.id > 3 }.delete() == 2)
        #expect(try await Entry.query.ids() == [1, 2, 3])
    }

    @Test func aRowMayBeDeletedForGood() async throws {
        try await Entry.get(2).delete(permanently: true)
        #expect(try await Entry.query.deleted(.included).ids() == [1, 3, 4, 5])
        #expect(try await Entry.query.deleted(.only).delete(permanently: true) == 2)
        // 5 went with its parent, 4: that is what its foreign key says.
        #expect(try await Entry.query.deleted(.included).ids() == [1])
    }

    @Test func updatesTouchNoDeletedRow() async throws {
        #expect(try await Entry.query.update(.set(\.text, "new")) == 3)
        #expect(try await Entry.query.deleted(.only).all().map(\.text) == ["3", "4"])
        #expect(try await Entry.query.deleted(.included).update(.set(\.text, "newer")) == 5)
    }
}

extension Trait where Self == DatabaseTrait {
    fileprivate static var deletedEntries: DatabaseTrait {
        DatabaseTrait(
            fixture: Fixture([Entry.self]) {
                try await Entry.insert([
                    .init(text: "1"), .init(text: "2", parent: .id(1)), .init(text: "3", parent: .id(1)),
                    .init(text: "4"),
                    .init(text: "5", parent: .id(4)),
                ])
                #expect(try await Entry.filter { $0.id.isIn([3, 4]) }.delete() == 2)
            })
    }
}
