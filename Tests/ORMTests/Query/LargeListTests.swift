import ORM
import ORMTesting
import Testing

@Suite(.tables(Sample.self)) struct LargeListTests {
    @Test func aHundredThousandValuesAreOneBoundListInEveryPartOfAQuery() async throws {
        try await Sample.insert((0..<10).map { Sample.New(a: $0 == 9 ? nil : $0 * 20_000, n: $0) })
        let list = 1...100_000
        let optional = list.map { Int?.some($0) }
        let queries = try await recordQueries { () async throws in
            #expect(
                try await Sample.filter { $0.a.isIn(optional) }.order { $0.n.desc }.limit(2).offset(1).ids() == [5, 4])
            #expect(try await Sample.filter { $0.a.isNotIn(optional) }.order { $0.n.asc }.ids() == [1, 7, 8, 9, 10])
            #expect(try await Sample.exclude { $0.a.isIn(optional + [nil]) }.count() == 4)
            #expect(try await Sample.filter { $0.id.isNotIn(list) }.count() == 0)
            #expect(try await Sample.query.inBulk(list).count == 10)
            #expect(
                try await Sample.filter { $0.a.isIn(optional) }.select { $0.n }.page(limit: 2, offset: 4).total == 5)
        }
        #expect(queries.count == 7)
        for query in queries { #expect(query.sql.utf8.count < 400) }
        #expect(
            queries[2].sql == """
                SELECT COUNT(*) FROM "samples" AS t0 WHERE (((t0."a" IS NULL) OR (t0."a" IN \
                (SELECT value FROM json_each(?)))) IS NOT TRUE)
                """)
    }
}
