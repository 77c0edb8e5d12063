import ORM
import ORMSQLite
import ORMTesting
import Testing

/// Every code, provoked by what a program does; `.migration` belongs to ORMMigrations.
@Suite(.blog) struct ORMErrorTests {
    @Test func aRowThatIsNotThere() async throws {
        let error = await ormError { _ = try await Post.get(99) }
        #expect((error?.code, error?.httpStatus, error?.description) == (.notFound, 404, "no Post has this id"))
    }

    @Test func moreRowsThanOne() async throws {
        let error = await ormError { _ = try await Post.query.get() }
        #expect(
            (error?.code, error?.httpStatus, error?.description)
                == (.multipleFound, 500, "more than one Post matches the query"))
    }

    @Test func aRelationThatIsNotLoaded() async throws {
        let post = try await Post.get(1)
        let one = await ormError { _ = try post.author.username }
        #expect((one?.code, one?.relation, one?.httpStatus) == (.relationNotLoaded, "Post.author", 500))
        let many = await ormError { _ = try post.tags.items }
        #expect(many?.relation == "Post.tags")
    }

    @Test func aRuleThatIsBroken() async throws {
        let error = await ormError { try await Post.create(title: String(repeating: "x", count: 21), author: .id(1)) }
        #expect((error?.code, error?.httpStatus) == (.validationFailure, 422))
        #expect(error?.violations == [Violation(field: "posts.title", rule: "max(20)")])
        #expect(error?.description == "posts.title is longer than 20 characters (21)")
    }

    @Test func aStatementThatTheDatabaseRefuses() async throws {
        let error = await ormError { try await Tag.create(name: "swift") }
        #expect((error?.code, error?.httpStatus) == (.database, 400))
        #expect(
            error?.database
                == DatabaseFailure(
                    kind: .unique(columns: ["tags.name"]), nativeCode: "2067",
                    sql: #"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#))
        #expect(
            error?.description == """
                a row with this tags.name exists already [SQL: INSERT INTO "tags" ("id", "name") VALUES (?, ?)]
                """)
    }

    @Test func aTransactionThatHasEnded() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        let escaped = try await db.transaction { transaction in transaction }
        let error = await ormError { _ = try await Tag.count(on: escaped) }
        #expect((error?.code, error?.httpStatus) == (.transactionFinished, 500))
        await db.close()
    }

    @Test func aConnectionThatDoesNotComeInTime() async throws {
        let clock = ManualClock()
        let db = try await Database.open(SQLiteDriver.inMemory(acquireTimeout: .seconds(1)), clock: clock)
        try await db.withLease(.readWrite) { _ in
            let waiter = Task.detached { await ormError { _ = try await Tag.count(on: db) } }
            await clock.waitForSleepers()
            clock.advance(by: .seconds(1))
            let error = await waiter.value
            #expect((error?.code, error?.httpStatus) == (.poolTimeout, 503))
        }
        await db.close()
    }

    @Test func somethingThatCannotBeDone() async throws {
        let post = try await Post.get(1)
        let error = await ormError { try await post.comments.clear() }
        #expect((error?.code, error?.httpStatus) == (.unsupported, 500))
        #expect(error?.unsupported == UnsupportedFeature("clear on a relation without a pivot"))
    }

    @Test func aSetUpThatMakesNoSense() async throws {
        let error = await ormError { _ = try SQLiteDriver(url: "sqlite://") }
        #expect((error?.code, error?.httpStatus) == (.configuration, 500))
    }

    @Test(
        arguments: [
            (.unique(columns: []), 400, false), (.foreignKey, 400, false), (.notNull(column: ""), 400, false),
            (.check(constraint: ""), 400, false), (.serialization, 503, true), (.deadlock, 503, true),
            (.lockTimeout, 503, true), (.unavailable, 503, false), (.syntax, 500, false), (.other, 500, false),
        ] as [(DatabaseFailure.Kind, Int, Bool)])
    func everyFailureOfTheDatabaseHasItsStatus(_ kind: DatabaseFailure.Kind, _ status: Int, _ isTransient: Bool) {
        let failure = DatabaseFailure(kind: kind, nativeCode: "1", sql: "")
        let error = ORMError(.database, "refused", database: failure)
        #expect((error.httpStatus, error.isTransient, error.description) == (status, isTransient, "refused"))
    }

    @Test func anErrorMayCarryWhatIsBehindIt() {
        let error = ORMError.validation("posts.title", rule: "spelling", "is misspelt", underlying: Broken(number: 3))
        #expect(error.underlying as? Broken == Broken(number: 3))
        #expect(error.description == "posts.title is misspelt")
        let other = ORMError.unsupported("SKIP LOCKED", dialect: "sqlite", "SQLite locks no rows")
        #expect(other.unsupported == UnsupportedFeature("SKIP LOCKED", dialect: "sqlite"))
    }
}
