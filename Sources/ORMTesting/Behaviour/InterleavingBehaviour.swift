import ORM
import Testing

extension DriverBehaviour {
    /// Tasks that share a database or a transaction, and tasks that outlive it.
    static let interleaving: [DriverBehaviour] = [
        DriverBehaviour(
            "child tasks share a transaction without interleaving inside savepoints",
            childTasksShareATransactionWithoutInterleavingInsideSavepoints),
        DriverBehaviour(
            "a task that outlives its transaction cannot write", aTaskThatOutlivesItsTransactionCannotWrite),
        DriverBehaviour("a lease cannot be used after its scope", aLeaseCannotBeUsedAfterItsScope),
        DriverBehaviour("a lease of a transaction ends with its turn", aLeaseOfATransactionEndsWithItsTurn),
        DriverBehaviour(
            "a task from a finished savepoint may still use the open transaction by name",
            aTaskFromAFinishedSavepointMayStillUseTheOpenTransactionByName),
        DriverBehaviour(
            "the database by name is refused inside its own transaction",
            theDatabaseByNameIsRefusedInsideItsOwnTransaction),
    ]

    private static func childTasksShareATransactionWithoutInterleavingInsideSavepoints(_ test: BehaviourContext)
        async throws
    {
        let db = test.db
        let log = Shared<[String]>([])
        try await db.transaction { transaction in
            await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await transaction.transaction { _ in
                            log.change { $0.append("begin \(number)") }
                            for step in 0..<5 {
                                try await Tag.create(name: "\(number).\(step)")
                                await Task.yield()
                            }
                            log.change { $0.append("end \(number)") }
                            if number % 2 == 1 { throw Broken(number: number) }
                        }
                    }
                }
                while let result = await group.nextResult() {
                    if case .failure(let error) = result { #expect(error is Broken) }
                }
            }
        }
        let entries = log.value
        for index in stride(from: 0, to: entries.count, by: 2) {
            #expect(entries[index].replacing("begin", with: "end") == entries[index + 1])
        }
        #expect(try await Tag.filter { $0.id > 3 }.count() == 20)
        #expect(try await Tag.filter { $0.name.contains(".") && $0.name.hasPrefix("1") }.count() == 0)
    }

    private static func aTaskThatOutlivesItsTransactionCannotWrite(_ test: BehaviourContext) async throws {
        let db = test.db
        let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
        let escaped = try await db.transaction { transaction in
            Task {
                for await _ in mayGo { break }
                let ambient = await ormError { _ = try await Tag.create(name: "late") }
                let explicit = await ormError { _ = try await Tag.create(name: "late", on: transaction) }
                let nested = await ormError { try await transaction.transaction { _ in } }
                let again = await ormError { try await db.transaction { _ in } }
                return [ambient?.code, explicit?.code, nested?.code, again?.code]
            }
        }
        go.yield()
        #expect(
            await escaped.value == [
                .transactionFinished, .transactionFinished, .transactionFinished, .transactionFinished,
            ])
        #expect(try await Tag.count() == 3)
    }

    private static func aLeaseOfATransactionEndsWithItsTurn(_ test: BehaviourContext) async throws {
        try await test.db.transaction { transaction in
            let escaped = try await transaction.withLease(.readWrite) { $0 }
            let error = await ormError { _ = try await escaped.execute(Statement("DELETE FROM tags")) }
            #expect(error?.code == .transactionFinished)
            try await transaction.transaction { inner in
                let nested = try await inner.withLease(.readWrite) { $0 }
                let error = await ormError { _ = try await nested.execute(Statement("DELETE FROM tags")) }
                #expect(error?.code == .transactionFinished)
            }
            try await Tag.create(name: "after")
        }
        #expect(try await Tag.count() == 4)
    }

    private static func aLeaseCannotBeUsedAfterItsScope(_ test: BehaviourContext) async throws {
        let db = test.db
        let lease = try await db.withLease(.readWrite) { lease in lease }
        let error = await ormError { _ = try await lease.execute(Statement("DELETE FROM tags")) }
        #expect(error?.code == .transactionFinished)
        let other = try await db.transaction { transaction in
            try await transaction.withLease(.readWrite) { lease in lease }
        }
        #expect(
            await ormError { _ = try await other.execute(Statement("DELETE FROM tags")) }?.code
                == .transactionFinished)
        #expect(try await Tag.count() == 3)
    }

    private static func aTaskFromAFinishedSavepointMayStillUseTheOpenTransactionByName(_ test: BehaviourContext)
        async throws
    {
        let db = test.db
        try await db.transaction { outer in
            let (mayGo, go) = AsyncStream.makeStream(of: Void.self)
            let task = try await outer.transaction { _ in
                Task {
                    for await _ in mayGo { break }
                    return try await Tag.create(name: "by name", on: outer).name
                }
            }
            go.yield()
            #expect(try await task.value == "by name")
        }
    }

    private static func theDatabaseByNameIsRefusedInsideItsOwnTransaction(_ test: BehaviourContext) async throws {
        let db = test.db
        try await db.transaction { (_) async throws -> Void in
            #expect(await ormError { _ = try await Tag.create(name: "x", on: db) }?.code == .configuration)
            #expect(await ormError { _ = try await Tag.count(on: db) }?.code == .configuration)
            #expect(
                await ormError { try await Tag.insert([.init(name: "x"), .init(name: "y")], on: db) }?.code
                    == .configuration)
            #expect(
                await ormError { _ = try await Tag.query.page(limit: 1, offset: 0, on: db) }?.code == .configuration
            )
            #expect(await ormError { try await db.run(script: "DELETE FROM tags") }?.code == .configuration)
        }
        #expect(try await Tag.count() == 3)
    }
}
