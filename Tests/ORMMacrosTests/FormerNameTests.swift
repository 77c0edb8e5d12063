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
            }
            """,
            """
            struct Tag {
                @PrimaryKey(was: "number")
                var id: Int {
                    didSet {
                        changedColumns.insert(0)
                    }
                }
                @Column(was: "title", .max(50))
                var name: String {
                    didSet {
                        changedColumns.insert(1)
                    }
                }

                struct Columns: Sendable {
                    let id = ORM.Column<Tag, Int>("id")
                    let name = ORM.Column<Tag, String>("name")
                    init() {
                    }
                }

                static let columns = Columns()

                static let schema = ORM.TableSchema("tags", was: "labels", [
                    ORM.ColumnDefinition("id", Int.self, [.was("number")], primaryKey: true),
                    ORM.ColumnDefinition("name", String.self, [.max(50), .was("title")])
                    ])

                var changedColumns = ORM.ColumnSet()

                init(row: borrowing some ORM.ResultRow, at start: Int) throws {
                    let column0_ = try Int.read(row, at: start)
                    let column1_ = try String.read(row, at: start + 1)
                    self.id = column0_
                    self.name = column1_
                }

                func value(ofColumn index: Int) -> ORM.SQLValue {
                    switch index {
                    case 0:
                        self.id.sqlValue
                    case 1:
                        self.name.sqlValue
                    default:
                        .null
                    }
                }

                mutating func setTimestamp(_ instant: ORM.Timestamp, ofColumn index: Int) {
                    switch index {
                    default:
                        break
                    }
                }

                struct New: ORM.NewRow {
                    var id: Int?
                    var name: String
                    init(id: Int? = nil, name: String) {
                        self.id = id
                        self.name = name
                    }
                    var givenID: Int? {
                        self.id
                    }
                    func values(now: ORM.Timestamp) -> [ORM.SQLValue] {
                        [
                            self.id.sqlValue,
                            self.name.sqlValue
                        ]
                    }
                    func stored(id: Int, now: ORM.Timestamp) -> Tag? {
                        Tag(new: self, id: id, now: now)
                    }
                }
                fileprivate init(new: New, id: Int, now: ORM.Timestamp) {
                    self.id = id
                    self.name = new.name.asStored
                }

                /// Inserts a row and gives it back as stored. Columns with a default, the id and the timestamps may be left out.
                @discardableResult
                static func create(
                    id: Int? = nil, name: String, on session_: (any ORM.Session)? = nil, file file_: StaticString = #fileID, line line_: UInt = #line
                ) async throws -> Tag {
                    try await Self.insert(New(id: id, name: name), on: session_, file: file_, line: line_)
                }
            }

            extension Tag: ORM.Model {
            }
            """)
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
