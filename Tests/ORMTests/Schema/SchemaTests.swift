import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite struct SchemaTests {
    @Test func theScriptOfTheGuidesModels() throws {
        let script = try SchemaScript(SQLiteDriver.inMemory.dialect).create([
            Post.self, User.self, PostTag.self, Tag.self,
        ])
        #expect(
            script == """
                CREATE TABLE "users" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "username" TEXT NOT NULL UNIQUE,
                    "full_name" TEXT,
                    "is_active" INTEGER NOT NULL DEFAULT 1,
                    "created_at" TEXT NOT NULL,
                    "updated_at" TEXT NOT NULL
                );
                CREATE TABLE "posts" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "title" TEXT NOT NULL,
                    "published" INTEGER NOT NULL DEFAULT 0,
                    "view_count" INTEGER NOT NULL DEFAULT 0,
                    "rating" REAL,
                    "author_id" INTEGER NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
                    "created_at" TEXT NOT NULL
                );
                CREATE INDEX "posts_author_id_created_at_index" ON "posts" ("author_id", "created_at");
                CREATE INDEX "posts_published_created_at_index" ON "posts" ("published", "created_at");
                CREATE TABLE "tags" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "name" TEXT NOT NULL UNIQUE
                );
                CREATE TABLE "post_tags" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "post_id" INTEGER NOT NULL REFERENCES "posts" ("id") ON DELETE CASCADE,
                    "tag_id" INTEGER NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE
                );
                CREATE INDEX "post_tags_tag_id_index" ON "post_tags" ("tag_id");
                CREATE UNIQUE INDEX "post_tags_post_id_tag_id_unique" ON "post_tags" ("post_id", "tag_id");
                """)
    }

    @Test func defaultsQuoteTheirText() throws {
        let script = try SchemaScript(SQLiteDriver.inMemory.dialect).create([LoginSession.self])
        #expect(
            script == """
                CREATE TABLE "sessions" (
                    "id" TEXT PRIMARY KEY NOT NULL,
                    "token" BLOB NOT NULL,
                    "user_agent_url" TEXT NOT NULL DEFAULT 'it''s'
                );
                CREATE INDEX "sessions_user_agent_url_index" ON "sessions" ("user_agent_url");
                """)
    }

    @Test(arguments: [
        ("plain", #""plain""#), (#"a"b"#, #""a""b""#), ("\"", "\"\"\"\""), ("", #""""#), ("ö 🦄", #""ö 🦄""#),
    ])
    func identifiersAreQuoted(_ name: String, _ quoted: String) {
        var sql = "SELECT "
        SQLiteDriver.inMemory.dialect.quote(name, into: &sql)
        #expect(sql == "SELECT \(quoted)")
    }

    @Test func aSchemaThatFailsLeavesNothingBehind() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        try await db.run(script: "CREATE TABLE posts (x)")
        #expect(await ormError { try await db.createSchema(for: [User.self, Post.self]) }?.code == .database)
        #expect(try await !db.hasTable("users"))
        await db.close()
    }
}
