import Testing

@testable import ORMMacros

@Suite struct ModelExpansionTests {
    @Test(arguments: [
        ("id", "id"), ("createdAt", "created_at"), ("authorURL", "author_url"), ("URLPath", "url_path"),
        ("a1B", "a1_b"),
        ("htmlID2", "html_id2"), ("x", "x"), ("ISOCode", "iso_code"),
    ])
    func namesBecomeWordsWithUnderscores(_ name: String, _ column: String) { #expect(name.snakeCased == column) }

    @Test func aSmallModel() {
        assertExpansion(
            """
            @Model("tags")
            public struct Tag {
                @PrimaryKey public var id: Int
                public var `default`: String?
                public var weight = 1
            }
            """,
            """
            public struct Tag {
                @PrimaryKey
                public var id: Int {
                    didSet {
                        changedColumns.insert(0)
                    }
                }
                public var `default`: String? {
                    didSet {
                        changedColumns.insert(1)
                    }
                }
                public var weight = 1 {
                    didSet {
                        changedColumns.insert(2)
                    }
                }

                public struct Columns: Sendable {
                    public let id = ORM.Column<Tag, Int>("id")
                    public let `default` = ORM.Column<Tag, String?>("default")
                    public let weight = ORM.Column<Tag, Int>("weight")
                    public init() {
                    }
                }

                public static let columns = Columns()

                public static let schema = ORM.TableSchema("tags", [
                    ORM.ColumnDefinition("id", Int.self, primaryKey: true),
                    ORM.ColumnDefinition("default", String?.self),
                    ORM.ColumnDefinition("weight", Int.self, defaultValue: 1)
                    ])

                public var changedColumns = ORM.ColumnSet()

                public init(row: borrowing some ORM.ResultRow, at start: Int) throws {
                    let column0_ = try Int.read(row, at: start)
                    let column1_ = try Optional<String>.read(row, at: start + 1)
                    let column2_ = try Int.read(row, at: start + 2)
                    self.id = column0_
                    self.`default` = column1_
                    self.weight = column2_
                }

                public func value(ofColumn index: Int) -> ORM.SQLValue {
                    switch index {
                    case 0:
                        self.id.sqlValue
                    case 1:
                        self.`default`.sqlValue
                    case 2:
                        self.weight.sqlValue
                    default:
                        .null
                    }
                }

                public mutating func setTimestamp(_ instant: ORM.Timestamp, ofColumn index: Int) {
                    switch index {
                    default:
                        break
                    }
                }

                public struct New: ORM.NewRow {
                    public var id: Int?
                    public var `default`: String?
                    public var weight: Int
                    public init(id: Int? = nil, `default`: String? = nil, weight: Int = 1) {
                        self.id = id
                        self.`default` = `default`
                        self.weight = weight
                    }
                    public var givenID: Int? {
                        self.id
                    }
                    public func values(now: ORM.Timestamp) -> [ORM.SQLValue] {
                        [
                            self.id.sqlValue,
                            self.`default`.sqlValue,
                            self.weight.sqlValue
                        ]
                    }
                    public func stored(id: Int, now: ORM.Timestamp) -> Tag? {
                        Tag(new: self, id: id, now: now)
                    }
                }
                fileprivate init(new: New, id: Int, now: ORM.Timestamp) {
                    self.id = id
                    self.`default` = new.`default`.asStored
                    self.weight = new.weight.asStored
                }

                /// Inserts a row and gives it back as stored. Columns with a default, the id and the timestamps may be left out.
                @discardableResult
                public static func create(
                    id: Int? = nil, `default`: String? = nil, weight: Int = 1, on session_: (any ORM.Session)? = nil, file file_: StaticString = #fileID, line line_: UInt = #line
                ) async throws -> Tag {
                    try await Self.insert(New(id: id, default: `default`, weight: weight), on: session_, file: file_, line: line_)
                }
            }

            extension Tag: ORM.Model {
            }
            """)
    }
}
