/// Why something that a person asked for was not done: one line to act on, and which field it is about.
///
/// ```swift
/// throw OperationError(.taken, field: "username", "the username “ada” is taken")
/// ```
package struct OperationError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// A value breaks a rule.
        case invalid
        /// Another row has the value, and only one may.
        case taken
        /// What was named is not there.
        case missing
        /// It contradicts what is there.
        case conflict
    }

    package let code: Code
    /// The field as people give it: `username`, `email`.
    package let field: String?
    package let message: String
    /// What was probably meant.
    package let suggestion: String?

    package init(_ code: Code, field: String? = nil, _ message: String, suggestion: String? = nil) {
        self.code = code
        self.field = field
        self.message = message
        self.suggestion = suggestion
    }

    /// The message with the suggestion, in one line.
    package var description: String { suggestion.map { "\(message); did you mean “\($0)”?" } ?? message }
}
