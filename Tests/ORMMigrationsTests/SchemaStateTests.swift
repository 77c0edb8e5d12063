import ORM
import ORMMigrations
import Testing

@Suite struct SchemaStateTests {
    @Test func aNewTableIsThere() throws {
        var state = SchemaState()
        try state.apply(.createTable(.tags))
        #expect(state.tables == [.tags])
    }
}

extension TableState {
    /// A table without relations.
    static let tags = TableState(
        "tags",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true),
            ColumnState("name", .text, maxLength: 50, isUnique: true),
        ])
}
