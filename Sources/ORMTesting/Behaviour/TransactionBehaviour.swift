import ORM
import Testing

extension DriverBehaviour {
    /// Commit, rollback and savepoints.
    static let transactions: [DriverBehaviour] = [
        DriverBehaviour("a transaction that returns is committed", aTransactionThatReturnsIsCommitted),
        DriverBehaviour(
            "a transaction that throws is rolled back and its error comes out unchanged",
            aTransactionThatThrowsIsRolledBackAndItsErrorComesOutUnchanged),
        DriverBehaviour(
            "savepoints nest five deep and undo only what is in them", savepointsNestFiveDeepAndUndoOnlyWhatIsInThem),
        DriverBehaviour(
            "a nested transaction of the database is a savepoint", aNestedTransactionOfTheDatabaseIsASavepoint),
        DriverBehaviour(
            "an outer transaction used inside an inner one means the inner one",
            anOuterTransactionUsedInsideAnInnerOneMeansTheInnerOne),
        DriverBehaviour(
            "using the database inside its transaction means the transaction",
            usingTheDatabaseInsideItsTransactionMeansTheTransaction),
        DriverBehaviour("a read only transaction refuses to write", aReadOnlyTransactionRefusesToWrite),
        DriverBehaviour(
            "a read only transaction refuses statements that write",
            aReadOnlyTransactionRefusesStatementsThatWrite),
        DriverBehaviour(
            "nothing is written after the engine has ended the transaction",
            nothingIsWrittenAfterTheEngineHasEndedTheTransaction),
    ]

    private static func aTransactionThatReturnsIsCommitted(_ test: BehaviourContext) async throws {
        let db = test.db
        let id = try await db.transaction { _ in try await Tag.create(name: "new").id }
        #expect(try await Tag.get(id).name == "new")
    }

    private static func aTransactionThatThrowsIsRolledBackAndItsErrorComesOutUnchanged(_ test: BehaviourContext)
        async throws
    {
        let db = test.db
        let error = await #expect(throws: Broken.self) {
            try await db.transaction { _ in
                try await Tag.create(name: "new")
                throw Broken(number: 7)
            }
        }
        #expect(error == Broken(number: 7))
        #expect(try await Tag.count() == 3)
    }

    private static func savepointsNestFiveDeepAndUndoOnlyWhatIsInThem(_ test: BehaviourContext) async throws {
        let db = test.db
        try await db.transaction { first in
            try await Tag.create(name: "1")
            try await first.transaction { second in
                try await Tag.create(name: "2")
                _ = try? await second.transaction { third in
                    try await Tag.create(name: "3")
                    try await third.transaction { fourth in
                        try await Tag.create(name: "4")
                        try await fourth.transaction { _ in _ = try await Tag.create(name: "5") }
                    }
                    #expect(try await Tag.count() == 8)
                    throw Broken(number: 3)
                }
                #expect(try await Tag.count() == 5)
            }
        }
        #expect(try await Tag.filter { $0.id > 3 }.order { $0.id.asc }.all().map(\.name) == ["1", "2"])
    }

    private static func aNestedTransactionOfTheDatabaseIsASavepoint(_ test: BehaviourContext) async throws {
        let db = test.db
        let sql = try await recordQueries { () async throws in
            try await db.transaction { _ in
                _ = try? await db.transaction { _ in
                    try await Tag.create(name: "inner")
                    throw Broken(number: 1)
                }
                try await Tag.create(name: "outer")
            }
        }
        #expect(sql.count == 2)
        #expect(try await Tag.filter { $0.id > 3 }.all().map(\.name) == ["outer"])
    }

    private static func anOuterTransactionUsedInsideAnInnerOneMeansTheInnerOne(_ test: BehaviourContext) async throws {
        let db = test.db
        try await db.transaction { (outer) async throws -> Void in
            _ = try? await outer.transaction { _ in
                try await Tag.create(name: "inside", on: outer)
                try await outer.transaction { _ in _ = try await Tag.create(name: "deeper") }
                throw Broken(number: 1)
            }
            #expect(try await Tag.count() == 3)
        }
    }

    private static func usingTheDatabaseInsideItsTransactionMeansTheTransaction(_ test: BehaviourContext) async throws {
        let db = test.db
        _ = try? await db.transaction { _ in
            try await db.use { _ = try await Tag.create(name: "x") }
            throw Broken(number: 1)
        }
        #expect(try await Tag.count() == 3)
    }

    private static func aReadOnlyTransactionRefusesToWrite(_ test: BehaviourContext) async throws {
        let db = test.db
        try await db.transaction(.readOnly) { transaction in
            #expect(try await Tag.count() == 3)
            #expect(await ormError { _ = try await Tag.create(name: "x") }?.code == .configuration)
            #expect(await ormError { try await transaction.transaction { _ in } }?.code == .configuration)
            try await transaction.transaction(.readOnly) { (_) async throws -> Void in
                #expect(try await Tag.count() == 3)
            }
        }
        try await db.transaction { transaction in
            try await transaction.transaction(.readOnly) { (_) async throws -> Void in
                #expect(await ormError { _ = try await Tag.create(name: "x") }?.code == .configuration)
            }
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.count() == 4)
    }

    private static func aReadOnlyTransactionRefusesStatementsThatWrite(_ test: BehaviourContext) async throws {
        let error = await ormError {
            try await test.db.transaction(.readOnly) { transaction in
                try await transaction.withLease(.readOnly) { lease in
                    _ = try await lease.execute(Statement("DELETE FROM post_tags"))
                }
            }
        }
        #expect(error?.code == .database)
        #expect(try await PostTag.count() == 3)
        try await test.db.transaction { _ in try await PostTag.query.delete() }
        #expect(try await PostTag.count() == 0)
    }

    private static func nothingIsWrittenAfterTheEngineHasEndedTheTransaction(_ test: BehaviourContext) async throws {
        let db = test.db
        let error = await ormError {
            try await db.transaction { transaction in
                try await Tag.create(name: "before")
                _ = try? await transaction.withLease(.readWrite) { lease in
                    try await lease.execute(Statement("ROLLBACK"))
                }
                #expect(await ormError { _ = try await Tag.create(name: "after") }?.code == .transactionFinished)
                #expect(await ormError { try await transaction.transaction { _ in } }?.code == .transactionFinished)
            }
        }
        #expect(error?.code == .database)
        #expect(try await Tag.count() == 3)
    }
}
