/// How a column stores its values; each dialect maps it to a type of its own.
public enum StorageType: Sendable, Hashable {
    /// An integer of 16 bits.
    case int16
    /// An integer of 32 bits.
    case int32
    /// An integer of 64 bits.
    case integer
    /// A double.
    case real
    /// A decimal number of so many digits in all, of which `scale` stand behind the point; exact on every engine.
    case decimal(precision: Int, scale: Int)
    /// True or false.
    case boolean
    /// A text, ordered by code point.
    case text
    /// Bytes as they are.
    case bytes
    /// An instant, in UTC to the microsecond.
    case timestamp
    /// A day of the calendar, without time or zone.
    case date
    /// A time of day to the microsecond, without day or zone.
    case time
    /// A length of time, as whole microseconds.
    case duration
    /// A UUID.
    case uuid
    /// A JSON document.
    case json
}

extension StorageType {
    /// Whether values are integers, of whatever width.
    var isInteger: Bool { [.int16, .int32, .integer].contains(self) }

    /// For a decimal number, how many digits stand behind the point.
    var scale: Int? {
        if case .decimal(_, let scale) = self { scale } else { nil }
    }
}
