public import FoundationEssentials

/// Something with a date, or an optional one: what has a year and a month.
public protocol DateValue: ColumnValue {}
/// An instant or an optional instant: what also has an hour, and moves by seconds.
public protocol InstantValue: DateValue {}
extension Date: InstantValue {}
extension CalendarDate: DateValue {}
extension Optional: DateValue where Wrapped: DateValue {}
extension Optional: InstantValue where Wrapped: InstantValue {}

extension Expr where Value: DateValue {
    /// The year in UTC: `Post.group { $0.createdAt.year }`.
    public var year: Expr<Value.IntResult> { part(.year) }
    /// The quarter of the year in UTC, 1 to 4.
    public var quarter: Expr<Value.IntResult> { part(.quarter) }
    /// The month in UTC, 1 to 12.
    public var month: Expr<Value.IntResult> { part(.month) }
    /// The day of the month in UTC.
    public var day: Expr<Value.IntResult> { part(.day) }
    /// The week's number in UTC after ISO 8601: week 1 has the year's first Thursday. It counts in ``isoYear``, not in ``year``.
    public var week: Expr<Value.IntResult> { part(.isoWeek) }
    /// The year that ``week`` counts in.
    public var isoYear: Expr<Value.IntResult> { part(.isoYear) }
    /// The day of the week in UTC, 1 = Monday to 7 = Sunday.
    public var weekday: Expr<Value.IntResult> { part(.weekday) }
    /// The day of the year in UTC, from 1.
    public var dayOfYear: Expr<Value.IntResult> { part(.dayOfYear) }

    fileprivate func part(_ part: DatePart) -> Expr<Value.IntResult> {
        Expr<Value.IntResult>(.function(.datePart(part), [node]))
    }
}

extension Expr where Value: InstantValue {
    /// The hour in UTC, 0 to 23.
    public var hour: Expr<Value.IntResult> { part(.hour) }
    /// The minute in UTC.
    public var minute: Expr<Value.IntResult> { part(.minute) }
    /// The second in UTC, without its fraction.
    public var second: Expr<Value.IntResult> { part(.second) }

    /// The start of the year, month, day, … in UTC, as an instant: what to group by.
    ///
    /// ```swift
    /// Post.group { $0.createdAt.start(of: .month) }.select { ($0.createdAt.start(of: .month), $0.count) }
    /// ```
    public func start(of unit: DateUnit) -> Expr { Expr(.function(.truncate(unit), [node])) }

    /// The instant so much later, to the microsecond: `$0.createdAt + .seconds(3600) > .currentTimestamp`.
    public static func + (left: Expr, right: Duration) -> Expr { left.moved(by: .value(.int(right.microseconds))) }

    /// The instant so much earlier, to the microsecond.
    public static func - (left: Expr, right: Duration) -> Expr { left.moved(by: .value(.int(-right.microseconds))) }

    /// The instant so many seconds later; the number may differ from row to row.
    public func adding(seconds: Expr<Int>) -> Expr { moved(by: (seconds * 1_000_000).node) }

    /// The seconds from another instant to this one; negative when that one is later, NULL when one of them is.
    ///
    /// ```swift
    /// Session.filter { $0.endedAt.seconds(since: $0.startedAt) > 3600 }
    /// ```
    public func seconds(since other: Expr) -> Expr<Value.DoubleResult> {
        Expr<Value.DoubleResult>(.function(.secondsBetween, [node, other.node]))
    }

    /// The instant at which the statement is made, each time the query runs, by this program's clock, as the library's own
    /// timestamps are. (`.now` is Foundation's `Date.now`: the instant at which the query was built.)
    ///
    /// ```swift
    /// let due = Post.filter { $0.publishedAt <= .currentTimestamp }   // … WHERE (t0."published_at" <= ?)
    /// ```
    public static var currentTimestamp: Expr { Expr(SQLExpression.now) }

    private func moved(by microseconds: SQLExpression) -> Expr {
        Expr(.function(.addMicroseconds, [node, microseconds]))
    }
}

extension Duration {
    /// Whole microseconds; a duration too long for 64 bits becomes the longest.
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        // One less than the greatest, so that its opposite exists too.
        return overflow || sumOverflow ? (seconds < 0 ? -.max : .max) : sum
    }
}
