#if Postgres
    import ORM
    import ORMMigrations
    import ORMPostgres
    import ORMTesting
    import Testing

    @Suite struct InspectionTests {
        @Test(.timeLimit(.minutes(10))) func whatModelsSayIsFoundAgain() async throws {
            try await withPostgres { (driver) async throws in
                try await withTestDatabase(
                    driver, guideModels + [Person.self, Follow.self, Country.self, City.self, Sample.self]
                ) {
                    (db) async throws in
                    let found = try await SchemaInspector.inspect(db)
                    let models = try SchemaState(
                        of: guideModels + [Person.self, Follow.self, Country.self, City.self, Sample.self],
                        for: [db.dialect])
                    #expect(found.notes == [])
                    #expect(found.schema.tables.map(\.name) == models.tables.map(\.name).sorted())
                    for table in models.tables {
                        let other = try #require(found.schema[table.name])
                        #expect(
                            try SchemaState([table]).isEquivalent(to: SchemaState([other]), in: db.dialect),
                            "\(table.name)")
                    }
                    let some = try await SchemaInspector.inspect(db, tables: ["tags"])
                    #expect(some.schema.tables.map(\.name) == ["tags"])
                    let error = await ormError { _ = try await SchemaInspector.inspect(db, tables: ["tagz"]) }
                    #expect(error?.message.contains("tags") == true)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func whatNoModelSaysIsFoundOrNamed() async throws {
            try await withPostgres { (driver) async throws in
                let db = try await Database.open(driver)
                try await db.run(
                    script: """
                        CREATE TABLE plain (
                            id BIGSERIAL PRIMARY KEY, small INT NOT NULL CHECK (small BETWEEN -5 AND 255), "or""der" INT,
                            big BIGINT CHECK (big BETWEEN 0 AND 9007199254740993), at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
                            word VARCHAR(10) NOT NULL DEFAULT 'it''s', flag BOOLEAN DEFAULT FALSE, real_one REAL DEFAULT 1.5,
                            price NUMERIC(8, 2) DEFAULT 1.50, tags TEXT[], twice INT GENERATED ALWAYS AS (small * 2) STORED,
                            CONSTRAINT words CHECK (word <> ';'), UNIQUE (small, big));
                        COMMENT ON COLUMN plain.word IS 'a word';
                        CREATE TABLE pairs (a INT, b INT, PRIMARY KEY (a, b), c BIGINT REFERENCES plain ON UPDATE CASCADE);
                        CREATE INDEX down ON plain (small DESC);
                        CREATE INDEX low ON plain (lower(word));
                        CREATE UNIQUE INDEX few ON plain (word) WHERE flag AND big > 3;
                        CREATE VIEW seen AS SELECT 1 AS one;
                        CREATE TABLE parts (n INT) PARTITION BY LIST (n);
                        """)
                let found = try await SchemaInspector.inspect(db)
                let plain = try #require(found.schema["plain"])
                #expect(
                    plain.columns == [
                        ColumnState("id", .integer, isPrimaryKey: true), ColumnState("small", .int32, range: -5...255),
                        ColumnState("or\"der", .int32, isNullable: true),
                        ColumnState("big", .integer, isNullable: true, range: 0...9_007_199_254_740_993),
                        ColumnState("at", .timestamp, default: .now),
                        ColumnState("word", .text, maxLength: 10, default: .value(.text("it's")), comment: "a word"),
                        ColumnState("flag", .boolean, isNullable: true, default: .value(.bool(false))),
                        ColumnState("real_one", .real, isNullable: true, default: .value(.double(1.5))),
                        ColumnState("price", .decimal(precision: 8, scale: 2), isNullable: true, default: .sql("1.50")),
                        ColumnState("tags", .text, isNullable: true),
                    ])
                #expect(plain.checks.map(\.name) == ["words"])
                #expect(
                    plain.indexes.map { [$0.name, $0.columns.joined(separator: ","), $0.isUnique ? "unique" : ""] } == [
                        ["plain_small_big_unique", "small,big", "unique"], ["down", "small", ""],
                        ["few", "word", "unique"],
                    ])
                #expect(
                    found.notes == [
                        "parts is a partitioned table: left out",
                        "pairs.c has a rule for updates, which a model cannot say",
                        "pairs has a primary key of 2 columns, a, b: a model has one of one column",
                        "plain.tags is declared text[], which no type of a model is: a String",
                        "plain.twice is generated by the database: left out",
                        "plain: the index down is descending, which a model cannot say: kept as ascending",
                        "plain: the index low is over expressions or generated columns: left out",
                        "seen is a view: left out",
                    ])
                await db.close()
            }
        }
    }
#endif
