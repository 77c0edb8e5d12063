/// A language for highlighting, as data.
struct Language: Sendable {
    enum Grammar: Sendable {
        case code(CodeGrammar)
        /// HTML and XML.
        case markup
        /// Whole lines by what they begin with; the first match counts.
        case lines([(prefix: String, token: Token)])
    }

    /// As in info strings, lower case; the first is the usual one.
    var names: [String]
    var grammar: Grammar

    static func named(_ name: String) -> Language? {
        byName[name.lowercased()]
    }

    static let all: [Language] = [
        .bash, .c, .cpp, .css, .diff, .go, .html, .java, .javaScript, .json, .kotlin, .python, .ruby, .rust, .sql,
        .swift, .toml,
        .typeScript, .yaml,
    ]

    private static let byName: [String: Language] = {
        var result: [String: Language] = [:]
        for language in all {
            for name in language.names { result[name] = language }
        }
        return result
    }()
}

/// How a language in the tradition of C, shell or YAML is cut into tokens. Modest by design: it knows comments,
/// strings, numbers and words, no syntax.
struct CodeGrammar: Sendable {
    struct StringRule: Sendable {
        var open: String
        var close: String
        /// What makes the next character part of the string.
        var escape: UInt8? = UInt8(ascii: "\\")
        var isMultiline = false
        /// Begins and ends code inside of the string.
        var interpolation: (open: String, close: String)?
        /// One character or escape only, as in Rust, where `'a` may also be a lifetime.
        var isCharacter = false
        /// Not a string unless it ends on its line: in text such as YAML's an apostrophe may stand alone.
        var mustClose = false
    }

    struct BlockComment: Sendable {
        var open: String
        var close: String
        var nests = false
    }

    var keywords: Set<String> = []
    var literals: Set<String> = []
    var types: Set<String> = []
    /// Words that begin with a capital letter are types.
    var capitalsAreTypes = false
    /// Words before `(` are functions.
    var callsAreFunctions = true
    var ignoresCase = false
    var lineComments: [String] = []
    /// A line comment begins a word, as in shells.
    var commentsBeginWords = false
    var blockComments: [BlockComment] = []
    /// Longer opening marks first.
    var strings: [StringRule] = []
    /// Beside letters, digits and `_`.
    var wordBytes = ByteSet("")
    /// A word that begins with one of these is meta: `@attribute`.
    var metaPrefixes = ByteSet("")
    /// A word that begins with one of these is a property: `$variable`.
    var variablePrefixes = ByteSet("")
    /// `#` at the beginning of a line makes the word behind it meta.
    var hasPreprocessor = false
    /// `#[…]` and `#![…]` are meta.
    var hasRustAttributes = false
    /// A word or string at the beginning of a statement, with this behind it, is a property.
    var keySeparator: UInt8?
    var hasNumbers = true
    /// `/…/` where no operand stands before it.
    var hasRegularExpressions = false
}

extension Set<String> {
    /// Words separated by spaces.
    init(words: String) {
        self.init(words.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
