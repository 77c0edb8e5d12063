extension PortableSQL {
    /// A condition of a model as an expression for these dialects: one text where all say the same but for their quotes, else one for
    /// each that can say it. Throws the first refusal when none can.
    init(_ condition: SQLExpression, for dialects: [any Dialect]) throws {
        var texts: [String: String] = [:]
        var refusal: ORMError?
        for dialect in dialects {
            var writer = SQLWriter(dialect, in: .definition, marksIdentifiers: true)
            writer.value(condition)
            do {
                texts[dialect.name] = try Self.template(of: writer.statement.sql)
            } catch let error as ORMError {
                refusal = refusal ?? error
            }
        }
        guard let first = texts.values.first else {
            throw refusal ?? ORMError(.configuration, "an expression of a definition needs a dialect to be written in")
        }
        let isOne = refusal == nil && texts.values.allSatisfy { $0 == first }
        self = isOne ? PortableSQL(first) : PortableSQL(nil, for: texts)
    }

    /// The expression of a text that names no columns between braces: SQL as it stands.
    public init(verbatim sql: String) { self.init(Self.escaped(sql)) }

    // MARK: Marks

    // A writer puts these scalars around a name, because a brace may be part of the SQL. They are for private use, so no text has them:
    // https://www.unicode.org/faq/private_use.html
    private static let start: Unicode.Scalar = "\u{F0000}"
    private static let end: Unicode.Scalar = "\u{F0001}"

    /// A name that is to stand between braces.
    static func marked(_ name: String) -> String { "\(start)\(name)\(end)" }

    private static func template(of sql: String) -> String {
        var text = ""
        for scalar in escaped(sql).unicodeScalars {
            switch scalar {
            case start: text += "{"
            case end: text += "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func escaped(_ sql: String) -> String {
        sql.reduce(into: "") { text, character in
            text.append(character)
            if character == "{" || character == "}" { text.append(character) }
        }
    }
}
