extension Duration: ColumnValue {
    /// Stored as whole microseconds in a 64-bit integer, so that order and sums are right.
    public static var storage: StorageType { .duration }

    /// Reads whole microseconds.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Duration {
        .microseconds(try row.integer(index))
    }

    /// The duration as a statement binds it, rounded to the nearest microsecond. One of more than 292,000 years is invalid.
    public var sqlValue: SQLValue {
        wholeMicroseconds.map { .int($0) } ?? .invalid("a duration of more than \(Int64.max) microseconds")
    }

    /// The duration rounded to microseconds, which is what the database keeps.
    public var asStored: Duration { wholeMicroseconds.map { .microseconds($0) } ?? self }

    private var wholeMicroseconds: Int64? {
        let (seconds, attoseconds) = components
        // Both parts have the same sign; half a microsecond goes away from zero.
        let half: Int64 = attoseconds < 0 ? -500_000_000_000 : 500_000_000_000
        let (product, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflows) = product.addingReportingOverflow((attoseconds + half) / 1_000_000_000_000)
        return isTooLong || overflows ? nil : sum
    }
}
