import ORM
package import ORMMigrations

/// What the child process applies.
package enum ChildMigrations {
    private static let items = TableState(
        "items",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, isUnique: true),
            ColumnState("size", .integer, default: .value(.int(0))),
            ColumnState(
                "parent_id", .integer, isNullable: true, references: ReferenceState("items", onDelete: .setNull)),
        ],
        indexes: [IndexState("items_size_index", on: ["size"])], checks: [CheckState("items_size", "{size} >= 0")])

    /// A table with rows, and then one migration that makes it anew several times.
    package static let atOnce: [Migration] = [
        Migration("0001_items", operations: [.createTable(items), insert]),
        Migration(
            "0002_change", after: ["0001_items"],
            operations: [
                .addColumn("items", ColumnState("label", .text), before: "size", filling: .sql("'#' || {id}")),
                .dropCheck("items", "items_size"), .alterColumn("items", ColumnState("size", .text)),
                .createTable(TableState("extras", columns: [ColumnState("id", .integer, isPrimaryKey: true)])),
                .sql(up: "INSERT INTO extras SELECT id FROM items WHERE id % 2 = 0", down: ""),
                .renameTable("items", to: "things"), .addIndex("things", IndexState("things_label", on: ["label"])),
            ]),
    ]

    /// The same kind of change by statements that SQLite takes as MySQL's.
    package static let byStatement: [Migration] = [
        Migration("0001_items", operations: [.createTable(items), insert]),
        Migration(
            "0002_change", after: ["0001_items"],
            operations: [
                .addColumn("items", ColumnState("label", .text, default: .value(.text("#")))),
                .createTable(TableState("extras", columns: [ColumnState("id", .integer, isPrimaryKey: true)])),
                .sql(up: "INSERT INTO extras SELECT id FROM items WHERE id % 2 = 0", down: ""),
                .run(
                    "label",
                    up: { session in
                        try await SQLText("UPDATE items SET label = label || id").execute(on: session)
                    }),
                .renameColumn("items", "label", to: "tag"), .addIndex("items", IndexState("items_tag", on: ["tag"])),
            ]),
    ]

    private static let insert = MigrationOperation.sql(
        up: """
            INSERT INTO items WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800)
            SELECT i, 'item ' || i, i * 3, NULLIF(i / 2, 0) FROM n
            """, down: "DELETE FROM items")
}
