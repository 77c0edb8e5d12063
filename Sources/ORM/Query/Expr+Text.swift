/// A text or an optional text: what the text lookups and functions work on.
public protocol TextValue: ColumnValue {}
extension String: TextValue {}
extension Optional: TextValue where Wrapped == String {}

// MARK: Lookups

extension Expr where Value: TextValue {
    /// Whether the text contains another, letter for letter. `%` and `_` mean themselves. False for NULL.
    public func contains(_ text: String) -> Expr<Bool> { match(.contains, text) }
    /// Whether the text contains another, whatever the case, in all of Unicode. False for NULL.
    public func icontains(_ text: String) -> Expr<Bool> { match(.containsFolded, text) }
    /// Whether the text starts with another. False for NULL.
    public func hasPrefix(_ text: String) -> Expr<Bool> { match(.hasPrefix, text) }
    /// Whether the text starts with another, whatever the case. False for NULL.
    public func ihasPrefix(_ text: String) -> Expr<Bool> { match(.hasPrefixFolded, text) }
    /// Whether the text ends with another. False for NULL.
    public func hasSuffix(_ text: String) -> Expr<Bool> { match(.hasSuffix, text) }
    /// Whether the text ends with another, whatever the case. False for NULL.
    public func ihasSuffix(_ text: String) -> Expr<Bool> { match(.hasSuffixFolded, text) }
    /// Whether the text equals another, whatever the case. False for NULL.
    public func iequals(_ text: String) -> Expr<Bool> { match(.equalsFolded, text) }

    /// Whether the text contains another column's. False when one of them is NULL.
    public func contains(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.contains, text) }
    /// Whether the text contains another column's, whatever the case. False when one of them is NULL.
    public func icontains(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.containsFolded, text) }
    /// Whether the text starts with another column's. False when one of them is NULL.
    public func hasPrefix(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.hasPrefix, text) }
    /// Whether the text starts with another column's, whatever the case. False when one of them is NULL.
    public func ihasPrefix(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.hasPrefixFolded, text) }
    /// Whether the text ends with another column's. False when one of them is NULL.
    public func hasSuffix(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.hasSuffix, text) }
    /// Whether the text ends with another column's, whatever the case. False when one of them is NULL.
    public func ihasSuffix(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.hasSuffixFolded, text) }
    /// Whether the text equals another column's, whatever the case. False when one of them is NULL.
    public func iequals(_ text: Expr<some TextValue>) -> Expr<Bool> { match(.equalsFolded, text) }

    /// Whether a part of the text matches a POSIX extended regular expression. False for NULL. A pattern that is none makes the
    /// query throw an error that says why.
    ///
    /// ```swift
    /// Post.filter { $0.slug.matches("^[a-z]+-[0-9]{4}$") }   // … WHERE orm_matches(t0."slug", ?)
    /// ```
    public func matches(_ pattern: String) -> Expr<Bool> { test(.matches(ignoringCase: false), pattern) }

    /// Whether a part of the text matches a POSIX extended regular expression, whatever the case. False for NULL.
    public func imatches(_ pattern: String) -> Expr<Bool> { test(.matches(ignoringCase: true), pattern) }

    private func match(_ kind: TextMatch, _ text: String) -> Expr<Bool> {
        Expr<Bool>(.match(kind, node, .value(.text(text)), isNullable: Value.isNullable))
    }

    private func match<Other: TextValue>(_ kind: TextMatch, _ text: Expr<Other>) -> Expr<Bool> {
        Expr<Bool>(.match(kind, node, text.node, isNullable: Value.isNullable || Other.isNullable))
    }

    private func test(_ function: SQLFunction, _ text: String) -> Expr<Bool> {
        Expr<Bool>(.test(function, [node, .value(.text(text))], isNullable: Value.isNullable))
    }
}

// MARK: Functions

extension Expr where Value: TextValue {
    /// The number of characters (Unicode scalars) of the text.
    public var length: Expr<Value.IntResult> { Expr<Value.IntResult>(.function(.length, [node])) }

    /// The text in lower case, in all of Unicode: `$0.name.lower.asc` orders without regard to case.
    public var lower: Expr { call(.lower) }

    /// The text in upper case, in all of Unicode.
    public var upper: Expr { call(.upper) }

    /// The text without spaces at both ends. Only the space (U+0020) counts.
    public var trimmed: Expr { call(.trim) }

    /// The text without spaces at its start.
    public var trimmedStart: Expr { call(.trimStart) }

    /// The text without spaces at its end.
    public var trimmedEnd: Expr { call(.trimEnd) }

    /// The text with each occurrence of another replaced: `$0.title.replacing(" ", with: "-")`.
    public func replacing(_ text: String, with replacement: String) -> Expr {
        call(.replace, .value(.text(text)), .value(.text(replacement)))
    }

    /// The part of the text from a character on, counted from 0 in Unicode scalars, to its end or of so many characters; empty
    /// beyond its end.
    ///
    /// ```swift
    /// Post.select { $0.title.substring(from: 0, count: 3) }   // SELECT SUBSTR(t0."title", ?, ?) FROM …
    /// ```
    public func substring(from start: Int, count: Int? = nil) -> Expr {
        // Engines count a negative start from the end, each in its own way.
        let first = SQLExpression.value(.int(Int64(Swift.max(0, Swift.min(start, Int(Int32.max) - 1)) + 1)))
        guard let count else { return call(.substring, first) }
        return call(.substring, first, .value(.int(Int64(Swift.max(0, count)))))
    }

    /// The two texts, one after the other; NULL when one of them is.
    public static func + (left: Expr, right: Value) -> Expr { left.call(.concatenate, .value(right.sqlValue)) }

    /// The two texts, one after the other; NULL when one of them is: `$0.firstName + " " + $0.lastName`.
    public static func + (left: Expr, right: Expr) -> Expr { left.call(.concatenate, right.node) }

    private func call(_ function: SQLFunction, _ arguments: SQLExpression...) -> Expr {
        Expr(.function(function, [node] + arguments))
    }
}
