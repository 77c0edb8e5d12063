import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Every type that a column can have.
    static let columnTypes: [DriverBehaviour] = [
        DriverBehaviour(
            "every type is found by its value and orders by it", .tables(EveryType.self),
            everyTypeIsFoundByItsValueAndOrdersByIt),
        DriverBehaviour(
            "numbers that do not fit are refused before anything is written", .tables(EveryType.self),
            numbersThatDoNotFitAreRefusedBeforeAnythingIsWritten),
        DriverBehaviour(
            "durations are rounded to microseconds", .tables(EveryType.self), durationsAreRoundedToMicroseconds),
    ]

    private static func everyTypeIsFoundByItsValueAndOrdersByIt(_: BehaviourContext) async throws {
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
        // In lists too, short ones and long ones.
        #expect(try await EveryType.filter { $0.day.isIn([days[0], days[2]]) }.ids() == [1, 3])
        #expect(try await EveryType.exclude { $0.day.isIn([days[0], nil]) }.ids() == [2, 3])
        let times = (0..<60).map { TimeOfDay(hour: 10, minute: $0) }
        #expect(try await EveryType.filter { $0.time.isIn(times) }.ids() == [2])
        #expect(try await EveryType.filter { $0.length.isIn([.seconds(90), .seconds(1)]) }.ids() == [1])
        #expect(try await EveryType.filter { $0.level.isIn([.high]) }.ids() == [1])
        #expect(try await EveryType.filter { $0.languages.isIn([JSON(["1"]), JSON(["2"])]) }.ids() == [2, 3])
        #expect(try await EveryType.filter { $0.price.isIn([0, 1]) }.count() == 3)
        #expect(try await EveryType.filter { $0.double.isIn([0, 0.5]) && $0.bytes.isIn([[]]) }.count() == 3)
        #expect(try await EveryType.filter { $0.int16.isIn([0, .max]) && $0.mood.isIn([.happy]) }.count() == 3)
        #expect(try await EveryType.query.max { $0.day } == days[2])
        #expect(try await EveryType.query.sum { $0.length } == .seconds(90 + 89 + 88))
        #expect(try await EveryType.filter { $0.day.year == 2024 && $0.day.month == 2 }.all().map(\.uint64) == [0])
    }

    private static func numbersThatDoNotFitAreRefusedBeforeAnythingIsWritten(_: BehaviourContext) async throws {
        for (row, message) in [
            (
                EveryType.New(uint64: .max),
                "every_type.uint64 is an integer above 9223372036854775807, which cannot be stored"
            ),
            (.init(uint: .max), "every_type.uint is an integer above 9223372036854775807, which cannot be stored"),
            (
                .init(length: .seconds(Int64.max)),
                "every_type.length is a duration of more than 9223372036854775807 microseconds, which cannot be stored"
            ),
            (
                .init(price: Decimal(string: "0.001") ?? 0),
                "every_type.price has more than 2 digits behind the point"
            ),
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
        #expect(
            error?.message
                == "every_type.settings is a value that JSON cannot express at factor, which cannot be stored")
        #expect(try await EveryType.count() == 0)
    }

    private static func durationsAreRoundedToMicroseconds(_: BehaviourContext) async throws {
        let row = try await EveryType.create(length: .nanoseconds(1_499))
        #expect(row.length == .microseconds(1))
        #expect(try await EveryType.get(row.id).length == .microseconds(1))
        #expect(try await EveryType.create(length: .nanoseconds(-1_500)).length == .microseconds(-2))
    }
}
