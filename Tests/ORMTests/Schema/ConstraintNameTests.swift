import ORM
import Testing

@Suite struct ConstraintNameTests {
    @Test func namesTellTableAndColumn() {
        #expect(ColumnConstraint.name(.foreignKey, table: "posts", column: "author_id") == "posts_author_id_fkey")
        #expect(ColumnConstraint.name(.unique, table: "tags", column: "name") == "tags_name_key")
        #expect(ColumnConstraint.name(.range, table: "a", column: "b") == "a_b_range")
    }

    @Test func longNamesStayApartWithinWhatServersTake() {
        let long = String(repeating: "ö", count: 40)
        let names = ["a", "b"].map { ColumnConstraint.name(.unique, table: "t", column: long + $0) }
        #expect(names.map(\.utf8.count) == [63, 63])
        #expect(names.allSatisfy { $0.hasPrefix("t_öööö") })
        #expect(names[0] != names[1])
        #expect(
            ColumnConstraint.name(.unique, table: "t", column: String(repeating: "c", count: 57)).hasSuffix("c_key"))
    }

    @Test func namesOfIndexesAndChecksStayWithinWhatServersTake() throws {
        let table = try TableState(of: Wide.self, for: [sqlite])
        #expect(table.indexes.map(\.name.utf8.count) == [63, 63])
        #expect(table.indexes.allSatisfy { $0.name.hasPrefix("measurements_of_the_weather_first_of_the_measu_") })
        #expect(table.indexes[0].name != table.indexes[1].name)
        #expect(table.checks.map(\.name.utf8.count) == [63])
    }

    @Test(arguments: [("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8")])
    func theHashIsFNV(text: String, hash: String) {
        // The values of RFC 9923's and Noll's test suite.
        #expect(StableHash.hexadecimal(of: text) == hash)
    }
}

@Model("measurements_of_the_weather")
private struct Wide {
    @PrimaryKey var id: Int
    var firstOfTheMeasuredValues: Int
    var secondOfTheMeasuredValues: Int

    static var options: Options<Wide> {
        .init(
            indexes: [
                .on(\.firstOfTheMeasuredValues, \.secondOfTheMeasuredValues),
                .unique(\.firstOfTheMeasuredValues, \.secondOfTheMeasuredValues),
            ],
            checks: [
                .check("the_first_is_never_less_than_the_second_of_them", sql: "{first_of_the_measured_values} >= 0")
            ])
    }
}
