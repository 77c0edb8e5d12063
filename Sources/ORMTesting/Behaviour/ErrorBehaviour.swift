import ORM
import Testing

extension DriverBehaviour {
    /// What the database refuses, as the same errors on every engine.
    static let errors: [DriverBehaviour] = [
        DriverBehaviour(
            "a row that exists already is a unique violation that names its columns",
            aRowThatExistsAlreadyIsAUniqueViolationThatNamesItsColumns),
        DriverBehaviour(
            "a row that is not there, or still pointed to, is a foreign key violation",
            aRowThatIsNotThereOrStillPointedToIsAForeignKeyViolation),
        DriverBehaviour("a restricted row cannot be deleted", .people, aRestrictedRowCannotBeDeleted),
        DriverBehaviour("a value that is missing is a violation of NOT NULL", aValueThatIsMissingIsAViolationOfNOTNULL),
        DriverBehaviour("a check that fails names its constraint", aCheckThatFailsNamesItsConstraint),
        DriverBehaviour("a statement that makes no sense is a syntax error", aStatementThatMakesNoSenseIsASyntaxError),
        DriverBehaviour("the connection goes on after every error", theConnectionGoesOnAfterEveryError),
        DriverBehaviour(
            "an error in a savepoint leaves the transaction around it usable",
            anErrorInASavepointLeavesTheTransactionAroundItUsable),
        DriverBehaviour("rows that are not there, or too many, are said so", rowsThatAreNotThereOrTooManyAreSaidSo),
        DriverBehaviour(
            "what cannot be done is refused before anything is written",
            whatCannotBeDoneIsRefusedBeforeAnythingIsWritten),
        DriverBehaviour(
            "two programs that want the same rows take turns or are told to try again", opensTwice: true,
            twoProgramsThatWantTheSameRowsTakeTurnsOrAreToldToTryAgain),
    ]

    private static func aRowThatExistsAlreadyIsAUniqueViolationThatNamesItsColumns(_: BehaviourContext) async throws {
        let error = await ormError { try await User.create(username: "ada") }
        #expect(error?.code == .database)
        #expect(error?.database?.kind == .unique(columns: ["users.username"]))
        #expect(error?.isUniqueViolation == true)
        #expect(error?.isTransient == false)
        #expect(error?.httpStatus == 400)
        #expect(error?.database?.nativeCode.isEmpty == false)
        #expect(error?.database?.sql.hasPrefix("INSERT INTO") == true)
        #expect(error?.description.contains("ada") == false)
        let key = await ormError { try await Tag.create(id: 1, name: "x") }
        #expect(key?.database?.kind == .unique(columns: ["tags.id"]))
        let pair = await ormError { try await PostTag.create(post: .id(1), tag: .id(1)) }
        #expect(pair?.database?.kind == .unique(columns: ["post_tags.post_id", "post_tags.tag_id"]))
        let update = await ormError { try await User.filter { $0.id == 2 }.update(.set(\.username, "ada")) }
        #expect(update?.isUniqueViolation == true)
    }

    private static func aRowThatIsNotThereOrStillPointedToIsAForeignKeyViolation(_: BehaviourContext) async throws {
        let missing = await ormError { try await Post.create(title: "x", author: .id(99)) }
        #expect(missing?.database?.kind == .foreignKey)
        #expect(missing?.httpStatus == 400)
        let update = await ormError { try await Post.query.update(.set(\.author, .id(99))) }
        #expect(update?.database?.kind == .foreignKey)
    }

    private static func aRestrictedRowCannotBeDeleted(_: BehaviourContext) async throws {
        let error = await ormError { try await Person.get(1).delete() }
        #expect(error?.database?.kind == .foreignKey)
        #expect(try await Person.count() == 3)
    }

    private static func aValueThatIsMissingIsAViolationOfNOTNULL(_ test: BehaviourContext) async throws {
        let error = await ormError { try await test.execute("INSERT INTO tags (name) VALUES (NULL)") }
        #expect(error?.database?.kind == .notNull(column: "tags.name"))
        #expect(error?.httpStatus == 400)
    }

    private static func aCheckThatFailsNamesItsConstraint(_ test: BehaviourContext) async throws {
        try await test.db.run(
            script: "CREATE TABLE checked (n INTEGER, CONSTRAINT n_is_positive CHECK (n > 0))")
        let error = await ormError { try await test.execute("INSERT INTO checked (n) VALUES (0)") }
        #expect(error?.database?.kind == .check(constraint: "n_is_positive"))
        #expect(error?.httpStatus == 400)
    }

    private static func aStatementThatMakesNoSenseIsASyntaxError(_ test: BehaviourContext) async throws {
        let error = await ormError { try await test.execute("SELEC 1") }
        #expect(error?.database?.kind == .syntax)
        #expect(error?.httpStatus == 500)
        let table = await ormError { try await test.execute("DELETE FROM nowhere") }
        #expect(table?.database?.kind == .syntax)
    }

    private static func theConnectionGoesOnAfterEveryError(_ test: BehaviourContext) async throws {
        for sql in ["SELEC 1", "INSERT INTO tags (name) VALUES (NULL)", "DELETE FROM nowhere"] {
            _ = await ormError { try await test.execute(sql) }
            #expect(try await Tag.count() == 3)
        }
    }

    private static func anErrorInASavepointLeavesTheTransactionAroundItUsable(_ test: BehaviourContext) async throws {
        try await test.db.transaction { transaction in
            try await Tag.create(name: "before")
            let error = await ormError {
                try await transaction.transaction { _ in
                    try await Tag.create(name: "undone")
                    try await Tag.create(name: "swift")
                }
            }
            #expect(error?.isUniqueViolation == true)
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.filter { $0.id > 3 }.order { $0.name.asc }.all().map(\.name) == ["after", "before"])
    }

    private static func rowsThatAreNotThereOrTooManyAreSaidSo(_: BehaviourContext) async throws {
        let none = await ormError { _ = try await Tag.get(99) }
        #expect((none?.code, none?.httpStatus) == (.notFound, 404))
        let nothing = await ormError { _ = try await Tag.filter { $0.name == "none" }.get() }
        #expect(nothing?.code == .notFound)
        let many = await ormError { _ = try await Tag.query.get() }
        #expect((many?.code, many?.httpStatus) == (.multipleFound, 500))
    }

    private static func whatCannotBeDoneIsRefusedBeforeAnythingIsWritten(_ test: BehaviourContext) async throws {
        let post = try await Post.get(1)
        let comments = try await Comment.all()
        let queries = try await recordQueries { () async throws in
            let unsupported = await ormError { try await post.comments.add(comments) }
            #expect((unsupported?.code, unsupported?.httpStatus) == (.unsupported, 500))
            let invalid = await ormError {
                try await Post.create(title: String(repeating: "x", count: 21), author: .id(1))
            }
            #expect((invalid?.code, invalid?.httpStatus) == (.validationFailure, 422))
        }
        #expect(queries.map(\.sql) == [])
    }

    private static func twoProgramsThatWantTheSameRowsTakeTurnsOrAreToldToTryAgain(_ test: BehaviourContext)
        async throws
    {
        try await test.withSecondProgram { other in
            let db = test.db
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in [db, other] {
                    group.addTask {
                        for _ in 0..<20 { try await addView(on: database) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Post.get(1).viewCount == 45)
        }
    }

    /// Reads a number and writes the next one, as often as another program is in the way.
    private static func addView(on database: Database) async throws {
        while true {
            do {
                return try await database.transaction(.readWrite.isolated(.serializable)) { _ in
                    let count = try await Post.get(1).viewCount
                    await Task.yield()
                    try await Post.filter { $0.id == 1 }.update(.set(\.viewCount, count + 1))
                }
            } catch let error as ORMError where error.isTransient {
                await Task.yield()
            }
        }
    }
}
