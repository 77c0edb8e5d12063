import FoundationEssentials
import ORM
import ORMTesting
import Testing

/// 1 root (2 child, 3 child), 4 root (5 child); 3 and 4 are deleted.
@Suite(.deletedEntries) struct SoftDeleteTests {
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
}
