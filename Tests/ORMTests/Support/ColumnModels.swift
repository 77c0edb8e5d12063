import FoundationEssentials
import ORM

/// A column of every type there is.
@Model("every_type")
struct EveryType {
    @PrimaryKey var id: Int
    var int8: Int8 = 0
    var int16: Int16 = 0
    var int32: Int32 = 0
    var int64: Int64 = 0
    var uint8: UInt8 = 0
    var uint16: UInt16 = 0
    var uint32: UInt32 = 0
    var uint64: UInt64 = 0
    var uint: UInt = 0
    var float: Float = 0.0
    var double: Double = 0
    var bool: Bool = false
    var text: String = ""
    var data: Data = Data()
    var bytes: [UInt8] = []
    var instant: Date = Date(timeIntervalSince1970: 0)
    var day: CalendarDate?
    var time: TimeOfDay?
    var length: Duration = Duration.zero
    var uuid: UUID?
    var mood: Mood = Mood.happy
    var level: Level?
    var settings: Settings = Settings()
    var languages: JSON<[String]> = JSON([])
    @Column(.decimal(12, 2)) var price: Decimal = 0
    var rate: Decimal?
}

enum Level: Int, ColumnEnum { case low = 1, high = 9 }

struct Settings: ColumnJSON {
    var theme = "light"
    var tabs: [String] = []
    var factor: Double = 1
}

/// Every option of a column.
@Model("accounts")
struct Account {
    @PrimaryKey(.name("account_id")) var id: Int
    @Column(.name("e_mail"), .max(100), .unique, .validate(.email), .comment("where invoices go; not */ shown"))
    var email: String
    @Column(.validate(.range(1...5))) var stars: Int = 3
    @Column(.validate(.min(2)), .validate(.slug)) var handle: String?
    @Column(.validate(Validator("even") { (seats: Int) in seats.isMultiple(of: 2) })) var seats: Int = 2
    @Column(.decimal(6, 2)) var credit: Decimal = 0
    @Column(.databaseDefault(.sql("lower(hex(randomblob(4)))"))) var token: String
    @Column(.databaseDefault(.now)) var joinedAt: Date
    @Timestamp(.updated, .name("changed")) var updatedAt: Date
    var isActive = true
    @HasOne(\Profile.account) var profile: Maybe<Profile>
    @HasMany(\Transfer.from) var outgoing: Many<Transfer>
    @HasMany(\Transfer.to) var incoming: Many<Transfer>

    static var options: Options<Account> {
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
struct Profile {
    @PrimaryKey var id: Int
    var city: String
    @OneToOne(onDelete: .cascade) var account: One<Account>
}

/// Two relations to one table.
@Model("transfers")
struct Transfer {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .restrict) var from: One<Account>
    @ForeignKey(onDelete: .restrict, .name("target")) var to: One<Account>
    @Column(.decimal(10, 2)) var amount: Decimal
}

/// Rows that are deleted softly, in a tree.
@Model("entries")
struct Entry {
    @PrimaryKey var id: Int
    var text: String
    @ForeignKey(onDelete: .cascade) var parent: One<Entry>?
    @SoftDelete var deletedAt: Date?
    @Timestamp(.updated) var updatedAt: Date
    @HasMany(\Entry.parent) var children: Many<Entry>

    static var options: Options<Entry> { .init(order: [.asc(\.id)]) }
}
