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

    @Test func everyKindOfProperty() {
        assertExpansion(
            """
            @Model("accounts")
            struct Account {
                @PrimaryKey(.name("account_id")) var id: UUID
                @Column(.decimal(12, 2)) var credit: Decimal = 0
                @Column(.databaseDefault(.now)) var joinedAt: Date
                @Timestamp(.updated) var updatedAt: Date
                @SoftDelete var deletedAt: Date?
                @OneToOne(onDelete: .cascade) var user: One<User>
                @ForeignKey(onDelete: .setNull, .name("boss")) var boss: One<Account>?
                @HasOne(\\Profile.account) var profile: Maybe<Profile>
                @HasMany(\\Account.boss) var staff: Many<Account>
                @ManyToMany(through: Membership.self, \\.account, \\.club) var clubs: Many<Club>
            }
            """,
            #"""
            struct Account {
                @PrimaryKey(.name("account_id"))
                var id: UUID {
                    didSet {
                        changedColumns.insert(0)
                    }
                }
                @Column(.decimal(12, 2))
                var credit: Decimal = 0 {
                    didSet {
                        changedColumns.insert(1)
                    }
                }
                @Column(.databaseDefault(.now))
                var joinedAt: Date {
                    didSet {
                        changedColumns.insert(2)
                    }
                }
                @Timestamp(.updated)
                var updatedAt: Date {
                    didSet {
                        changedColumns.insert(3)
                    }
                }
                @SoftDelete
                var deletedAt: Date? {
                    didSet {
                        changedColumns.insert(4)
                    }
                }
                @OneToOne(onDelete: .cascade)
                var user: One<User> {
                    didSet {
                        changedColumns.insert(5)
                    }
                }
                @ForeignKey(onDelete: .setNull, .name("boss"))
                var boss: One<Account>? {
                    didSet {
                        changedColumns.insert(6)
                    }
                }
                @HasOne(\Profile.account) var profile: Maybe<Profile>
                @HasMany(\Account.boss) var staff: Many<Account>
                @ManyToMany(through: Membership.self, \.account, \.club) var clubs: Many<Club>

                struct Columns: Sendable {
                    let id = ORM.Column<Account, UUID>("account_id")
                    let credit = ORM.Column<Account, Decimal>("credit", scale: 2)
                    let joinedAt = ORM.Column<Account, Date>("joined_at")
                    let updatedAt = ORM.Column<Account, Date>("updated_at")
                    let deletedAt = ORM.Column<Account, Date?>("deleted_at")
                    let user = ORM.ToOne<Account, User>("user", column: "user_id", get: {
                            $0.user
                        }, set: {
                            $0.user = $1
                        })
                    let boss = ORM.ToOneOptional<Account, Account>("boss", column: "boss", get: {
                            $0.boss
                        }, set: {
                            $0.boss = $1
                        })
                    let profile = ORM.ToOneInverse<Account, Profile>("profile", inverse: {
                            Profile.columns.account
                        }, get: {
                            $0.profile
                        }, set: {
                            $0.profile = $1
                        })
                    let staff = ORM.ToMany<Account, Account>("staff", inverse: {
                            Account.columns.boss
                        }, get: {
                            $0.staff
                        }, set: {
                            $0.staff = $1
                        })
                    let clubs = ORM.ToMany<Account, Club>("clubs", through: Membership.self, owner: {
                            Membership.columns.account
                        }, target: {
                            Membership.columns.club
                        }, get: {
                            $0.clubs
                        }, set: {
                            $0.clubs = $1
                        })
                    init() {
                    }
                }

                static let columns = Columns()

                static let schema = ORM.TableSchema("accounts", [
                    ORM.ColumnDefinition("account_id", UUID.self, [.name("account_id")], primaryKey: true),
                    ORM.ColumnDefinition("credit", Decimal.self, [.decimal(12, 2)], defaultValue: 0),
                    ORM.ColumnDefinition("joined_at", Date.self, [.databaseDefault(.now)]),
                    ORM.ColumnDefinition("updated_at", Date.self, role: .timestamp(.updated)),
                    ORM.ColumnDefinition("deleted_at", Date?.self, role: .deletion),
                    ORM.ColumnDefinition("user_id", to: User.self, optional: false, onDelete: .cascade, [.unique]),
                    ORM.ColumnDefinition("boss", to: Account.self, optional: true, onDelete: .setNull, [.name("boss")])
                    ])

                var changedColumns = ORM.ColumnSet()

                init(row: borrowing some ORM.ResultRow, at start: Int) throws {
                    let column0_ = try UUID.read(row, at: start)
                    let column1_ = try Decimal.read(row, at: start + 1)
                    let column2_ = try Date.read(row, at: start + 2)
                    let column3_ = try Date.read(row, at: start + 3)
                    let column4_ = try Optional<Date>.read(row, at: start + 4)
                    let column5_ = try User.ID.read(row, at: start + 5)
                    let column6_ = try Account.ID?.read(row, at: start + 6)
                    self.id = column0_
                    self.credit = column1_
                    self.joinedAt = column2_
                    self.updatedAt = column3_
                    self.deletedAt = column4_
                    self.user = ORM.One<User>(id: column5_, Self.columns.user)
                    self.boss = column6_.map {
                        ORM.One<Account>(id: $0, Self.columns.boss)
                    }
                    self.profile = ORM.Maybe(owner: self.id, Self.columns.profile)
                    self.staff = ORM.Many(owner: self.id, Self.columns.staff)
                    self.clubs = ORM.Many(owner: self.id, Self.columns.clubs)
                }

                func value(ofColumn index: Int) -> ORM.SQLValue {
                    switch index {
                    case 0:
                        self.id.sqlValue
                    case 1:
                        self.credit.sqlValue
                    case 2:
                        self.joinedAt.sqlValue
                    case 3:
                        self.updatedAt.sqlValue
                    case 4:
                        self.deletedAt.sqlValue
                    case 5:
                        self.user.id.sqlValue
                    case 6:
                        self.boss?.id.sqlValue ?? .null
                    default:
                        .null
                    }
                }

                mutating func setTimestamp(_ instant: ORM.Timestamp, ofColumn index: Int) {
                    switch index {
                    case 3:
                        self.updatedAt = instant.date
                    default:
                        break
                    }
                }

                struct New: ORM.NewRow {
                    var id: UUID
                    var credit: Decimal
                    var joinedAt: Date?
                    var updatedAt: Date?
                    var deletedAt: Date?
                    var user: ORM.One<User>
                    var boss: ORM.One<Account>?
                    init(id: UUID = UUID(), credit: Decimal = 0, joinedAt: Date? = nil, updatedAt: Date? = nil, deletedAt: Date? = nil, user: ORM.One<User>, boss: ORM.One<Account>? = nil) {
                        self.id = id
                        self.credit = credit
                        self.joinedAt = joinedAt
                        self.updatedAt = updatedAt
                        self.deletedAt = deletedAt
                        self.user = user
                        self.boss = boss
                    }
                    var givenID: UUID? {
                        self.id
                    }
                    func values(now: ORM.Timestamp) -> [ORM.SQLValue] {
                        [
                            self.id.sqlValue,
                            self.credit.sqlValue,
                            self.joinedAt?.sqlValue ?? .null,
                            (self.updatedAt ?? now.date).sqlValue,
                            self.deletedAt.sqlValue,
                            self.user.id.sqlValue,
                            self.boss?.id.sqlValue ?? .null
                        ]
                    }
                    func stored(id: UUID, now: ORM.Timestamp) -> Account? {
                        Account(new: self, id: id, now: now)
                    }
                    var columnsLeftToDatabase: ORM.ColumnSet {
                        var columns = ORM.ColumnSet()
                        if self.joinedAt == nil {
                            columns.insert(2)
                        }
                        return columns
                    }
                }
                fileprivate init?(new: New, id: UUID, now: ORM.Timestamp) {
                    self.id = id
                    self.credit = new.credit.asStored
                    guard let given2_ = new.joinedAt?.asStored else { return nil }
                    self.joinedAt = given2_
                    self.updatedAt = (new.updatedAt ?? now.date).asStored
                    self.deletedAt = new.deletedAt.asStored
                    self.user = new.user
                    self.boss = new.boss
                    self.profile = ORM.Maybe(owner: self.id, Self.columns.profile)
                    self.staff = ORM.Many(owner: self.id, Self.columns.staff)
                    self.clubs = ORM.Many(owner: self.id, Self.columns.clubs)
                }

                /// Inserts a row and gives it back as stored. Columns with a default, the id and the timestamps may be left out.
                @discardableResult
                static func create(
                    id: UUID = UUID(), credit: Decimal = 0, joinedAt: Date? = nil, updatedAt: Date? = nil, deletedAt: Date? = nil, user: ORM.One<User>, boss: ORM.One<Account>? = nil, on session_: (any ORM.Session)? = nil, file file_: StaticString = #fileID, line line_: UInt = #line
                ) async throws -> Account {
                    try await Self.insert(New(id: id, credit: credit, joinedAt: joinedAt, updatedAt: updatedAt, deletedAt: deletedAt, user: user, boss: boss), on: session_, file: file_, line: line_)
                }
            }

            extension Account: ORM.Model {
            }
            """#)
    }
}
