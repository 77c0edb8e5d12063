import ORM
import Testing

@testable import ORMMigrations

@Suite struct SQLiteTableTextTests {
    @Test func thePartsOfATableKeepTheirText() throws {
        let text = try SQLiteTableText(
            """
            CREATE TABLE IF NOT EXISTS main."odd (name)" (
              a, -- one, (two
              'b' INT DEFAULT (1, 2) /* , */ , [c d] TEXT DEFAULT 'it''s )' /* last */
              , "e""f" `double precision`(3, 4) -- end
              , PRIMARY KEY (a, "e""f"), constraint "x ""y" check (a > ')')
            ) WITHOUT ROWID, STRICT
            """)
        #expect(text.columns == ["a", "b", "c d", "e\"f"])
        #expect(
            text.create("t") == """
                CREATE TABLE t (
                    a, -- one, (two
                    'b' INT DEFAULT (1, 2), /* , */
                    [c d] TEXT DEFAULT 'it''s )', /* last */
                    "e""f" `double precision`(3, 4), -- end
                    PRIMARY KEY (a, "e""f"),
                    constraint "x ""y" check (a > ')')
                ) WITHOUT ROWID, STRICT
                """)
        #expect(text.items.map(\.constraint) == [nil, nil, nil, nil, nil, "x \"y"])
        #expect(!text.hasHiddenRowID)
    }

    @Test(arguments: [
        ("CREATE TABLE t (id INTEGER PRIMARY KEY)", false), ("CREATE TABLE t (id INT PRIMARY KEY)", true),
        ("CREATE TABLE t (id INTEGER PRIMARY KEY DESC)", true),
        ("CREATE TABLE t (id INTEGER, PRIMARY KEY (id))", false),
        ("CREATE TABLE t (id INTEGER, CONSTRAINT k PRIMARY KEY (\"ID\" ASC))", false),
        ("CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, b))", true), ("CREATE TABLE t (a)", true),
        ("CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID", false),
    ])
    func rowidsAreHiddenWhereNoColumnShowsThem(sql: String, isHidden: Bool) throws {
        #expect(try SQLiteTableText(sql).hasHiddenRowID == isHidden)
    }

    @Test func whatIsNoPlainTableIsRefused() {
        #expect(throws: ORMError.self) { try SQLiteTableText("CREATE VIRTUAL TABLE t USING fts5 (a)") }
        #expect(throws: ORMError.self) { try SQLiteTableText("CREATE TABLE t (a") }
    }

    @Test(arguments: [
        "x", "x VARCHAR(20)", "\"x\" unsigned big int NOT NULL", "x TEXT DEFAULT -1 NOT NULL",
        "x TEXT DEFAULT + 1.5e3 UNIQUE",
        "x REFERENCES t (a) ON DELETE SET NULL ON UPDATE SET DEFAULT MATCH FULL NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL",
        "x INT CONSTRAINT k PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT CONSTRAINT n NOT NULL ON CONFLICT FAIL NULL",
        "x AS (a + 1)", "x INT GENERATED ALWAYS AS (a NOT NULL) STORED UNIQUE",
        "x CHECK (x NOT NULL) COLLATE \"my coll\" DEFAULT NULL",
    ])
    func aColumnIsTheSumOfItsClauses(sql: String) { #expect(SQLiteColumnText(sql).text == sql) }

    @Test func clausesAreOfTheirKinds() {
        let text = SQLiteColumnText(
            "x INT REFERENCES t ON DELETE SET NULL NOT NULL DEFAULT 'NOT NULL' CHECK (1) COLLATE nocase PRIMARY KEY UNIQUE AS (2)"
        )
        #expect(text.type == "INT")
        #expect(
            text.clauses.map(\.kind) == [
                .references, .notNull, .defaultValue, .check, .other, .primaryKey, .unique, .other,
            ])
        #expect(text.isGenerated)
    }

    @Test func onlyWhatChangesIsWrittenAnew() {
        var text = SQLiteColumnText("x INT -- remark\n COLLATE nocase CHECK ( x>1 ) CHECK (x < 9) DEFAULT 3")
        text.set(.notNull, "NOT NULL")
        text.set(.defaultValue, "DEFAULT 4")
        text.replace(check: "CHECK (x < 9)", with: "CHECK (x < 8)")
        #expect(text.text == "x INT /* remark */ NOT NULL COLLATE nocase CHECK ( x>1 ) CHECK (x < 8) DEFAULT 4")
        text.set(.defaultValue, nil)
        text.replace(check: "CHECK (x > 1)", with: nil)
        text.type = "TEXT"
        #expect(text.text == "x TEXT NOT NULL COLLATE nocase CHECK (x < 8)")
    }
}
