import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.tables(EveryType.self)) struct ColumnTypeTests {
    @Test func whatIsWrittenReadsBackEqualAtTheEdgesOfEveryType() async throws {
        let least = try await EveryType.create(
            int8: .min, int16: .min, int32: .min, int64: .min, uint8: .min, uint16: .min, uint32: .min, uint64: .min,
            uint: .min, float: -.greatestFiniteMagnitude, double: -.greatestFiniteMagnitude, bool: false, text: "",
            data: Data(), bytes: [], instant: Date(timeIntervalSince1970: -62_167_219_200),
            day: CalendarDate(year: 0, month: 1, day: 1), time: TimeOfDay(hour: 0, minute: 0),
            length: .microseconds(Int64.min), uuid: UUID(uuidString: "00000000-0000-0000-0000-000000000000"),
            mood: .happy, level: .low, settings: Settings(theme: "", tabs: []), languages: JSON([]),
            price: Decimal(string: "-9999999999.99") ?? 0, rate: Decimal(string: "-0.000001"))
        let greatest = try await EveryType.create(
            int8: .max, int16: .max, int32: .max, int64: .max, uint8: .max, uint16: .max, uint32: .max,
            uint64: UInt64(Int64.max), uint: UInt(Int64.max), float: .greatestFiniteMagnitude, double: .infinity,
            bool: true, text: "🦄 é \u{301} '\"%_\\", data: Data([0, 255]), bytes: [0, 255],
            instant: Date(timeIntervalSince1970: 253_402_300_799.5), day: CalendarDate(year: 9999, month: 12, day: 31),
            time: TimeOfDay(hour: 23, minute: 59, second: 59, microsecond: 999_999), length: .microseconds(Int64.max),
            uuid: UUID(uuidString: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"), mood: .grumpy, level: .high,
            settings: Settings(theme: "dark/“x”\n", tabs: ["a", "ü"], factor: 0.1), languages: JSON(["sv", "de"]),
            price: Decimal(string: "9999999999.99") ?? 0, rate: Decimal(string: "999999999999.999999"))
        for row in [least, greatest] {
            let read = try await EveryType.get(row.id)
            for column in EveryType.schema.columns.indices {
                #expect(
                    read.value(ofColumn: column) == row.value(ofColumn: column),
                    "\(EveryType.schema.columns[column].name)")
            }
        }
        let empty = try await EveryType.create()
        let read = try await EveryType.get(empty.id)
        #expect(read.day == nil && read.time == nil && read.level == nil && read.rate == nil)
        #expect(read.settings == Settings())
    }

    @Test func everyTypeIsFoundByItsValueAndOrdersByIt() async throws {
        let days = [(2024, 2, 29), (2023, 12, 31), (2024, 3, 1)].map {
            CalendarDate(year: $0.0, month: $0.1, day: $0.2)
        }
        for (index, day) in days.enumerated() {
            try await EveryType.create(
                uint64: UInt64(index), day: day, time: TimeOfDay(hour: 9 + index, minute: 30),
                length: .seconds(90 - index), level: index == 0 ? .high : .low, languages: JSON(["\(index)"]))
        }
        #expect(try await EveryType.order { $0.day.asc }.all().map(\.uint64) == [1, 0, 2])
        #expect(try await EveryType.filter { $0.day == days[0] }.all().map(\.uint64) == [0])
        #expect(try await EveryType.filter { $0.time >= TimeOfDay(hour: 10, minute: 30) }.count() == 2)
        #expect(try await EveryType.order { $0.length.asc }.first()?.uint64 == 2)
        #expect(try await EveryType.filter { $0.level == .high }.all().map(\.uint64) == [0])
        #expect(try await EveryType.filter { $0.languages == JSON(["1"]) }.all().map(\.uint64) == [1])
        #expect(try await EveryType.filter { $0.uint64.isIn([1, 2]) }.count() == 2)
        #expect(try await EveryType.query.max { $0.day } == days[2])
    }

    @Test func numbersThatDoNotFitAreRefusedBeforeAnythingIsWritten() async throws {
        for (row, message) in [
            (EveryType.New(uint64: .max), "every_type.uint64 is an integer above 9223372036854775807, which cannot be stored"),
            (.init(uint: .max), "every_type.uint is an integer above 9223372036854775807, which cannot be stored"),
            (
                .init(length: .seconds(Int64.max)),
                "every_type.length is a duration of more than 9223372036854775807 microseconds, which cannot be stored"
            ),
            (.init(price: Decimal(string: "0.001") ?? 0), "every_type.price has more than 2 digits behind the point"),
            (
                .init(price: Decimal(string: "10000000000") ?? 0),
                "every_type.price has more than 10 digits before the point"
            ),
            (.init(price: .nan), "every_type.price is a decimal that is no number, which cannot be stored"),
            (.init(float: .nan), "every_type.float is not a number, which cannot be stored"),
        ] {
            let error = await ormError { try await EveryType.insert([.init(), row]) }
            #expect(error?.code == .validationFailure)
            #expect(error?.message == message)
        }
        let error = await ormError { try await EveryType.create(settings: Settings(factor: .infinity)) }
        #expect(error?.code == .validationFailure)
        #expect(error?.message.hasPrefix("every_type.settings is a value that JSON cannot express (") == true)
        #expect(try await EveryType.count() == 0)
    }

    @Test(arguments: [
        ("int8", "128", "int8 of the result holds another number where a number that fits Int8 was expected"),
        ("uint8", "-1", "uint8 of the result holds another number where a number that fits UInt8 was expected"),
        ("uint64", "-1", "uint64 of the result holds another number where a number that fits UInt64 was expected"),
        ("day", "'2024-02-30'", "day of the result holds another text where a date such as 2025-02-13 was expected"),
        (
            "time", "'24:00:00'",
            "time of the result holds another text where a time of day such as 07:30:00 was expected"
        ),
        ("level", "2", "level of the result holds another value where one of 1, 9 was expected"),
        (
            "languages", "'{}'",
            "languages of the result holds another document where JSON of a Array<String> was expected"
        ),
    ])
    func whatAnotherProgramWroteIsNeverCutOrGuessed(_ column: String, _ value: String, _ message: String) async throws {
        let row = try await EveryType.create()
        try await execute("UPDATE every_type SET \(column) = \(value)")
        let error = await ormError { _ = try await EveryType.get(row.id) }
        #expect(error?.message == "the column \(message)")
    }

    @Test func durationsAreRoundedToMicroseconds() async throws {
        let row = try await EveryType.create(length: .nanoseconds(1_499))
        #expect(row.length == .microseconds(1))
        #expect(try await EveryType.get(row.id).length == .microseconds(1))
        #expect(try await EveryType.create(length: .nanoseconds(-1_500)).length == .microseconds(-2))
    }

    @Test(arguments: [
        ("07:30:00", "07:30:00.000000"), ("23:59:59.5", "23:59:59.500000"), ("00:00:00.000001", "00:00:00.000001"),
        ("7:30:00", nil), ("24:00:00", nil), ("07:60:00", nil), ("07:30", nil), ("07:30:00.", nil),
        ("07:30:00.1234567", nil), ("", nil), ("-1:00:00", nil), ("0٧:30:00", nil),
    ])
    func aTimeOfDayReadsItsText(_ text: String, _ expected: String?) {
        #expect(TimeOfDay(text)?.description == expected)
    }

    @Test(arguments: [
        ("2024-02-29", "2024-02-29"), ("0000-01-01", "0000-01-01"), ("9999-12-31", "9999-12-31"), ("2023-02-29", nil),
        ("2024-13-01", nil), ("2024-1-01", nil), ("2024-01-01 ", nil), ("20240101", nil), ("-024-01-01", nil),
        ("", nil),
    ])
    func aCalendarDateReadsItsText(_ text: String, _ expected: String?) {
        #expect(CalendarDate(text)?.description == expected)
    }
}
