#if Postgres
    @testable import ORMPostgres
    import Testing

    @Suite struct PostgresTextTests {
        @Test(arguments: [
            ("SELECT 1", true), ("  select * from t", true), ("(SELECT 1)", true), ("VALUES (1)", true),
            ("SHOW x", true),
            ("EXPLAIN SELECT 1", true), ("EXPLAIN ANALYZE DELETE FROM t", false),
            ("explain (analyze) delete from t", false),
            ("SELECT 1 INTO t", false), ("SELECT pointo FROM t", true), ("WITH x AS (SELECT 1) SELECT * FROM x", false),
            ("INSERT INTO t VALUES (1)", false), ("", false), ("-- SELECT\nDELETE FROM t", false),
        ])
        func plainReadsAreTold(sql: String, isPlainRead: Bool) { #expect(PostgresText.isPlainRead(sql) == isPlainRead) }

        @Test func aScriptIsTakenApartAtItsSemicolons() {
            let statements = [
                "CREATE TABLE t (a TEXT DEFAULT ';');",
                "/* a ; /* nested ; */ */ INSERT INTO t VALUES ('it''s;', E'\\';', \"x;\");",
                "-- a ; comment\nDO $$ BEGIN PERFORM 1; END $$;",
                "CREATE FUNCTION f() AS $body$ SELECT $1; $$ ; $body$ LANGUAGE sql;",
                "SELECT $1, a$b;c", "FROM t",
            ]
            #expect(
                PostgresText.statements(of: statements.joined(separator: "\n")) == [
                    statements[0], statements[1], statements[2], statements[3], "SELECT $1, a$b;", "c\nFROM t",
                ])
            #expect(PostgresText.statements(of: " ;; -- nothing\n ; ") == [])
            #expect(PostgresText.statement(of: "SELECT 1; SELECT é; SELECT 3", at: 18) == "SELECT é;")
        }

        @Test(arguments: [
            ("Key (username)=(ada) already exists.", ["username"]),
            ("Key (post_id, tag_id)=(1, 2) already exists.", ["post_id", "tag_id"]),
            ("Schlüssel »(\"or\"\"der\")=(1)« existiert bereits.", ["or\"der"]), ("", []),
        ])
        func theColumnsOfAConflictAreRead(detail: String, columns: [String]) {
            #expect(PostgresFailure.columns(in: detail) == columns)
        }

        @Test func theServersRefusalIsFoundInATextOfManyLines() throws {
            let text = """
                connection to server on socket "/tmp/.s.PGSQL.5432" failed: FATAL:  3D000: database "x: y" does not exist
                LOCATION:  InitPostgres, postinit.c:941

                """
            let error = try #require(PostgresLink.serverError(in: text))
            #expect(error.code == "3D000")
            #expect(error.message == "database \"x: y\" does not exist")
            #expect(PostgresLink.serverError(in: "connection to server failed: No such file or directory") == nil)
        }
    }
#endif
