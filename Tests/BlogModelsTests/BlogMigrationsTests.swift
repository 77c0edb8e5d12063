import BlogModels
import ORM
import ORMMigrations
import ORMMySQL
import ORMPostgres
import ORMSQLite
import Testing

struct BlogMigrationsTests {
    private static let dialects: [any Dialect] = [SQLiteDriver.inMemory.dialect, PostgresDialect(), MySQLDialect()]

    @Test func `the migrations lead to the models`() throws {
        let replayed = try MigrationGraph(Migrations.all).state()
        let models = try SchemaState(of: BlogSchema.models, for: Self.dialects)
        let difference = try SchemaDifference(
            from: replayed, to: models, decisions: SchemaDecisions(of: BlogSchema.models))
        #expect(
            difference.operations.map(\.description) == [],
            "swift run blog-schema migrate make writes what is missing; before a release, swift run blog-schema initial"
        )
        #expect(difference.ambiguities == [])
    }

    @Test func `a new database is what the migrations say`() async throws {
        try await withBlogDatabase { database in
            let inspection = try await SchemaInspector.inspect(database)
            #expect(
                try inspection.schema.isEquivalent(
                    to: MigrationGraph(Migrations.all).state(), in: database.dialect))
            #expect(inspection.notes.count == 30)
            #expect(inspection.notes.allSatisfy { $0.contains(" is a trigger on ") })
        }
    }

    /// A column that no trigger watches would change without any page being rendered anew.
    @Test func `the triggers watch every column that readers can see`() async throws {
        try await withBlogDatabase { database in
            for model in BlogSchema.models where model.schema.columns.contains(where: { $0.name == "revision" }) {
                let table = model.schema.table
                let sql = try await Rows<String>.raw(
                    "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = \("\(table)_update_revision")"
                ).all(on: database).first
                let watched = model.schema.columns.map(\.name).filter { $0 != "revision" && $0 != "view_count" }
                #expect(
                    sql == """
                        CREATE TRIGGER \(table)_update_revision AFTER UPDATE OF \(watched.joined(separator: ", ")) ON \(table) \
                        WHEN NEW.revision = OLD.revision BEGIN
                            UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1;
                            UPDATE \(table) SET revision = (SELECT change_counter FROM site_state WHERE id = 1) WHERE id = NEW.id;
                        END
                        """)
            }
        }
    }

    @Test func `all of it can be undone and done again`() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        let migrator = try Migrator(database, Migrations.all)
        try await migrator.up()
        try await migrator.down(to: Migrator.zero)
        let empty = try await SchemaInspector.inspect(database)
        #expect(empty.schema == SchemaState())
        #expect(empty.notes == [])
        #expect(try await BlogSchema.standing(of: database) == .new)
        try await migrator.up()
        #expect(try await BlogSchema.standing(of: database) == .current)
        await database.close()
    }

    @Test func `an older database waits for its upgrade, or gets it behind a backup`() async throws {
        let database = try await Database.open(SQLiteDriver.inMemory)
        try await Migrator(database, Migrations.all).up(to: "0001")
        #expect(
            try await BlogSchema.standing(of: database)
                == .older(version: "0001_initial", missing: ["0002_revision_triggers", "0003_statistics_indexes"]))
        let error = await #expect(throws: ORMError.self) { try await BlogSchema.prepare(database) }
        #expect(error?.code == .migration)
        #expect(
            error?.message
                == "the database has the schema of 0001_initial and lacks 0002_revision_triggers, 0003_statistics_indexes: blog migrate up upgrades it"
        )
        struct NoSpace: Error {}
        await #expect(throws: NoSpace.self) { try await BlogSchema.prepare(database) { _ in throw NoSpace() } }
        #expect(try await BlogSchema.standing(of: database) != .current)
        var versions: [String] = []
        try await BlogSchema.prepare(database) { versions.append($0) }
        try await BlogSchema.prepare(database) { versions.append($0) }
        #expect(versions == ["0001_initial"])
        #expect(try await BlogSchema.standing(of: database) == .current)
        await database.close()
    }

    @Test func `a newer, another and an older build's database are refused`() async throws {
        for (change, message) in [
            (
                "UPDATE orm_migrations SET name = '0003_later' WHERE id = 2",
                "the database is newer than this program, or another program’s: it has the migration 0003_later"
            ),
            (
                "UPDATE orm_migrations SET checksum = 'x' WHERE id = 1",
                "the database was made by another build of this program: its migration 0001_initial is another one"
            ),
        ] {
            try await withBlogDatabase { database in
                try await database.run(script: change)
                let error = await #expect(throws: ORMError.self) { try await BlogSchema.prepare(database) }
                #expect(error?.code == .migration)
                #expect(error?.message == message)
            }
        }
    }

    @Test func `PostgreSQL's triggers`() throws {
        let sql = try MigrationGraph(Migrations.all).sql(from: "0001", in: PostgresDialect())
        #expect(
            sql.contains(
                """
                CREATE FUNCTION blog_raise_counter() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1;
                    RETURN NULL;
                END
                $$;
                CREATE FUNCTION blog_stamp_revision() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    EXECUTE format('UPDATE %I SET revision = $1 WHERE id = $2', TG_TABLE_NAME) USING \
                (SELECT change_counter FROM site_state WHERE id = 1), NEW.id;
                    RETURN NULL;
                END
                $$;
                """))
        #expect(
            sql.contains(
                """
                CREATE TRIGGER tags_insert_counter AFTER INSERT ON tags FOR EACH ROW EXECUTE FUNCTION blog_raise_counter();
                CREATE TRIGGER tags_insert_revision AFTER INSERT ON tags FOR EACH ROW WHEN (NEW.revision = 0) \
                EXECUTE FUNCTION blog_stamp_revision();
                CREATE TRIGGER tags_update_counter AFTER UPDATE OF id, name, slug ON tags FOR EACH ROW \
                WHEN (NEW.revision = OLD.revision) EXECUTE FUNCTION blog_raise_counter();
                CREATE TRIGGER tags_update_revision AFTER UPDATE OF id, name, slug ON tags FOR EACH ROW \
                WHEN (NEW.revision = OLD.revision) EXECUTE FUNCTION blog_stamp_revision();
                CREATE TRIGGER tags_delete_counter AFTER DELETE ON tags FOR EACH ROW EXECUTE FUNCTION blog_raise_counter();
                """))
    }

    @Test func `MySQL's triggers`() throws {
        let sql = try MigrationGraph(Migrations.all).sql(from: "0001", in: MySQLDialect())
        #expect(!sql.contains("FUNCTION"))
        #expect(
            sql.contains(
                """
                CREATE TRIGGER tags_insert_counter AFTER INSERT ON tags FOR EACH ROW BEGIN
                    UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1;
                END;
                CREATE TRIGGER tags_insert_revision BEFORE INSERT ON tags FOR EACH ROW BEGIN
                    IF NEW.revision = 0 THEN SET NEW.revision = (SELECT change_counter FROM site_state WHERE id = 1) + 1; END IF;
                END;
                CREATE TRIGGER tags_update_revision BEFORE UPDATE ON tags FOR EACH ROW BEGIN
                    IF NEW.revision = OLD.revision AND NOT (NEW.id <=> OLD.id AND NEW.name <=> OLD.name AND NEW.slug <=> OLD.slug) \
                THEN UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1; \
                SET NEW.revision = (SELECT change_counter FROM site_state WHERE id = 1); END IF;
                END;
                CREATE TRIGGER tags_delete_counter AFTER DELETE ON tags FOR EACH ROW BEGIN
                    UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1;
                END;
                """))
        #expect(
            sql.contains(
                """
                CREATE TRIGGER posts_view_count_counter AFTER UPDATE ON posts FOR EACH ROW BEGIN
                    IF NEW.view_count <> OLD.view_count THEN \
                UPDATE site_state SET change_counter = change_counter + 1 WHERE id = 1; END IF;
                END;
                """))
    }
}
