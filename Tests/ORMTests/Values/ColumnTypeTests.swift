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
        // What a file may hold that was made before the column had its range.
        try await execute("PRAGMA ignore_check_constraints = ON")
        try await execute("UPDATE every_type SET \(column) = \(value)")
        let error = await ormError { _ = try await EveryType.get(row.id) }
        #expect(error?.message == "the column \(message)")
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
