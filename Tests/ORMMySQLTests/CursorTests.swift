#if MySQL
    import ORM
    import ORMMySQL
    import ORMTesting
    import Testing

    /// Rows that come in parts, while other statements run on the same connection.
    @Suite(.serialized) struct CursorTests {
        @Test(.timeLimit(.minutes(10)), arguments: [1, 7, 100, 5_000, 9_000])
        func everyBatchSizeGivesTheSameRows(size: Int) async throws {
            try await withNumbers(5_000) { (_) async throws -> Void in
                let ids = try await Tag.order { $0.id.asc }.limit(size == 1 ? 50 : 5_000).stream(batch: size) { tags in
                    try await tags.reduce(into: []) { $0.append($1.id) }
                }
                #expect(ids == Array(1...(size == 1 ? 50 : 5_000)))
            }
        }

        @Test(.timeLimit(.minutes(10))) func otherStatementsRunBetweenTheRows() async throws {
            try await withNumbers(500) { db in
                try await db.transaction { transaction in
                    let seen = try await Tag.order { $0.id.asc }.stream(batch: 10, on: transaction) { tags in
                        var seen: [Int] = []
                        for try await tag in tags {
                            seen.append(tag.id)
                            if tag.id % 50 == 1 {
                                // What is read was there when the cursor was opened.
                                try await Tag.filter { $0.id > 400 }.limit(10).delete()
                                let inner = try await Tag.order { $0.id.desc }.stream(batch: 3) { others in
                                    var ids: [Int] = []
                                    for try await other in others {
                                        ids.append(other.id)
                                        if ids.count == 5 { break }
                                    }
                                    return ids
                                }
                                #expect(inner.count == 5)
                            }
                        }
                        return seen
                    }
                    #expect(seen == Array(1...500))
                }
                #expect(try await Tag.count() == 400)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aStreamThatIsLeftEarlyLeavesNothingOpen() async throws {
            try await withNumbers(5_000) { (_) async throws -> Void in
                for _ in 0..<50 {
                    let first = try await Tag.order { $0.id.asc }.stream(batch: 10) { tags in
                        for try await tag in tags { return tag.id }
                        return 0
                    }
                    #expect(first == 1)
                }
                #expect(try await Tag.count() == 5_000)
            }
        }

        private func withNumbers(
            _ count: Int, _ body: nonisolated(nonsending) (Database) async throws -> Void
        ) async throws {
            try await withMariaDB { driver in
                try await withTestDatabase(driver, [Tag.self]) { db in
                    try await Tag.insert((1...count).map { Tag.New(name: "\($0)") })
                    try await body(db)
                }
            }
        }
    }
#endif
