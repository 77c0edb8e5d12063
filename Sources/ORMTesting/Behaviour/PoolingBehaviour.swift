import ORM
import Testing

extension DriverBehaviour {
    /// Many scopes and few connections.
    static let pooling: [DriverBehaviour] = [
        DriverBehaviour(
            "everything inside a transaction does with its one connection",
            everythingInsideATransactionDoesWithItsOneConnection),
        DriverBehaviour("a scope that gets no connection in time says so", aScopeThatGetsNoConnectionInTimeSaysSo),
        DriverBehaviour(
            "waiting transactions begin in the order they came", waitingTransactionsBeginInTheOrderTheyCame),
        DriverBehaviour("64 tasks that read and write lose nothing", manyTasksThatReadAndWriteLoseNothing),
        DriverBehaviour("a closed database refuses every verb", aClosedDatabaseRefusesEveryVerb),
    ]

    private static func everythingInsideATransactionDoesWithItsOneConnection(_ test: BehaviourContext) async throws {
        let db = test.db
        try await db.transaction { outer in
            try await Tag.create(name: "outer")
            try await db.transaction { inner in
                try await Tag.create(name: "inner")
                try await outer.transaction { _ in _ = try await Tag.create(name: "innermost") }
                #expect(try await Tag.query.page(limit: 1, offset: 0, on: inner).total == 6)
            }
            try await Tag.insert([.init(name: "a"), .init(name: "b")])
            let posts = try await Post.prefetch(\.author, \.comments.author, \.tags).all()
            try await posts[1].tags.add(try await Tag.all())
            #expect(try await posts[0].author().username == "ada")
            #expect(try await Tag.getOrCreate(.init(name: "a"), on: \.name).created == false)
            #expect(db.waitingCount == 0)
        }
        #expect(try await Tag.filter { $0.posts.any { $0.id == 2 } }.count() == 8)
    }

    private static func aScopeThatGetsNoConnectionInTimeSaysSo(_ test: BehaviourContext) async throws {
        let db = test.db
        let timeout = test.driver.pool.acquireTimeout
        try await test.holdingAllWriters {
            let waiter = Task.detached { await ormError { try await Tag.create(name: "late", on: db) } }
            await test.clock.waitForSleepers()
            // Its alarm may be set a moment before it waits itself.
            while db.waitingCount == 0 { await Task.yield() }
            test.clock.advance(by: timeout - .milliseconds(1))
            #expect(db.waitingCount == 1)
            test.clock.advance(by: .milliseconds(1))
            let error = await waiter.value
            #expect(error?.code == .poolTimeout)
            #expect(error?.httpStatus == 503)
        }
        try await Tag.create(name: "in time")
        #expect(try await Tag.count() == 4)
    }

    private static func waitingTransactionsBeginInTheOrderTheyCame(_ test: BehaviourContext) async throws {
        let db = test.db
        let tasks = try await test.holdingAllWriters {
            var tasks: [Task<Void, any Error>] = []
            for number in 1...8 {
                tasks.append(
                    Task.detached { try await db.transaction { _ in _ = try await Tag.create(name: "\(number)") } })
                while db.waitingCount < number { await Task.yield() }
            }
            return tasks
        }
        for task in tasks { try await task.value }
        // With several writers at once only the beginnings are in order.
        let names = try await Tag.filter { $0.id > 3 }.order { $0.id.asc }.all().map(\.name)
        #expect(test.driver.limit(of: .writer) > 1 ? Set(names).count == 8 : names == (1...8).map { "\($0)" })
    }

    private static func manyTasksThatReadAndWriteLoseNothing(_ test: BehaviourContext) async throws {
        let db = test.db
        let counter = try await Post.create(title: "counter", author: .id(1))
        await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    try await Tag.create(name: "tag \(number)")
                    try await Post.filter { $0.id == counter.id }.update(.set(\.viewCount) { $0.viewCount + 1 })
                    #expect(try await Tag.filter { $0.name == "tag \(number)" }.exists())
                    try await db.transaction { transaction in
                        let user = try await User.create(username: "user \(number)")
                        try await Post.create(title: "post \(number)", author: .init(user), on: transaction)
                        await Task.yield()
                        #expect(try await User.filter { $0.id == user.id && $0.posts.count == 1 }.exists())
                        if number % 4 == 0 { throw Broken(number: number) }
                    }
                }
            }
            while let result = await group.nextResult() {
                if case .failure(let error) = result { #expect(error is Broken) }
            }
        }
        #expect(try await Post.get(counter.id).viewCount == 64)
        #expect(try await Tag.filter { $0.name.hasPrefix("tag ") }.count() == 64)
        #expect(try await User.filter { $0.username.hasPrefix("user ") }.count() == 48)
        #expect(try await Post.filter { $0.title.hasPrefix("post ") }.count() == 48)
    }

    private static func aClosedDatabaseRefusesEveryVerb(_ test: BehaviourContext) async throws {
        try await withTestDatabase(test.driver, []) { db in
            await db.close()
            let errors = [
                await ormError { _ = try await Tag.count(on: db) },
                await ormError { try await db.transaction { _ in } },
                await ormError { try await db.run(script: "SELECT 1") },
            ]
            #expect(errors.map { $0?.code } == [.configuration, .configuration, .configuration])
        }
    }
}
