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
    package init(theme: String = "light", tabs: [String] = [], factor: Double = 1) {
        (self.theme, self.tabs, self.factor) = (theme, tabs, factor)
    }

    package var theme = "light"
    package var tabs: [String] = []
    package var factor: Double = 1
}
