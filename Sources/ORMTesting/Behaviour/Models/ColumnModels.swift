package import FoundationEssentials
package import ORM

/// A column of every type there is.
@Model("every_type")
package struct EveryType {
    @PrimaryKey package var id: Int
    package var int8: Int8 = 0
    package var int16: Int16 = 0
    package var int32: Int32 = 0
    package var int64: Int64 = 0
    package var uint8: UInt8 = 0
    package var uint16: UInt16 = 0
    package var uint32: UInt32 = 0
    package var uint64: UInt64 = 0
    package var uint: UInt = 0
    package var float: Float = 0.0
    package var double: Double = 0
    package var bool: Bool = false
    package var text: String = ""
    package var data: Data = Data()
    package var bytes: [UInt8] = []
    package var instant: Date = Date(timeIntervalSince1970: 0)
    package var day: CalendarDate?
    package var time: TimeOfDay?
    package var length: Duration = Duration.zero
    package var uuid: UUID?
    package var mood: Mood = Mood.happy
    package var level: Level?
    package var settings: Settings = Settings()
    package var languages: JSON<[String]> = JSON([])
    @Column(.decimal(12, 2)) package var price: Decimal = 0
    package var rate: Decimal?
}

package enum Level: Int, ColumnEnum { case low = 1, high = 9 }

package struct Settings: ColumnJSON {
    package var theme = "light"
    package var tabs: [String] = []
    package var factor: Double = 1

    package init(theme: String = "light", tabs: [String] = [], factor: Double = 1) {
        self.theme = theme
        self.tabs = tabs
        self.factor = factor
    }
}

/// Every option of a column.
@Model("accounts")
package struct Account {
    @PrimaryKey(.name("account_id")) package var id: Int
    @Column(.name("e_mail"), .max(100), .unique, .validate(.email), .comment("where invoices go; not */ shown"))
    package var email: String
    @Column(.validate(.range(1...5))) package var stars: Int = 3
    @Column(.validate(.min(2)), .validate(.slug)) package var handle: String?
    @Column(.validate(Validator("even") { (seats: Int) in seats.isMultiple(of: 2) })) package var seats: Int = 2
    @Column(.decimal(6, 2)) package var credit: Decimal = 0
    @Column(.databaseDefault(.sql("lower(hex(randomblob(4)))"))) package var token: String
    @Column(.databaseDefault(.now)) package var joinedAt: Date
    @Timestamp(.updated, .name("changed")) package var updatedAt: Date
    package var isActive = true
    @HasOne(\Profile.account) package var profile: Maybe<Profile>
    @HasMany(\Transfer.from) package var outgoing: Many<Transfer>
    @HasMany(\Transfer.to) package var incoming: Many<Transfer>

    package static var options: Options<Account> {
        .init(
            order: [.asc(\.email)],
            indexes: [
                .on(\.stars, \.seats), .unique(\.handle).where { $0.isActive && $0.handle != nil },
                .on(\.credit).named("rich"),
            ],
            checks: [.check("credit") { $0.credit >= 0 }, .check("seats") { $0.seats > 0 && $0.seats < 1000 }])
    }
}

/// One for each account at most.
@Model("profiles")
package struct Profile {
    @PrimaryKey package var id: Int
    package var city: String
    @OneToOne(onDelete: .cascade) package var account: One<Account>
}

/// Two relations to one table.
@Model("transfers")
package struct Transfer {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .restrict) package var from: One<Account>
    @ForeignKey(onDelete: .restrict, .name("target")) package var to: One<Account>
    @Column(.decimal(10, 2)) package var amount: Decimal
}

/// Rows that are deleted softly, in a tree.
@Model("entries")
package struct Entry {
    @PrimaryKey package var id: Int
    package var text: String
    @ForeignKey(onDelete: .cascade) package var parent: One<Entry>?
    @SoftDelete package var deletedAt: Date?
    @Timestamp(.updated) package var updatedAt: Date
    @HasMany(\Entry.parent) package var children: Many<Entry>

    package static var options: Options<Entry> { .init(order: [.asc(\.id)]) }
}
