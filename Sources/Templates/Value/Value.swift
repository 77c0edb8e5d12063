/// What a template sees: one closed set of kinds, built by typed view models. There is no reflection and no `Any`.
///
/// Strings print escaped for the output's kind; `markup` prints as it is. Lists, dicts, dates and objects cannot be printed:
/// a template reads their parts or passes a date through the `date` filter.
package enum Value: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    /// Text that is already safe in the output's language and is never escaped again.
    case markup(String)
    /// Seconds since 1970-01-01T00:00:00Z.
    case date(Double)
    case list([Value])
    /// A list that a template wrote as `(a, b)`; it equals another tuple, never a list.
    case tuple([Value])
    case dict(Dictionary)
    /// Make one with ``object(_:)``.
    case model(Model)
    /// Computed when a template first reads it; a value in the context is computed at most once per render.
    case lazy(@Sendable () -> Value)
    /// A name or an attribute that does not exist: an error when used, unless by `default` or `is defined`.
    case undefined(Undefined)
    /// A macro, a loop or a namespace of the render that is under way.
    case reference(Reference)

    /// A value whose fields are those of a view model, each computed when it is read.
    package static func object(_ model: some ViewModel) -> Value { .model(ModelBox(model)) }

    /// The text, or none.
    package static func optional(_ text: String?) -> Value {
        guard let text else { return .none }
        return .string(text)
    }

    /// The date, or none.
    package static func optional(date: Double?) -> Value {
        guard let date else { return .none }
        return .date(date)
    }

    /// A list of view models.
    package static func objects(_ models: some Sequence<some ViewModel>) -> Value { .list(models.map { .object($0) }) }
}

/// A handle into the render that is under way; it means nothing outside of it.
package struct Reference: Sendable, Equatable {
    enum Kind: UInt8, Sendable { case macro, loop, namespace }

    let kind: Kind
    /// Index of the macro, the loop or the namespace in the render's tables.
    let index: Int32
    /// Index of the frame that a macro was defined in.
    let frame: Int32
    /// Serial number of the loop or the frame, so that a handle that outlived it is noticed.
    let serial: UInt32
}

/// Why a value is missing. The message is put together only when somebody uses the value.
package final class Undefined: Sendable {
    enum Reason: Sendable {
        case name(String)
        case attribute(String, owner: Value)
        case item(String, owner: Value)
        case argument(String, macro: String)
        case noElse
        case noItem(String)
    }

    let reason: Reason

    init(_ reason: Reason) { self.reason = reason }

    /// Prints nothing and is false instead of being an error: the missing else of an inline if, as in Jinja2.
    var isLenient: Bool {
        if case .noElse = reason { return true }
        return false
    }

    /// A value that is missing for this reason.
    static func value(_ reason: Reason) -> Value { .undefined(Undefined(reason)) }
}

extension Undefined {
    /// One line for the template's author.
    var message: String {
        switch reason {
        case .name(let name): "\"\(name)\" is undefined"
        case .attribute(let name, let owner): "\(owner.kindWithArticle) has no attribute \"\(name)\""
        case .item(let key, let owner): "\(owner.kindWithArticle) has no item \(key)"
        case .argument(let name, let macro): "argument \"\(name)\" of macro \"\(macro)\" was not given"
        case .noElse: "the inline if has no else, and its condition is false"
        case .noItem(let what): what
        }
    }

    /// Name that was asked for and the names that exist beside it, for a suggestion.
    var candidates: (wanted: String, known: [String])? {
        guard case .attribute(let name, let owner) = reason else { return nil }
        switch owner {
        case .model(let model): return (name, model.shape.fields.map(\.name))
        case .dict(let dict): return (name, dict.keys.compactMap { $0.stringValue })
        default: return nil
        }
    }
}
