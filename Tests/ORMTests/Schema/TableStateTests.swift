import FoundationEssentials
import ORM
import ORMSQLite
import Testing

@Model("shelves", was: "boards")
private struct Shelf {
    @PrimaryKey(.max(8)) var code: String
    @Column(.was("colour"), .comment("{red}")) var color: String = "it's {blue}"
    var width: Int16?
    @Column(.databaseDefault(.sql("'{}'"))) var extra: String
    @ForeignKey(onDelete: .setNull) var above: One<Shelf>?

    static var options: Options<Shelf> {
        .init(
            indexes: [
                .unique(\.color).where { $0.width > 3 }, .on(\.color).where(sql: "{color} GLOB 'a*'").named("a"),
            ],
            checks: [
                .check("color") { $0.color.isIn(["red", "blue"]) }, .check("braces", sql: "{color} <> '{{'"),
                .check("flag") { $0.width == nil || Expr(raw: "\($0.color) <> '{'") },
            ])
    }
}

struct TableStateTests {
    /// An engine with other quotes, and, unlike ``OtherDialect``, of a name that the test chooses.
    private func shelf(_ dialects: any Dialect...) throws -> TableState {
        try TableState(of: Shelf.self, for: dialects)
    }

    @Test func aModelIsATableOfPlainValues() throws {
        let table = try shelf(SQLiteDriver.inMemory.dialect)
        #expect(Shelf.schema.formerName == "boards")
        #expect(Shelf.schema.columns.map(\.formerName) == [nil, "colour", nil, nil, nil])
        #expect(
            table.columns == [
                ColumnState("code", .text, maxLength: 8, isPrimaryKey: true),
                ColumnState("color", .text, default: .value(.text("it's {blue}")), comment: "{red}"),
                ColumnState("width", .int16, isNullable: true, range: -32768...32767),
                ColumnState("extra", .text, default: .sql("'{{}}'")),
                ColumnState(
                    "above_id", .text, isNullable: true,
                    references: ReferenceState("shelves", "code", onDelete: .setNull)),
            ])
        #expect(
            table.indexes == [
                IndexState("shelves_above_id_index", on: ["above_id"]),
                IndexState(
                    "shelves_color_partial_unique", on: ["color"], isUnique: true, where: "(({width} > 3) IS TRUE)"),
                IndexState("a", on: ["color"], where: "{color} GLOB 'a*'"),
            ])
        #expect(
            table.checks == [
                CheckState("shelves_color", "({color} IN ('red', 'blue'))"),
                CheckState("shelves_braces", "{color} <> '{{'"),
                CheckState("shelves_flag", "((({width} IS NULL) OR ({color} <> '{{')) IS TRUE)"),
            ])
    }

    @Test func theScriptOfAModelSaysTheSame() throws {
        let script = try SchemaScript(SQLiteDriver.inMemory.dialect).create([Shelf.self])
        #expect(script.contains(#"CONSTRAINT "shelves_color" CHECK (("color" IN ('red', 'blue')))"#))
        #expect(script.contains(#"CONSTRAINT "shelves_braces" CHECK ("color" <> '{')"#))
        #expect(script.contains(#"CREATE INDEX "a" ON "shelves" ("color") WHERE "color" GLOB 'a*';"#))
    }

    @Test func whatAllDialectsSayAlikeIsOneText() throws {
        let one = try shelf(SQLiteDriver.inMemory.dialect, OtherDialect())
        #expect(one == (try shelf(SQLiteDriver.inMemory.dialect)))
        #expect(throws: ORMError.self) { try shelf() }
    }
}
