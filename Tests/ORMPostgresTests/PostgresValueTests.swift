#if Postgres
    import Foundation
    import ORM
    import ORMPostgres
    import ORMTesting
    import Testing

    /// Values of the server's own types, as they come and as they go.
    @Suite struct PostgresValueTests {
        @Test(.timeLimit(.minutes(10))) func decimalsComeDigitForDigit() async throws {
            try await withEmpty { () async throws in
                let texts = [
                    "0", "0.00", "-0.5", "12.50", "1", "-1", "10000", "9999", "10000.0001", "0.0001", "0.00000001",
                    "123456789012345678901234567890.12345678",
                    "-99999999999999999999", "100000000", "0.1000",
                ]
                for text in texts {
                    #expect(
                        try await Rows<Decimal>.raw("SELECT CAST(CAST(\(text) AS TEXT) AS NUMERIC)").get()
                            == Decimal(string: text))
                }
                #expect(try await Rows<Int>.raw("SELECT CAST('9223372036854775807' AS NUMERIC)").get() == .max)
                #expect(try await Rows<Int>.raw("SELECT CAST('-9223372036854775808' AS NUMERIC)").get() == .min)
                #expect(try await Rows<Int>.raw("SELECT CAST('-10000.000' AS NUMERIC)").get() == -10_000)
                #expect(try await Rows<Double>.raw("SELECT CAST('1.25' AS NUMERIC)").get() == 1.25)
                for text in ["9223372036854775808", "-9223372036854775809", "1.5", "NaN", "Infinity"] {
                    let error = await ormError {
                        _ = try await Rows<Int>.raw("SELECT CAST(CAST(\(text) AS TEXT) AS NUMERIC)").get()
                    }
                    #expect(
                        error?.message.contains("holds a decimal number where an integer of 64 bits was expected")
                            == true)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func numbersOfEveryWidthAreRead() async throws {
            try await withEmpty { () async throws in
                let row = try await Rows<Int, Int, Int, Double, Double, Double>.raw(
                    "SELECT 1::SMALLINT, -2::INTEGER, 3::BIGINT, 1.5::REAL, 2.5::DOUBLE PRECISION, 4::SMALLINT"
                ).get()
                #expect(row == (1, -2, 3, 1.5, 2.5, 4))
            }
        }

        @Test(.timeLimit(.minutes(10))) func instantsDatesAndTimesAreRead() async throws {
            try await withEmpty { () async throws in
                let row = try await Rows<Date, Date, Date, CalendarDate, TimeOfDay>.raw(
                    """
                    SELECT '2025-02-13 10:20:30.123456+02'::TIMESTAMPTZ, '2025-02-13 10:20:30'::TIMESTAMP, '1999-12-31'::DATE,
                        '0001-01-01'::DATE, '23:59:59.999999'::TIME
                    """
                ).get()
                #expect(row.0 == Date(timeIntervalSince1970: 1_739_434_830.123456).asStored)
                #expect(row.1 == Date(timeIntervalSince1970: 1_739_442_030))
                #expect(row.2 == Date(timeIntervalSince1970: 946_598_400))
                #expect(row.3 == CalendarDate(year: 1, month: 1, day: 1))
                #expect(row.4 == TimeOfDay(hour: 23, minute: 59, second: 59, microsecond: 999_999))
                for sql: SQLText in [
                    "SELECT 'infinity'::TIMESTAMPTZ", "SELECT '-infinity'::TIMESTAMPTZ", "SELECT 'infinity'::DATE",
                ] {
                    #expect(await ormError { _ = try await Rows<Date>.raw(sql).get() }?.code == .database)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func documentsEnumsAndNamesAreTexts() async throws {
            try await withEmpty { () async throws in
                try await SQLText("CREATE TYPE mood AS ENUM ('happy', 'sad')").execute()
                let row = try await Rows<String, String, String, String, Mood>.raw(
                    "SELECT '[1, 2]'::JSONB, '[1,2]'::JSON, current_database(), 'sad'::mood, 'happy'::mood"
                ).get()
                #expect(row.0 == "[1, 2]")
                #expect(row.1 == "[1,2]")
                #expect(row.2.hasPrefix("test_"))
                #expect((row.3, row.4) == ("sad", .happy))
                let array = await ormError { _ = try await Rows<String>.raw("SELECT ARRAY[1, 2]").get() }
                #expect(array?.message.contains("which SQL can cast to text") == true)
                #expect(try await Rows<String>.raw("SELECT CAST(ARRAY[1, 2] AS TEXT)").get() == "{1,2}")
            }
        }

        @Test(.timeLimit(.minutes(10))) func aTextWithNULIsRefusedBeforeItIsSent() async throws {
            try await withEmpty { () async throws in
                let error = await ormError { _ = try await Rows<String>.raw("SELECT CAST(\("a\0b") AS TEXT)").get() }
                #expect(error?.code == .validationFailure)
            }
        }

        @Test(.timeLimit(.minutes(10))) func aPlaceholderMayBeOfAnotherTypeTheNextTime() async throws {
            try await withPostgres { driver in
                let db = try await Database.open(driver)
                let sql = "SELECT CAST($1 AS TEXT)"
                let texts = try await db.withLease(.readOnly) { lease in
                    var texts: [String?] = []
                    // What the server took for a text, because the first value was none, stays one.
                    let values: [SQLValue] = [
                        .null, .int(7), .text("a"), .null, .double(1.5), .bool(true), .bytes([0, 255]),
                        .decimal(Decimal(string: "1.20") ?? 0),
                        .uuid(UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))), .int(8), .int(9),
                        .date(Date(timeIntervalSince1970: 0)),
                    ]
                    for value in values { texts += try await lease.fetch(Statement(sql, [value]), OptionalText()) }
                    return texts
                }
                #expect(
                    texts == [
                        nil, "7", "a", nil, "1.5", "t", #"\x00ff"#, "1.2", "00010203-0405-0607-0809-0A0B0C0D0E0F", "8",
                        "9",
                        "1970-01-01T00:00:00.000000Z",
                    ])
                await db.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func valuesThatDoNotFitThePlaceholdersAreAMistakeOfTheStatement() async throws {
            try await withPostgres { (driver) async throws in
                let db = try await Database.open(driver)
                for values in [[], [.text("a"), .text("b")]] as [[SQLValue]] {
                    let error = await ormError {
                        _ = try await db.withLease(.readOnly) {
                            try await $0.fetch(Statement("SELECT $1::TEXT", values), OptionalText())
                        }
                    }
                    #expect(error?.database?.kind == .syntax)
                }
                #expect(try await Rows<Int>.raw("SELECT 1").get(on: db) == 1)
                await db.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func whoMayOnlyInsertInsertsManyToo() async throws {
            try await withPostgres { (driver) async throws in
                try await withTestDatabase(driver, [LoginSession.self, Country.self, City.self, Sample.self]) {
                    (db) async throws in
                    let role = "clerk_\(driver.address.database)"
                    try await db.run(
                        script: """
                            CREATE ROLE \(role) LOGIN; GRANT INSERT, SELECT ON samples TO \(role);
                            """)
                    var address = driver.address
                    address.user = role
                    let clerk = try await Database.open(PostgresDriver(address))
                    let stored = try await Sample.insert((0..<100).map { Sample.New(n: $0) }, on: clerk)
                    #expect(stored.map(\.id) == Array(1...100))
                    #expect(try await Sample.create(id: 500, on: clerk).id == 500)
                    await clerk.close()
                    #expect(try await Sample.count() == 101)
                    try await db.run(script: "DROP OWNED BY \(role); DROP ROLE \(role)")
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func keysThatRowsBringAreNotGivenAgain() async throws {
            try await withPostgres { (driver) async throws in
                try await withTestDatabase(driver, [Sample.self]) { (_) async throws in
                    // A short way, a long one, one back, and many at once.
                    try await Sample.create(id: 7)
                    #expect(try await Sample.create().id == 8)
                    try await Sample.create(id: 5_000)
                    #expect(try await Sample.create().id == 5_001)
                    try await Sample.create(id: 20)
                    #expect(try await Sample.create().id == 5_002)
                    try await Sample.insert((0..<100).map { Sample.New(id: 6_000 - $0) })
                    #expect(try await Sample.create().id == 6_001)
                    try await Sample.create(id: -3)
                    #expect(try await Sample.create().id == 6_002)
                }
            }
        }

        @Test(.timeLimit(.minutes(10))) func aThousandStatementsLeaveFewPrepared() async throws {
            try await withPostgres(pool: PoolOptions(maxSize: 1)) { driver in
                let db = try await Database.open(driver)
                try await db.use { () async throws in
                    for number in 0..<1000 {
                        // Twice, because the second run prepares it.
                        for _ in 0..<2 {
                            let sql = SQLText(stringLiteral: "SELECT \(number) + 0")
                            #expect(try await Rows<Int>.raw(sql).get() == number)
                        }
                    }
                    let prepared = try await Rows<Int>.raw("SELECT count(*) FROM pg_prepared_statements").get()
                    #expect((1...160).contains(prepared))
                }
                await db.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func manyRowsGoByCopyWithAllTheirLetters() async throws {
            try await withPostgres { driver in
                try await withTestDatabase(driver, [EveryType.self]) { _ in
                    let odd = [
                        "", "\\", "\\N", "\t", "\n", "\r\n", "a\\tb", "🦄", "\u{1}", "'", "\\.",
                        String(repeating: "x\\", count: 9999),
                    ]
                    let rows = (0..<200).map { number in
                        EveryType.New(
                            int8: -5, uint32: .max, float: 1.5, double: .greatestFiniteMagnitude, bool: number % 2 == 0,
                            text: odd[number % odd.count], data: Data([0, 92, 255]), bytes: Array(0...255),
                            instant: Date(timeIntervalSince1970: Double(number) + 0.25),
                            day: CalendarDate(year: 2024, month: 2, day: 29),
                            time: TimeOfDay(hour: 1, minute: 2, second: 3, microsecond: 4), length: .seconds(number),
                            uuid: UUID(),
                            mood: .grumpy, level: number % 3 == 0 ? .high : nil,
                            settings: Settings(theme: odd[number % odd.count]),
                            languages: JSON(["\\", "\n"]), price: Decimal(string: "12.50") ?? 0)
                    }
                    let stored = try await EveryType.insert(rows)
                    #expect(stored.map(\.id) == Array(1...200))
                    let found = try await EveryType.order { $0.id.asc }.all()
                    #expect(
                        found.map(\.text).elementsEqual(stored.map(\.text)) {
                            $0.unicodeScalars.elementsEqual($1.unicodeScalars)
                        })
                    for (found, stored) in zip(found, stored) {
                        #expect(found.id == stored.id && found.int8 == stored.int8 && found.uint32 == stored.uint32)
                        #expect(found.double == stored.double && found.bool == stored.bool && found.data == stored.data)
                        #expect(
                            found.bytes == stored.bytes && found.instant == stored.instant && found.day == stored.day)
                        #expect(found.time == stored.time && found.length == stored.length && found.uuid == stored.uuid)
                        #expect(
                            found.level == stored.level && found.settings == stored.settings
                                && found.price == stored.price)
                        #expect(found.languages == stored.languages)
                    }
                    // The numbers go on where they were.
                    #expect(try await EveryType.create().id == 201)
                }
            }
        }

        private func withEmpty(_ body: nonisolated(nonsending) () async throws -> Void) async throws {
            try await withPostgres { driver in
                let db = try await Database.open(driver)
                try await db.use { try await body() }
                await db.close()
            }
        }
    }

    private struct OptionalText: RowDecoder {
        func decode(_ row: borrowing some ResultRow) throws -> String? { row.isNull(0) ? nil : try row.text(0) }
    }
#endif
