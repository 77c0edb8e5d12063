import Foundation
package import ORM
package import ORMMigrations
import ORMTesting

/// A database with every type of column and every kind of foreign key, and rows at the edges.
package enum CopyFixture {
    package static let models: [any Model.Type] =
        guideModels + [EveryType.self, Person.self, Follow.self, Country.self, City.self]

    /// The tables by one migration for each, for the dialects of both sides of a copy.
    package static func migrations(_ dialects: any Dialect...) throws -> [Migration] {
        let tables = TableState.sorted(try SchemaState(of: models, for: dialects).tables)
        return [Migration("0001_initial", operations: tables.map { .createTable($0) })]
    }

    /// Fills the tables.
    package static func seed(_ database: Database) async throws {
        try await database.use {
            try await Fixture.blog.seed()
            try await Fixture.people.seed()
            // A text whose order by code point is not that of any language, and one of four bytes a character.
            try await Country.insert([.init(code: "de", name: "Ü"), .init(code: "Z", name: "👩‍👩‍👧 \u{10FFFF}")])
            try await City.create(id: UUID(), name: "it's \"x\" \\ ` %_ \n\r\t", country: .id("Z"))
            try await EveryType.insert([.init(), edge, .init(bytes: [UInt8](0...255), length: .microseconds(-1))])
            // More rows than are read or written at once.
            try await Tag.insert((0..<250).map { Tag.New(name: "tag \($0)") })
        }
    }

    private static var edge: EveryType.New {
        EveryType.New(
            int8: .min, int16: .min, int32: .max, int64: .min, uint8: .max, uint16: .max, uint32: .max,
            uint64: UInt64(Int64.max), float: -0.1, double: .leastNonzeroMagnitude, bool: true, text: "",
            data: Data([0]), instant: Date(timeIntervalSince1970: -1.000001), day: CalendarDate("0001-01-01"),
            time: TimeOfDay("23:59:59.999999"), length: .microseconds(Int64.max),
            uuid: UUID(uuidString: "00000000-0000-0000-0000-00000000000A"), mood: .grumpy, level: .high,
            settings: Settings(theme: "“dark”", tabs: ["b", "a"], factor: 0.1),
            languages: JSON(["sv", "", "\u{1F600}"]),
            price: Decimal(string: "-9999999999.99") ?? 0, rate: Decimal(string: "0.000001"))
    }
}
