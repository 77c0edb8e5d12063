import FoundationEssentials

/// A rule for the values of a column beyond its type; checked before every write that carries a value.
///
/// ```swift
/// @Column(.max(100), .validate(.email)) var email: String
/// @Column(.validate(.range(1...5))) var stars: Int
/// @Column(.validate(Validator("even") { (seats: Int) in seats.isMultiple(of: 2) })) var seats: Int
/// ```
/// NULL passes every rule: whether a column may be NULL is said by its type.
public struct Validator: Sendable {
    /// What the rule is called in errors: `posts.stars breaks the rule "range 1...5"`.
    public let rule: String
    private let holds: @Sendable (SQLValue) throws -> Bool

    /// A rule of your own for a column's type. An error that it throws means that the value breaks the rule, and is the
    /// ``ORMError/underlying`` of the one that comes out; an ``ORMError`` comes out as it is.
    public init<Value: ColumnValue>(_ rule: String, _ holds: @escaping @Sendable (Value) throws -> Bool) {
        self.rule = rule
        self.holds = { value in try holds(try Value.read(BoundValue(value: value), at: 0)) }
    }

    /// Whether a value keeps the rule. Throws when the rule is for another type than the column's.
    package func accepts(_ value: SQLValue) throws -> Bool { try value.isNull || holds(value) }

    /// At least so many characters (Unicode scalars).
    public static func min(_ length: Int) -> Validator {
        Validator("at least \(length) characters") { (text: String) in text.unicodeScalars.count >= length }
    }

    /// From the lower bound to the upper one, both included.
    public static func range<Value: ColumnValue & Comparable>(_ range: ClosedRange<Value>) -> Validator {
        Validator("range \(range)") { (value: Value) in range.contains(value) }
    }

    /// One of these values.
    public static func oneOf<Value: ColumnValue>(_ values: [Value]) -> Validator {
        let known = Set(values)
        return Validator("one of \(values.map { "\($0)" }.joined(separator: ", "))") { (value: Value) in
            known.contains(value)
        }
    }

    /// An e-mail address as web forms take it: <https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>
    public static var email: Validator { Validator("an e-mail address") { (text: String) in text.isEmailAddress } }

    /// Letters (a–z), digits and single hyphens between them, in lower case: what a URL's part looks like.
    public static var slug: Validator { Validator("a slug") { (text: String) in text.isSlug } }

    /// Only characters of a set, at least one: `.characters("A–Z", { ("A"..."Z").contains($0) })`.
    public static func characters(
        _ rule: String, _ allows: @escaping @Sendable (Unicode.Scalar) -> Bool
    ) -> Validator {
        Validator(rule) { (text: String) in !text.isEmpty && text.unicodeScalars.allSatisfy(allows) }
    }
}

/// A value that is about to be bound, read as a result row of one column is read, so that a rule gets the type it is written for.
private struct BoundValue: ResultRow {
    let value: SQLValue

    func name(_ index: Int) -> String { "to be written" }
    func isNull(_ index: Int) -> Bool { value.isNull }

    func integer(_ index: Int) throws -> Int64 {
        if case .int(let number) = value { return number }
        throw mismatch("an integer")
    }
    func real(_ index: Int) throws -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        default: throw mismatch("a number")
        }
    }
    func boolean(_ index: Int) throws -> Bool {
        if case .bool(let flag) = value { return flag }
        throw mismatch("a boolean")
    }
    func text(_ index: Int) throws -> String {
        switch value {
        case .text(let text): return text
        case .decimal(let number): return number.description
        default: throw mismatch("text")
        }
    }
    func bytes(_ index: Int) throws -> [UInt8] {
        if case .bytes(let bytes) = value { return bytes }
        throw mismatch("bytes")
    }
    func date(_ index: Int) throws -> Date {
        if case .date(let date) = value { return date }
        throw mismatch("an instant")
    }
    func uuid(_ index: Int) throws -> UUID {
        if case .uuid(let uuid) = value { return uuid }
        throw mismatch("a UUID")
    }

    private func mismatch(_ expected: String) -> ORMError {
        ORMError(.configuration, "a validator for \(expected) stands at a column of another type")
    }
}

extension String {
    /// One `@`; atoms of the usual characters before it, labels of letters, digits and inner hyphens behind it.
    fileprivate var isEmailAddress: Bool {
        let parts = utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy({ $0.isAlphanumeric || Self.atom.contains($0) })
        else { return false }
        return parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            return first.isAlphanumeric && last.isAlphanumeric
                && label.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
        }
    }

    private static let atom = Set(".!#$%&'*+/=?^_`{|}~-".utf8)

    fileprivate var isSlug: Bool {
        utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty && word.allSatisfy { $0.isAlphanumeric && !(65...90).contains($0) }
        }
    }
}

extension UInt8 {
    /// An ASCII letter or digit.
    fileprivate var isAlphanumeric: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}
