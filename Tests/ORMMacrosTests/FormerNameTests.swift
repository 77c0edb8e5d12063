import Testing

@testable import ORMMacros

@Suite struct FormerNameTests {
    @Test func formerNamesGoIntoTheSchema() {
        assertExpansion(
            """
            @Model("tags", was: "labels")
            struct Tag {
                @PrimaryKey(was: "number") var id: Int
                @Column(was: "title", .max(50)) var name: String
                @Timestamp(.created, was: "made") var createdAt: Date
                @ForeignKey(onDelete: .cascade, was: "owner") var author: One<User>
            }
            """,
            Self.expanded)
    }

    @Test(arguments: [
        "@Column(was: old) var name: String", #"@Column(was: "o\(1)") var name: String"#,
        #"@Column(was: "") var name: String"#,
    ])
    func aFormerNameIsAPlainLiteral(_ property: String) {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                \(property)
            }
            """,
            reports: "write the former name of name as a plain string literal: was: \"old\"", line: 4, column: 18)
    }

    @Test func aFormerNameIsThatOfNoColumnOfToday() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                var title: String
                @Column(was: "title") var name: String
            }
            """,
            reports: "name cannot have been title, which is a column now: was: names a column that is gone", line: 2,
            column: 8)
    }
}
