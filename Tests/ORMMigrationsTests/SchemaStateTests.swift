import ORM
import ORMMigrations
import Testing

@Suite struct SchemaStateTests {
    @Test func aNewTableIsThere() throws {
        var state = SchemaState()
        try state.apply(.createTable(.tags))
        #expect(state.tables == [.tags])
    }

    @Test func renamesReachIndexesChecksAndReferences() throws {
        var state = SchemaState([.users, .posts])
        try state.apply(.renameTable("users", to: "people"))
        try state.apply(.renameColumn("people", "id", to: "number"))
        try state.apply(.renameColumn("posts", "views", to: "hits"))
        let posts = try state.table("posts")
        #expect(posts.columns[2].reference == ReferenceState("people", "number", onDelete: .cascade))
        #expect(posts.indexes[1].condition == "{hits} > 10")
        #expect(posts.checks == [CheckState("posts_views", "{hits} >= 0")])
        #expect(state.tables.map(\.name) == ["people", "posts"])
    }

    @Test(arguments: [
        (MigrationOperation.createTable(.users), "there is a table users already"),
        (.dropTable("user"), "there is no table user: did you mean users?"),
        (.renameTable("users", to: "posts"), "there is a table posts already"),
        (.addColumn("users", ColumnState("age", .integer)), "users has a column age already"),
        (.addColumn("users", ColumnState("x", .integer, isPrimaryKey: true)), "users would have two primary keys"),
        (.dropColumn("posts", "titel"), "posts has no column titel: did you mean title?"),
        (.dropColumn("users", "id"), "posts.author_id points to users.id: drop or alter it before"),
        (.dropColumn("posts", "title"), "the index posts_title_partial_unique is over posts.title: drop it before"),
        (.dropColumn("posts", "views"), "the index posts_title_partial_unique is over posts.views: drop it before"),
        (.renameColumn("posts", "id", to: "title"), "posts has a column title already"),
        (
            .addIndex("users", IndexState("posts_author_id_index", on: ["id"])),
            "there is an index posts_author_id_index already"
        ),
        (.addIndex("users", IndexState("a", on: ["nope"])), "the index a is over users.nope, which is not there"),
        (
            .dropIndex("posts", "posts_author_index"),
            "posts has no index posts_author_index: did you mean posts_author_id_index?"
        ),
        (.addCheck("posts", CheckState("posts_views", "1")), "posts has two checks posts_views"),
        (.dropCheck("posts", "nope"), "posts has no check nope"),
    ])
    func whatMakesNoSenseIsRefused(operation: MigrationOperation, message: String) {
        var state = SchemaState([.users, .posts])
        #expect(throws: ORMError.self) { try state.apply(operation) }
        do { try state.apply(operation) } catch let error as ORMError { #expect(error.message == message) } catch {}
        #expect(state == SchemaState([.users, .posts]))
    }

    @Test(arguments: [
        MigrationOperation.createTable(.tags), .dropTable("posts"), .renameTable("users", to: "people"),
        .addColumn("users", ColumnState("x", .text)), .addColumn("users", ColumnState("x", .text), before: "username"),
        .alterColumn("posts", ColumnState("views", .text)), .renameColumn("posts", "views", to: "hits"),
        .dropColumn("users", "age"), .dropColumn("users", "username"), .addIndex("users", IndexState("a", on: ["age"])),
        .dropIndex("posts", "posts_author_id_index"), .addCheck("users", CheckState("a", "{age} > 1")),
        .dropCheck("posts", "posts_views"), .sql(up: "SELECT 1", down: "SELECT 2"),
    ])
    func theInverseLeadsBack(operation: MigrationOperation) throws {
        let before = SchemaState([.users, .posts])
        var state = before
        let inverse = try operation.inverse(in: state)
        try state.apply(operation)
        try state.apply(inverse)
        #expect(state == before)
    }

    @Test func whatCannotBeUndoneSaysSo() {
        #expect(throws: ORMError.self) { try MigrationOperation.sql(up: "SELECT 1").inverse(in: SchemaState()) }
        #expect(throws: ORMError.self) { try MigrationOperation.run("x", up: { _ in }).inverse(in: SchemaState()) }
    }
}
