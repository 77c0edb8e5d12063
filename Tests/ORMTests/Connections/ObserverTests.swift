import Logging
@testable import ORM
import ORMSQLite
import ORMTesting
import Synchronization
import Testing

@Suite struct ObserverTests {
    private func withDatabase(
        _ observers: [any QueryObserver], clock: any Clock<Duration> = ContinuousClock(),
        _ body: nonisolated(nonsending) (Database) async throws -> Void
    ) async throws {
        let db = try await Database.open(SQLiteDriver.inMemory, observers: observers, clock: clock)
        try await db.createSchema(for: guideModels)
        try await db.use { try await body(db) }
        await db.close()
    }

    @Test func everyObserverSeesStatementRowsErrorAndCallSite() async throws {
        let (first, second) = (QueryLog(), QueryLog())
        try await withDatabase([first, second], clock: ManualClock()) { db in
            let site = CallSite(line: #line + 1)
            try await Tag.insert([.init(name: "a"), .init(name: "b")])
            #expect(site.description == "ORMTests/ObserverTests.swift:\(site.line)")
            _ = try await Tag.filter { $0.name == "a" }.all()
            _ = try await Tag.query.update(.set(\.name) { $0.name })
            _ = await ormError { try await Tag.insert(.init(name: "a")) }
            #expect(first.queries.map(\.site) == [site, site.line(+2), site.line(+3), site.line(+4)])
            #expect(first.queries.map(\.rows) == [2, 1, 2, 0])
            #expect(first.queries.map { ($0.error as? ORMError)?.isUniqueViolation } == [nil, nil, nil, true])
            #expect(first.queries.map(\.duration) == [.zero, .zero, .zero, .zero])
            #expect(
                first.sql == [
                    #"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#,
                    #"SELECT t0."id", t0."name" FROM "tags" AS t0 WHERE (t0."name" = ?)"#,
                    #"UPDATE "tags" AS t0 SET "name" = t0."name""#, #"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#,
                ])
            #expect(second.sql == first.sql)
        }
    }

    @Test func theCallSiteIsThatOfTheVerbHoweverItRuns() async throws {
        let log = QueryLog()
        try await withDatabase([log]) { db in
            let ada = try await User.insert(.init(username: "ada"))
            try await Post.insert(.init(title: "One", author: .init(ada)))
            let post = try await Post.get(1)
            let tag = try await Tag.insert(.init(name: "a"))
            log.clear()
            let site = CallSite(line: #line + 2)
            try await db.transaction { transaction in
                _ = try await Post.query.get()
                _ = try await Post.get(1)
                _ = try await Post.prefetch(\.author, \.tags).all()
                _ = try await Post.query.page(limit: 1, offset: 0)
                _ = try await Post.query.sum { $0.viewCount }
                _ = try await Post.select { $0.id }.first()
                _ = try await post.author(on: transaction)
                try await post.tags.add([tag])
                try await post.tags.clear()
                _ = try await Tag.getOrCreate(.init(name: "a"), on: \.name)
                _ = try await Rows<Int>.raw("SELECT 1").all()
            }
            #expect(
                log.queries.map { Int($0.site?.line ?? 0) - Int(site.line) } == [
                    0, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10,
                ])
            #expect(Set(log.queries.map(\.site?.file)) == ["ORMTests/ObserverTests.swift"])
        }
    }

    @Test func aStatementOnALeaseHasNoCallSite() async throws {
        let log = QueryLog()
        try await withDatabase([log]) { db in
            try await db.withLease(.readOnly) { lease in _ = try await lease.execute(Statement("SELECT 1")) }
            #expect(log.queries.map(\.site) == [nil])
        }
    }

    @Test func transactionsScriptsAndStreamsAreSeenToo() async throws {
        let log = QueryLog()
        try await withDatabase([log]) { db in
            #expect(log.everything.map(\.kind) == [.script])
            log.clear()
            try await db.transaction { transaction in
                try await Tag.create(name: "a")
                _ = try? await transaction.transaction { _ in throw Broken() }
                try await transaction.transaction { _ in }
            }
            _ = try? await db.transaction(.readOnly) { _ in throw Broken() }
            let insert = #"INSERT INTO "tags" ("id", "name") VALUES (?, ?)"#
            #expect(
                log.everything.map(\.sql) == [
                    "BEGIN IMMEDIATE", insert, "SAVEPOINT orm_1", "ROLLBACK TO SAVEPOINT orm_1",
                    "RELEASE SAVEPOINT orm_1", "SAVEPOINT orm_1", "RELEASE SAVEPOINT orm_1", "COMMIT", "BEGIN",
                    "ROLLBACK",
                ])
            #expect(log.everything.filter { $0.kind == .transaction }.count == 9)
            #expect(log.sql == [insert])
            log.clear()
            try await Tag.query.stream(batch: 1) { tags in for try await _ in tags {} }
            #expect(log.everything.map(\.kind) == [.transaction, .cursor, .batch, .batch, .transaction])
            #expect(log.everything.map(\.rows) == [0, 0, 1, 0, 0])
            log.clear()
            _ = try? await db.run(script: "DROP TABLE nowhere")
            #expect(log.everything.map { ($0.error as? ORMError)?.database?.kind } == [.syntax])
            #expect(log.queries.isEmpty)
        }
    }

    @Test func aStatementForManyRowsTellsHowManyItChanged() async throws {
        let log = QueryLog()
        try await withDatabase([log]) { _ in
            try await Tag.insert([.init(name: "a"), .init(name: "b")])
            log.clear()
            try await Tag.insert([.init(name: "a"), .init(name: "b"), .init(name: "c")], onConflict: .ignore)
            #expect(log.queries.map(\.rows) == [1])
        }
    }

    // MARK: Slow queries

    @Test func slowStatementsAreWarnedOfWithoutTheirValues() async throws {
        let records = Shared<[String]>([])
        var logger = Logger(label: "test") { _ in Recorder(records: records) }
        logger.logLevel = .trace
        let log = SlowQueryLog(threshold: .milliseconds(200), logger)
        let site = CallSite(line: 7)
        log.didRun(ObservedQuery(sql: "SELECT ?", duration: .microseconds(199_999), rows: 1, site: site))
        log.didRun(ObservedQuery(sql: "SELECT ?", duration: .milliseconds(200), rows: 1, site: site))
        log.didRun(
            ObservedQuery(sql: "SELEC ?", duration: .seconds(1), rows: 0, error: ORMError(.notFound, "no row")))
        #expect(
            records.value == [
                "warning: slow query, 200 ms [rows=1 site=ORMTests/ObserverTests.swift:7 sql=SELECT ?]",
                "warning: slow query, 1000 ms [error=no row rows=0 sql=SELEC ?]",
            ])
        try await withDatabase([SlowQueryLog(threshold: .zero, logger)]) { _ in
            records.change { $0 = [] }
            _ = try await Tag.filter { $0.name == "secret" }.all()
        }
        #expect(records.value.count == 1)
        #expect(records.value.allSatisfy { $0.contains(#"WHERE (t0."name" = ?)"#) && !$0.contains("secret") })
    }

    private struct Recorder: LogHandler {
        let records: Shared<[String]>
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(records: Shared<[String]>) { self.records = records }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
                .joined(separator: " ")
            records.change { $0.append("\(event.level): \(event.message) [\(details)]") }
        }
    }

    // MARK: Repeated statements

    @Test func aStatementInALoopIsReportedOnceInEachScope() async throws {
        let reports = Shared<[RepeatedQueries.Report]>([])
        let detector = RepeatedQueries(times: 3) { report in reports.change { $0.append(report) } }
        try await withDatabase([detector]) { db in
            try await Tag.insert((1...9).map { Tag.New(name: "\($0)") })
            for id in 1...2 { _ = try await Tag.get(id) }
            #expect(reports.value == [])
            let site = CallSite(line: #line + 1)
            for id in 3...9 { _ = try await Tag.get(id) }
            let sql = #"SELECT t0."id", t0."name" FROM "tags" AS t0 WHERE (t0."id" = ?)"#
            #expect(
                reports.value.map(\.description) == [
                    "\(site) has run the same statement 3 times: prefetch, or ask once for all: \(sql)"
                ])
            #expect(reports.value.map(\.count) == [3])
            // Child tasks and transactions belong to the scope; another scope counts anew.
            try await Task { _ = try await Tag.count() }.value
            try await db.transaction { _ in _ = try await Tag.count() }
            try await db.use { _ = try await Tag.count() }
            #expect(reports.value.count == 1)
            _ = try await Tag.count()
            #expect(reports.value.map(\.sql) == [sql, #"SELECT COUNT(*) FROM "tags" AS t0"#])
        }
    }

    @Test func requestsWithScopesOfTheirOwnAreNotCountedTogether() async throws {
        let reports = Shared(0)
        try await withDatabase([RepeatedQueries(times: 2) { _ in reports.change { $0 += 1 } }]) { db in
            try await withThrowingTaskGroup(of: Void.self) { requests in
                for _ in 0..<10 { requests.addTask { try await db.use { _ = try await Tag.count() } } }
                try await requests.waitForAll()
            }
            #expect(reports.value == 0)
        }
    }

    @Test func rowsThatAreWrittenTogetherAndStreamsCountOnce() async throws {
        let reports = Shared<[RepeatedQueries.Report]>([])
        let detector = RepeatedQueries(times: 2) { report in reports.change { $0.append(report) } }
        try await withTestDatabase(SQLiteDriver.inMemory, [Tag.self], observers: [detector]) { _ in
            let tags = (1...10).map { Tag.New(name: "\($0)") }
            try await Tag.insert(tags)
            try await expectQueries(exactly: 1) { () async throws in
                let stored = try await Tag.insert(tags, onConflict: .update(\.name, on: \.name))
                #expect(stored.map(\.id) == Array(1...10))
            }
            try await Tag.query.stream(batch: 3) { rows in for try await _ in rows {} }
            #expect(reports.value == [])
            try await Tag.query.stream(batch: 3) { rows in for try await _ in rows {} }
            #expect(reports.value.count == 1)
        }
    }

    @Test func twoDetectorsCountForThemselves() async throws {
        let (two, three) = (Shared(0), Shared(0))
        try await withDatabase([
            RepeatedQueries(times: 0) { _ in two.change { $0 += 1 } },
            RepeatedQueries(times: 3) { _ in three.change { $0 += 1 } },
        ]) { _ in
            _ = (try await Tag.count(), try await Tag.count())
            #expect((two.value, three.value) == (1, 0))
            _ = try await Tag.count()
            #expect((two.value, three.value) == (1, 1))
        }
    }

    // MARK: Counting in tests

    @Test(.blog) func countsAreAnUpperBoundOrExact() async throws {
        try await expectQueries(exactly: 2) { () async throws in
            _ = try await Post.count()
            _ = try await Tag.count()
        }
        let fewer = await #expect(throws: UnexpectedQueries.self) {
            try await expectQueries(exactly: 2) { _ = try await Tag.count() }
        }
        #expect(
            fewer?.description == """
                expected exactly 2 statements, 1 ran:
                  1. SELECT COUNT(*) FROM "tags" AS t0
                """)
        let none = await #expect(throws: UnexpectedQueries.self) { try await expectQueries(exactly: 1) {} }
        #expect(none?.description == "expected exactly 1 statements, 0 ran:")
        #expect(try await expectQueries(exactly: 0) { 7 } == 7)
        let outside = await Task.detached { await ormError { try await expectQueries(exactly: 0) {} } }.value
        #expect(outside?.code == .configuration)
    }
}

extension CallSite {
    /// So many lines below.
    fileprivate func line(_ distance: Int) -> CallSite { CallSite(line: UInt(Int(line) + distance)) }
}
