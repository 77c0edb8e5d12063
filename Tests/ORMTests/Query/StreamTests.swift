@testable import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.withTags((1...10).map { "tag\($0)" })) struct StreamTests {
    @Test func rowsComeInBatchesInTheQuerysOrder() async throws {
        let queries = try await recordQueries { () async throws in
            let names = try await Tag.filter { $0.id < 8 }.order { $0.id.desc }.stream(batch: 3) { tags in
                var names: [String] = []
                for try await tag in tags { names.append(tag.name) }
                return names
            }
            #expect(names == ["tag7", "tag6", "tag5", "tag4", "tag3", "tag2", "tag1"])
        }
        #expect(
            Set(queries.map(\.sql)) == [
                #"SELECT t0."id", t0."name" FROM "tags" AS t0 WHERE (t0."id" < ?) ORDER BY t0."id" DESC"#
            ])
        #expect(queries.map(\.rows) == [3, 3, 1])
    }

    @Test(arguments: [1, 2, 5, 10, 11, 1000, 0, -1]) func everyBatchSizeGivesTheSameRows(size: Int) async throws {
        let ids = try await Tag.order { $0.id.asc }.stream(batch: size) { tags in
            try await tags.reduce(into: []) { $0.append($1.id) }
        }
        #expect(ids == Array(1...10))
        let none = try await Tag.filter { $0.id > 99 }.stream(batch: size) {
            try await $0.reduce(0) { sum, _ in sum + 1 }
        }
        #expect(none == 0)
    }

    @Test func tuplesAndMappedRowsAreStreamedToo() async throws {
        let pairs = try await Tag.select { ($0.id, $0.name) }.order { id, _ in id.asc }.limit(3).stream(batch: 2) {
            rows in
            try await rows.reduce(into: []) { $0.append("\($1.0) \($1.1)") }
        }
        #expect(pairs == ["1 tag1", "2 tag2", "3 tag3"])
        let mapped = try await Tag.order { $0.id.asc }.select { $0.id }.map { $0 * 2 }.stream(batch: 4) { rows in
            try await rows.reduce(into: []) { $0.append($1) }
        }
        #expect(mapped == (1...10).map { $0 * 2 })
    }

    @Test(.blog) func eachBatchLoadsItsRelations() async throws {
        let queries = try await recordQueries { () async throws in
            let authors = try await Post.query.prefetch(\.author, \.comments).stream(batch: 3) { posts in
                var authors: [String] = []
                for try await post in posts {
                    authors.append("\(try post.author.username) \(try post.comments.items.count)")
                }
                return authors
            }
            #expect(authors == ["ada 3", "ada 0", "bob 1", "bob 0"])
        }
        #expect(queries.count == 6)
        #expect(queries.map(\.rows) == [3, 2, 4, 1, 1, 0])
    }

    @Test func otherStatementsRunBetweenTheRows() async throws {
        try await boundSession(nil).transaction(.readWrite) { _ in
            let total = try await Tag.order { $0.id.asc }.stream(batch: 2) { tags in
                var total = 0
                for try await tag in tags {
                    total += try await Tag.filter { $0.id <= tag.id }.count()
                    try await Post.filter { $0.id == tag.id }.delete()
                    _ = try await Tag.order { $0.id.asc }.stream(batch: 1) { try await $0.first { _ in true } }
                }
                return total
            }
            #expect(total == 55)
        }
    }

    @Test func aStreamOfItsOwnReadsOneSnapshotAndRefusesToWrite() async throws {
        try await withFile { path in
            let db = try await Database.open(SQLiteDriver(path: path))
            try await db.createSchema(for: guideModels)
            try await Tag.insert((1...6).map { Tag.New(name: "t\($0)") }, on: db)
            let names = try await Tag.order { $0.id.asc }.stream(batch: 2, on: db) { tags in
                var names: [String] = []
                for try await tag in tags {
                    if tag.id == 1 {
                        // Another connection changes what is still to come.
                        let writer = try await Database.open(SQLiteDriver(path: path))
                        try await Tag.filter { $0.id == 6 }.update(.set(\.name, "changed"), on: writer)
                        try await Tag.filter { $0.id == 5 }.delete(on: writer)
                        await writer.close()
                        #expect(await ormError { try await Tag.filter { $0.id == 1 }.delete() }?.code == .configuration)
                    }
                    names.append(tag.name)
                }
                return names
            }
            #expect(names == ["t1", "t2", "t3", "t4", "t5", "t6"])
            #expect(try await Tag.count(on: db) == 5)
            await db.close()
        }
    }

    @Test func aStreamMayBeReadTwice() async throws {
        let counts = try await Tag.query.stream(batch: 3) { tags in
            let first = try await tags.reduce(0) { count, _ in count + 1 }
            let second = try await tags.reduce(0) { count, _ in count + 1 }
            return [first, second]
        }
        #expect(counts == [10, 10])
    }

    @Test func aLoopThatIsLeftEarlyClosesItsCursor() async throws {
        let first = try await Tag.order { $0.id.asc }.stream(batch: 2) { tags in
            for try await tag in tags where tag.id == 3 { return tag.id }
            return 0
        }
        #expect(first == 3)
        // An open cursor would keep the table from being dropped.
        try await execute("DROP TABLE tags")
    }

    @Test func anErrorOfTheLoopComesOutUnchangedAndClosesTheCursor() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await Tag.query.stream(batch: 2) { tags in for try await _ in tags { throw Stop() } }
        }
        try await execute("DROP TABLE tags")
    }

    @Test func cancellingTheTaskEndsTheStreamAndClosesTheCursor() async throws {
        let task = Task {
            try await Tag.query.stream(batch: 2) { tags in
                for try await _ in tags { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        try await execute("DROP TABLE tags")
    }

    @Test func aStreamThatOutlivesItsClosureThrows() async throws {
        let escaped = try await Tag.query.stream { $0 }
        let error = await ormError { for try await _ in escaped {} }
        #expect(error?.code == .transactionFinished)
        let iterator = try await Tag.query.stream(batch: 2) { tags in
            var iterator = tags.makeAsyncIterator()
            _ = try await iterator.next()
            return Escaped(iterator: iterator)
        }
        let late = await ormError {
            var iterator = iterator.iterator
            while try await iterator.next() != nil {}
        }
        #expect(late?.code == .transactionFinished)
    }

    @Test func aQueryThatCannotRunSaysSoAtTheFirstRow() async throws {
        try await execute("DROP TABLE tags")
        let error = await ormError { try await Tag.query.stream { tags in for try await _ in tags {} } }
        #expect(error?.database?.kind == .syntax)
    }

    private struct Escaped: @unchecked Sendable {
        // Only one task uses it.
        let iterator: RowStream<Tag>.Iterator
    }
}
