import ORM

/// How the names of a database become names of Swift, and whether they come back by themselves.
enum ModelName {
    /// The model of a table: `post_tags` → `PostTag`, `categories` → `Category`.
    static func type(of table: String) -> String {
        var words = Self.words(table)
        if let last = words.popLast() { words.append(singular(last)) }
        let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let valid = name.first?.isLetter == true ? name : "Table\(name)"
        return taken.contains(valid) ? valid + "Row" : valid
    }

    /// The property of a column: `created_at` → `createdAt`.
    static func property(of column: String, orElse prefix: String = "column") -> String {
        let words = Self.words(column)
        let name = words.enumerated().map { index, word in
            index == 0 ? word.prefix(1).lowercased() + word.dropFirst() : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
        return name.first?.isLetter == true ? name : prefix + name.prefix(1).uppercased() + name.dropFirst()
    }

    /// The name of an enum's case for a stored text: `in-review` → `inReview`.
    static func enumCase(of text: String) -> String {
        text.contains { $0.isLetter || $0.isNumber } ? property(of: text, orElse: "value") : "empty"
    }

    /// Whether `@Model` makes this very column of the property by itself.
    static func isPlain(_ column: String) -> Bool {
        let words = column.split(separator: "_", omittingEmptySubsequences: false)
        // A run of capitals would be taken for one word, so single letters do not come back; neither do words that begin with a digit.
        return words.allSatisfy { word in
            word.first?.isLetter == true && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
        } && words.dropFirst().allSatisfy { $0.count > 1 }
    }

    /// The name as code has it: a word of Swift's own gets backticks.
    static func quoted(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

    private static func words(_ name: String) -> [String] {
        name.split { !($0.isLetter || $0.isNumber) }.map { $0.allSatisfy(\.isUppercase) ? $0.lowercased() : String($0) }
    }

    private static func singular(_ word: String) -> String {
        for (ending, replacement) in endings where word.hasSuffix(ending) && word.count > ending.count {
            return word.dropLast(ending.count) + replacement
        }
        return word
    }

    /// English plurals, the longer ending first.
    private static let endings = [
        ("ies", "y"), ("sses", "ss"), ("uses", "us"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"),
        ("us", "us"), ("is", "is"), ("s", ""),
    ]

    /// Types that a model would hide.
    private static let taken: Set<String> = [
        "Int", "String", "Bool", "Double", "Date", "UUID", "Data", "Array", "Optional", "Set", "Character", "Error",
        "Type",
        "Self", "Any", "Protocol", "Model", "Column", "One", "Many", "Maybe", "Options", "Query", "Database", "Session",
        "Transaction", "Statement", "Decimal", "Duration", "Index", "Table", "Timestamp", "Result", "Sequence", "Task",
        "Actor", "Never", "Void", "Float", "CalendarDate", "TimeOfDay", "JSON", "Expr", "Scope", "Router", "Driver",
        "Pool",
        "Validator", "Signal", "Page", "Range", "Dictionary", "Key", "Encoder", "Decoder", "Sendable", "Hashable",
        "Connection",
    ]

    private static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else",
        "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in",
        "init",
        "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public",
        "repeat",
        "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
        "try",
        "typealias", "var", "where", "while", "Any", "Self",
    ]
}
