/// What a filter takes and gives, as far as types tell.
struct FilterRule {
    enum Input {
        case anything
        /// What can be printed: texts, numbers, true and false.
        case printable
        case text, number, date
        /// What a loop can go through.
        case elements
        case dictionary
        /// What JSON has a form for.
        case json
    }

    enum Result {
        case text
        /// Markup if the input is, else text.
        case sameText
        case markup, integer, number
        /// A number of the input's kind.
        case sameNumber
        /// One of the input's elements.
        case element
        /// A list of the input's elements, or of lists of them.
        case list, lists
        /// Decided by the filter's arguments.
        case special
    }

    let input: Input
    let result: Result
    /// Which parameter names an attribute of the elements.
    var attribute: String?
    /// Whether elements are compared with each other, so that none of them may be none.
    var isOrdering = false
    /// Whether constant arguments alone decide that the filter fails, so that it can be tried out.
    var isTried = false

    static let all: [String: FilterRule] = [
        "abs": FilterRule(input: .number, result: .sameNumber),
        "attr": FilterRule(input: .anything, result: .special),
        "batch": FilterRule(input: .elements, result: .lists, isTried: true),
        "capitalize": FilterRule(input: .printable, result: .sameText),
        "center": FilterRule(input: .printable, result: .sameText, isTried: true),
        "default": FilterRule(input: .anything, result: .special),
        "dictsort": FilterRule(input: .dictionary, result: .special),
        "escape": FilterRule(input: .printable, result: .markup),
        "first": FilterRule(input: .elements, result: .element),
        "float": FilterRule(input: .anything, result: .number),
        "format": FilterRule(input: .printable, result: .sameText),
        "groupby": FilterRule(input: .elements, result: .special, attribute: "attribute", isOrdering: true),
        "indent": FilterRule(input: .text, result: .sameText, isTried: true),
        "int": FilterRule(input: .anything, result: .integer),
        "join": FilterRule(input: .elements, result: .special, attribute: "attribute"),
        "last": FilterRule(input: .elements, result: .element),
        "length": FilterRule(input: .elements, result: .integer),
        "list": FilterRule(input: .elements, result: .list),
        "lower": FilterRule(input: .printable, result: .sameText),
        "map": FilterRule(input: .elements, result: .special),
        "max": FilterRule(input: .elements, result: .element, attribute: "attribute", isOrdering: true),
        "min": FilterRule(input: .elements, result: .element, attribute: "attribute", isOrdering: true),
        "reject": FilterRule(input: .elements, result: .list),
        "rejectattr": FilterRule(input: .elements, result: .special),
        "replace": FilterRule(input: .printable, result: .sameText),
        "reverse": FilterRule(input: .elements, result: .list),
        "round": FilterRule(input: .number, result: .sameNumber, isTried: true),
        "safe": FilterRule(input: .printable, result: .markup),
        "select": FilterRule(input: .elements, result: .list),
        "selectattr": FilterRule(input: .elements, result: .special),
        "slice": FilterRule(input: .elements, result: .lists, isTried: true),
        "sort": FilterRule(input: .elements, result: .list, attribute: "attribute", isOrdering: true),
        "string": FilterRule(input: .printable, result: .sameText),
        "striptags": FilterRule(input: .printable, result: .text),
        "sum": FilterRule(input: .elements, result: .special, attribute: "attribute"),
        "title": FilterRule(input: .printable, result: .text),
        "tojson": FilterRule(input: .json, result: .markup, isTried: true),
        "trim": FilterRule(input: .printable, result: .sameText),
        "truncate": FilterRule(input: .text, result: .sameText, isTried: true),
        "unique": FilterRule(input: .elements, result: .list, attribute: "attribute"),
        "upper": FilterRule(input: .printable, result: .sameText),
        "urlencode": FilterRule(input: .anything, result: .text),
        "wordcount": FilterRule(input: .printable, result: .integer),
        "xmlattr": FilterRule(input: .dictionary, result: .markup),
        // Ours.
        "absolute_url": FilterRule(input: .text, result: .text),
        "date": FilterRule(input: .date, result: .text, isTried: true),
        "markdown": FilterRule(input: .text, result: .markup),
        "number": FilterRule(input: .number, result: .text, isTried: true),
        "plural": FilterRule(input: .number, result: .text, isTried: true),
        "slugify": FilterRule(input: .text, result: .text),
        "xmlescape": FilterRule(input: .printable, result: .markup),
    ]
}

extension FilterRule.Input {
    /// What it wants, for messages.
    var wanted: String {
        switch self {
        case .anything: "something"
        case .printable: "something that can be printed"
        case .text: "a string"
        case .number: "a number"
        case .date: "a date"
        case .elements: "a list"
        case .dictionary: "a dict"
        case .json: "something that JSON has"
        }
    }

    func takes(_ type: StaticType) -> Bool {
        if type.isAny || type.kind == .nothing { return true }
        switch self {
        case .anything: return true
        case .printable: return type.isText || type.isNumber
        case .text: return type.isText
        case .number: return type.isNumber
        case .date: return type.kind == .date
        case .elements: return type.element != nil
        case .dictionary:
            if case .dictionary = type.kind { return true }
            return false
        case .json: return Self.isJSON(type)
        }
    }

    private static func isJSON(_ type: StaticType) -> Bool {
        switch type.kind {
        case .any, .nothing, .flag, .integer, .number, .text, .markup, .literal: true
        case .list(let element): isJSON(element)
        case .tuple(let items): items.allSatisfy(isJSON)
        case .dictionary(let fields): fields?.values.allSatisfy(isJSON) ?? true
        default: false
        }
    }

    /// A value of this kind to try a filter on.
    var sample: Value {
        switch self {
        case .anything, .printable, .text, .json: .string("a")
        case .number: .int(1)
        case .date: .date(0)
        case .elements: .list([.string("a")])
        case .dictionary: .dict(.init())
        }
    }
}
