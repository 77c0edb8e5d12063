import Foundation
import ORM
import Testing

@testable import ORMMigrations

@Suite struct RowsHashTests {
    private func hash(_ type: StorageType, _ values: SQLValue...) -> String {
        var hash = RowsHash()
        for value in values { hash.add([value], of: [ColumnState("c", type)]) }
        return hash.text
    }

    @Test func theOrderOfRowsMakesNoDifferenceAndTheirNumberDoes() {
        #expect(hash(.integer, .int(1), .int(2)) == hash(.integer, .int(2), .int(1)))
        #expect(hash(.integer, .int(1)) != hash(.integer, .int(1), .int(1)))
        #expect(hash(.integer) == "0000000000000000")
        #expect(hash(.integer, .int(1)) != hash(.integer))
    }

    @Test func theOrderOfColumnsDoes() {
        let columns = [ColumnState("a", .text), ColumnState("b", .text)]
        func hash(_ row: [SQLValue]) -> String {
            var hash = RowsHash()
            hash.add(row, of: columns)
            return hash.text
        }
        #expect(hash([.text("ab"), .text("c")]) != hash([.text("a"), .text("bc")]))
        #expect(hash([.null, .text("")]) != hash([.text(""), .null]))
    }

    @Test(arguments: [
        (StorageType.real, SQLValue.double(0), SQLValue.double(-0.0)),
        (
            .decimal(precision: 8, scale: 2), .decimal(Decimal(string: "1.5") ?? 0),
            .decimal(Decimal(string: "1.50") ?? 1)
        ),
        (.json, .text(#"{"b": [1.0, "é"], "a": null}"#), .text(#"{"a":null,"b":[1,"\u00e9"]}"#)),
        (.json, .text("1e2"), .text("100")),
    ])
    func valuesThatAreEqualHaveOneHash(_ type: StorageType, _ left: SQLValue, _ right: SQLValue) {
        #expect(hash(type, left) == hash(type, right))
    }

    @Test(arguments: [
        (StorageType.text, SQLValue.text("1"), SQLValue.int(1)), (.integer, .int(1), .bool(true)),
        (.real, .double(0.1), .double(0.1.nextUp)), (.text, .text("é"), .text("e\u{301}")),
        (.text, .text(#"{"a": 1}"#), .text(#"{"a":1}"#)), (.json, .text(#"{"a":1}"#), .text(#"{"a":2}"#)),
        (.timestamp, .date(Date(timeIntervalSince1970: 0)), .date(Date(timeIntervalSince1970: 0.000001))),
        (.bytes, .bytes([]), .null),
    ])
    func valuesThatDifferHaveTwo(_ type: StorageType, _ left: SQLValue, _ right: SQLValue) {
        #expect(hash(type, left) != hash(type, right))
    }
}
