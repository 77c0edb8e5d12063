/// A function that every engine has in some form. The dialect spells it: ``Dialect/spelling(of:count:)``.
///
/// What each gives is said here and is the same on every engine; unless something else is said, an argument that is NULL makes the
/// result NULL.
public enum SQLFunction: Sendable, Hashable {
    /// The first argument that is not NULL.
    case coalesce
    /// A text folded, so that texts that differ in case only become equal, in all of Unicode.
    case fold
    /// A text in lower case, in all of Unicode.
    case lower
    /// A text in upper case, in all of Unicode.
    case upper
    /// A text without spaces at both ends, at its start, at its end.
    case trim, trimStart, trimEnd
    /// How many Unicode scalars a text has.
    case length
    /// Where a text, the second argument, first occurs in another, counted from 1; 0 when it does not.
    case position
    /// The part of a text from a position, counted from 1, to its end or of a length.
    case substring
    /// A text with each occurrence of the second argument replaced by the third.
    case replace
    /// Two texts, one after the other.
    case concatenate
    /// Whether a text matches a POSIX extended regular expression, the second argument.
    case matches(ignoringCase: Bool)
    /// The quotient of two numbers; of integers, cut towards zero. NULL when the divisor is 0.
    case divide(integers: Bool)
    /// What an integer division leaves, with the sign of the dividend. NULL when the divisor is 0.
    case remainder
    /// A number with its sign turned; its absolute value.
    case negate, absolute
    /// A double rounded to so many decimal places, halves away from zero.
    case round
    /// The smaller and the greater of two values; NULL when one of them is.
    case least, greatest
    /// A value as another type.
    case cast(StorageType)
    /// A part of an instant in UTC, an integer.
    case datePart(DatePart)
    /// An instant cut to the start of its year, month, …, in UTC.
    case truncate(DateUnit)
    /// An instant so many microseconds later.
    case addMicroseconds
    /// The seconds from the second instant to the first, a double.
    case secondsBetween
}

/// A part of an instant, in UTC.
public enum DatePart: Sendable, Hashable, CaseIterable {
    /// The year of the calendar.
    case year
    /// 1 to 4.
    case quarter
    /// The month, from 1; the day of the month, from 1; the hour, from 0; the minute; the whole second.
    case month, day, hour, minute, second
    /// The week's number in its year, and that year, after ISO 8601: week 1 is the one with the year's first Thursday.
    case isoWeek, isoYear
    /// 1 = Monday to 7 = Sunday.
    case weekday
    /// 1 to 366.
    case dayOfYear
}

/// What an instant can be cut to, in UTC.
public enum DateUnit: Sendable, Hashable, CaseIterable {
    /// The start of the year, of the month, of the day, ….
    case year, month, day, hour, minute, second
}
