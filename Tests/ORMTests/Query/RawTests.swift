import ORM
import ORMTesting
import Testing

@Suite(.blog) struct RawTests {
    @Test func columnsOfARawSelectAreMatchedByName() async throws {
        let name = "o%"
        let query = Tag.raw("SELECT 'x' AS extra, name, id FROM tags WHERE name LIKE \(name) ORDER BY id DESC")
        let sql = try query.sql()
        #expect(
            sql == """
                SELECT t0."id", t0."name" FROM (SELECT 'x' AS extra, name, id FROM tags WHERE name LIKE ? \
                ORDER BY id DESC) AS t0
                """)
        #expect(try await query.all().map(\.name) == ["orm"])
    }

    @Test func aRawSelectKeepsItsOrderAndIsAQueryLikeAnyOther() async throws {
        let query = Post.raw("SELECT * FROM posts ORDER BY view_count, title DESC")
        #expect(try await query.all().map(\.id) == [3, 2, 1, 4])
        #expect(try await query.first()?.id == 3)
        #expect(try await query.last()?.id == 4)
        #expect(try await query.limit(2).all().map(\.id) == [3, 2])
        #expect(try await query.filter { $0.author.username == "ada" }.order { $0.id.asc }.ids() == [1, 2])
        #expect(try await query.count() == 4)
        #expect(try await query.prefetch(\.author).first()?.author.username == "bob")
        #expect(try await query.select { $0.comments.count }.order { $0.desc }.all() == [3, 1, 0, 0])
        #expect(try await query.page(limit: 1, offset: 1).items.map(\.id) == [2])
    }

    @Test func aMissingColumnIsAnErrorThatNamesIt() async throws {
        let error = await ormError { _ = try await Tag.raw("SELECT id FROM tags WHERE id > 99").all() }
        #expect(error?.database?.kind == .syntax)
        #expect(error?.message == "no such column: t0.name")
    }

    @Test func interpolatedValuesAreBoundNeverSpliced() async throws {
        let evil = "x'; DROP TABLE tags; --"
        #expect(try await Tag.raw("SELECT * FROM tags WHERE name = \(evil)").all().isEmpty)
        #expect(try await Tag.filter { Expr(raw: "\($0.name) = \(evil)") }.ids() == [])
        #expect(try await SQLText("DELETE FROM tags WHERE name = \(evil)").execute() == 0)
        #expect(try await Tag.count() == 3)
    }

    @Test func aRawConditionIsTwoValued() async throws {
        let pattern = "Ada*"
        let query = User.filter { Expr(raw: "\($0.fullName) GLOB \(pattern)") }
        let sql = try query.select { $0.id }.sql()
        #expect(sql == #"SELECT t0."id" FROM "users" AS t0 WHERE (t0."full_name" GLOB ?) ORDER BY t0."id""#)
        #expect(try await query.ids() == [1])
        #expect(try await User.exclude { Expr(raw: "\($0.fullName) GLOB \(pattern)") }.ids() == [2, 3])
        #expect(try await User.filter { $0.isActive && Expr(raw: "1 OR 1") }.ids() == [1, 2])
        #expect(try await Post.select { Expr<Int>(raw: "\($0.viewCount) << \(1)") }.all() == [10, 4, 2, 10])
    }

    @Test func rawRowsAreReadByPositionAndCanBeOrderedAndLimited() async throws {
        let least = 1
        let rows = Rows<String, Int>.raw("SELECT title, view_count FROM posts WHERE view_count > \(least) ORDER BY id")
        #expect(try rows.sql() == "SELECT title, view_count FROM posts WHERE view_count > ? ORDER BY id")
        #expect(try await rows.all().map(\.0) == ["One", "Two", "Four"])
        #expect(try await rows.first()?.0 == "One")
        #expect(try await rows.count() == 3)
        let ordered = rows.order({ _, views in views.asc }, { title, _ in title.asc }).limit(2)
        let sql = try ordered.sql()
        #expect(
            sql == """
                SELECT t0."c0", t0."c1" FROM (WITH selected(c0, c1) AS (SELECT title, view_count FROM posts \
                WHERE view_count > ? ORDER BY id) SELECT * FROM selected) AS t0 ORDER BY 2, 1 LIMIT ?
                """)
        #expect(try await ordered.all().map(\.0) == ["Two", "Four"])
        #expect(try await rows.map { title, _ in title }.page(limit: 1, offset: 1).items == ["Two"])
        #expect(try await Rows<Int>.raw("SELECT 1 UNION ALL SELECT 1").distinct().all() == [1])
        #expect(try await Tag.filter { $0.id.isIn(Rows<Int>.raw("SELECT 2")) }.ids() == [2])
    }

    @Test func aRawStatementSaysHowManyRowsItChanged() async throws {
        let ids = [1, 4]
        #expect(try await SQLText("UPDATE posts SET view_count = \(7) WHERE id IN (\(list: ids))").execute() == 2)
        #expect(try await Post.select { $0.viewCount }.all() == [7, 2, 1, 7])
        #expect(try await SQLText("DELETE FROM \(identifier: "post_tags")").execute() == 3)
        #expect(await ormError { try await SQLText("NONSENSE").execute() }?.database?.kind == .syntax)
    }

    // MARK: Plans

    @Test func aPlanIsTextWithAStepALine() async throws {
        #expect(
            try await Tag.filter { $0.name == "orm" }.explain()
                == "SEARCH t0 USING COVERING INDEX sqlite_autoindex_tags_1 (name=?)")
        let plan = try await Post.filter { $0.id == 1 }.select { ($0.id, $0.comments.count) }.explain()
        #expect(
            plan == """
                SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)
                CORRELATED SCALAR SUBQUERY 1
                  SEARCH t1 USING COVERING INDEX comments_post_id_index (post_id=?)
                """)
    }

    // MARK: Locks

    @Test func aLockIsRefusedBySQLiteBeforeAnythingRuns() async throws {
        let sql = try await recorded { () async throws in
            #expect(await ormError { _ = try await Post.query.lock(.forUpdate).all() }?.code == .unsupported)
            #expect(
                await ormError { _ = try await Post.query.lock(.forUpdate, .skipLocked).first() }?.code == .unsupported)
            #expect(await ormError { _ = try await Post.query.lock(.forShare).last() }?.code == .unsupported)
            #expect(await ormError { _ = try await Post.query.lock(.forUpdate).get() }?.code == .unsupported)
            #expect(await ormError { _ = try await Post.query.lock(.forUpdate).inBulk([1]) }?.code == .unsupported)
            #expect(await ormError { _ = try await Post.query.lock(.forUpdate).count() }?.code == .unsupported)
            #expect(
                await ormError { _ = try await Post.query.lock(.forUpdate).select { $0.id }.all() }?.code
                    == .unsupported)
            #expect(
                await ormError { _ = try await Post.filter { $0.id.isIn(Post.query.lock(.forUpdate)) }.all() }?.code
                    == .unsupported)
            #expect(await ormError { try await Post.query.lock(.forUpdate).stream { _ in } }?.code == .unsupported)
            #expect(
                await ormError { _ = try await Post.query.lock(.forUpdate).page(limit: 1, offset: 0) }?.code
                    == .unsupported)
        }
        #expect(sql == [])
    }

    @Test func aLockEndsTheSelectWhereTheEngineHasOne() throws {
        let query = Tag.filter { $0.name == "orm" }.order { $0.id.asc }.limit(2)
        func sql(_ query: Query<Tag>) throws -> String { try query.statement(in: OtherDialect()).sql }
        let select = #"SELECT t0."id", t0."name" FROM "tags" AS t0 WHERE (t0."name" = $1) ORDER BY t0."id" LIMIT $2"#
        #expect(try sql(query.lock(.forUpdate)) == select + " FOR UPDATE")
        #expect(try sql(query.lock(.forUpdate, .skipLocked)) == select + " FOR UPDATE SKIP LOCKED")
        #expect(try sql(query.lock(.forShare, .noWait)) == select + " FOR SHARE NOWAIT")
    }

    @Test func whatAnEngineLacksIsRefused() throws {
        #expect(throws: ORMError.self) { try Tag.filter { $0.name.matches("a") }.statement(in: OtherDialect()) }
    }
}
