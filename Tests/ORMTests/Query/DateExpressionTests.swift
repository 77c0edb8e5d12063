import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.tables(Sample.self)) struct DateExpressionTests {
    /// Stores these instants, numbered from 1.
    private func store(_ texts: String?...) async throws {
        try await Sample.insert(texts.map { Sample.New(day: $0.map(instant)) })
    }

    private func parts(_ part: (Scope<Sample, Sample>) -> Expr<Int?>) async throws -> [Int?] {
        try await Sample.order { $0.id.asc }.select { part($0) }.all()
    }

    @Test func partsOfAnInstantAreInUTC() async throws {
        try await store(
            "2024-12-30T23:59:59.999999Z", "0000-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.000000Z", nil)
        #expect(try await parts { $0.day.year } == [2024, 0, 9999, nil])
        #expect(try await parts { $0.day.quarter } == [4, 1, 4, nil])
        #expect(try await parts { $0.day.month } == [12, 1, 12, nil])
        #expect(try await parts { $0.day.day } == [30, 1, 31, nil])
        #expect(try await parts { $0.day.hour } == [23, 0, 23, nil])
        #expect(try await parts { $0.day.minute } == [59, 0, 59, nil])
        #expect(try await parts { $0.day.second } == [59, 0, 59, nil])
        #expect(try await parts { $0.day.dayOfYear } == [365, 1, 365, nil])
    }

    /// The weeks around new year, as the examples of ISO 8601 have them.
    @Test(arguments: [
        ("2005-01-01", 53, 2004, 6), ("2005-01-02", 53, 2004, 7), ("2005-12-31", 52, 2005, 6),
        ("2006-01-01", 52, 2005, 7),
        ("2007-01-01", 1, 2007, 1), ("2007-12-30", 52, 2007, 7), ("2007-12-31", 1, 2008, 1), ("2008-12-29", 1, 2009, 1),
        ("2009-12-31", 53, 2009, 4), ("2010-01-03", 53, 2009, 7), ("2024-02-29", 9, 2024, 4),
    ])
    func weeksCountAfterISO8601(day: String, week: Int, year: Int, weekday: Int) async throws {
        try await store("\(day)T23:59:59.999999Z")
        #expect(try await parts { $0.day.week } == [week])
        #expect(try await parts { $0.day.isoYear } == [year])
        #expect(try await parts { $0.day.weekday } == [weekday])
    }

    @Test func partsAreLookedUpAndNegatedWithNullsInThem() async throws {
        try await store("2024-05-01T10:00:00.000000Z", "2025-05-01T10:00:00.000000Z", nil)
        let query = Sample.filter { $0.day.year == 2024 }
        #expect(
            try query.statement(in: sqlite).sql.hasSuffix(
                #"FROM "samples" AS t0 WHERE (CAST(SUBSTR(t0."day", 1, 4) AS INTEGER) = ?)"#))
        #expect(try await query.ids() == [1])
        #expect(try await Sample.exclude { $0.day.year == 2024 }.ids() == [2, 3])
        #expect(try await Sample.filter { $0.day.month != 5 }.ids() == [3])
        #expect(
            try await Sample.filter {
                instant("2024-01-01T00:00:00.000000Z")..<instant("2025-05-01T10:00:00.000000Z") ~= $0.day
            }.ids() == [1])
    }

    @Test func instantsAreCutToTheStartOfAUnit() async throws {
        try await store("2024-12-30T23:59:58.999999Z", nil)
        let starts: [(DateUnit, String)] = [
            (.year, "2024-01-01T00:00:00.000000Z"), (.month, "2024-12-01T00:00:00.000000Z"),
            (.day, "2024-12-30T00:00:00.000000Z"), (.hour, "2024-12-30T23:00:00.000000Z"),
            (.minute, "2024-12-30T23:59:00.000000Z"), (.second, "2024-12-30T23:59:58.000000Z"),
        ]
        for (unit, text) in starts {
            let start = try await Sample.order { $0.id.asc }.select { $0.day.start(of: unit) }.all()
            #expect(start == [instant(text), nil])
        }
    }

    @Test func instantsMoveByDurationsToTheMicrosecond() async throws {
        try await store("2024-02-28T23:59:59.999999Z", nil)
        let later = try await Sample.order { $0.id.asc }.select { $0.day + .microseconds(1) }.all()
        #expect(later == [instant("2024-02-29T00:00:00.000000Z"), nil])
        let earlier = try await Sample.order { $0.id.asc }.select { $0.day - .seconds(86_400) }.all()
        #expect(earlier == [instant("2024-02-27T23:59:59.999999Z"), nil])
        #expect(try await Sample.filter { $0.day + .seconds(1) > instant("2024-02-29T00:00:00.900000Z") }.ids() == [1])
        let moved = try await Sample.filter { $0.id == 1 }.select {
            $0.day.or(.distantPast).adding(seconds: $0.id * 60)
        }.all()
        #expect(moved == [instant("2024-02-29T00:00:59.999999Z")])
    }

    @Test func theSecondsBetweenTwoInstantsAreADouble() async throws {
        try await store("2024-02-28T23:59:59.750000Z", "2024-03-01T00:00:00.000000Z", nil)
        let base = instant("2024-02-29T00:00:00.000000Z")
        let seconds = try await Sample.order { $0.id.asc }.select { $0.day.seconds(since: Expr(base)) }.all()
        #expect(seconds == [-0.25, 86_400, nil])
    }

    @Test func anInstantBeyondTheYear9999IsAnError() async throws {
        try await store("9999-12-31T23:59:59.000000Z")
        let error = await ormError { _ = try await Sample.select { $0.day + .seconds(1) }.all() }
        #expect(error?.message == "an instant lies outside the years 0 to 9999")
        let far = await ormError { _ = try await Sample.select { $0.day - .seconds(Int64.max) }.all() }
        #expect(far?.message == "an instant lies outside the years 0 to 9999")
    }

    @Test func theCurrentTimestampIsTheInstantOfTheStatement() async throws {
        let before = Date()
        try await Sample.create(day: Date(timeIntervalSinceNow: -1))
        try await Sample.create(day: Date(timeIntervalSinceNow: 3600))
        #expect(try await Sample.filter { $0.day <= .currentTimestamp }.ids() == [1])
        let query = Sample.filter { $0.id == 1 }.select { _ in Expr<Date>.currentTimestamp }
        let (first, second) = (try await query.get(), try await query.get())
        #expect(before <= first && first <= second && second <= Date())
    }

    @Test func rowsAreGroupedByMonths() async throws {
        try await store(
            "2024-05-01T10:00:00.000000Z", "2024-05-31T23:59:59.999999Z", "2024-06-01T00:00:00.000000Z", nil)
        let months = try await Sample.group { $0.day.start(of: .month) }.select { ($0.day.start(of: .month), $0.count) }
            .all()
        #expect(
            months.map(\.0) == [nil, instant("2024-05-01T00:00:00.000000Z"), instant("2024-06-01T00:00:00.000000Z")])
        #expect(months.map(\.1) == [1, 2, 1])
        let years = try await Sample.group { ($0.day.year, $0.day.month) }.having { $0.count > 1 }
            .select { ($0.day.year, $0.day.month, $0.count) }.all()
        #expect(years.map(\.1) == [5])
    }

}

/// The instant of a text such as `2024-05-01T10:00:00.000000Z`.
private func instant(_ text: String) -> Date {
    var text = text
    return text.withUTF8 { Timestamp(text: $0)?.date } ?? .distantPast
}
