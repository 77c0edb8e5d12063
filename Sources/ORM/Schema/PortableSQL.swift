/// An expression of a table's definition, for every dialect: names stand between braces, and each dialect quotes them its own way.
///
/// ```swift
/// let inRange: PortableSQL = "{rating} BETWEEN 1 AND 5"
/// let short = PortableSQL("LENGTH({title}) < 80", for: ["mysql": "CHAR_LENGTH({title}) < 80"])
/// ```
/// A brace that is meant stands twice: `{{`, `}}`.
public struct PortableSQL: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The text for dialects that have none of their own; `nil` = those cannot say it.
    public let text: String?
    /// The texts of single dialects, by ``Dialect/name``.
    public let texts: [String: String]

    /// A text for all dialects but those in `texts`.
    public init(_ text: String?, for texts: [String: String] = [:]) {
        self.text = text
        self.texts = texts
    }

    /// One text for all dialects.
    public init(stringLiteral text: String) { self.init(text) }

    /// The text in a dialect, with its quotes; throws `.unsupported` when there is none for it.
    public func text(in dialect: any Dialect) throws -> String {
        try pieces(in: dialect).reduce(into: "") { sql, piece in
            switch piece {
            case .text(let text): sql += text
            case .name(let name): dialect.quote(name, into: &sql)
            }
        }
    }

    /// A part of an expression.
    enum Piece {
        case text(String)
        /// A name, without the braces.
        case name(String)
    }

    /// The parts of the text in a dialect.
    func pieces(in dialect: any Dialect) throws -> [Piece] {
        guard let template = texts[dialect.name] ?? text else {
            throw ORMError.unsupported(
                "this expression", dialect: dialect.name,
                "there is no text for \(dialect.name): \(texts.sorted { $0.key < $1.key }.first?.value ?? "")")
        }
        var pieces: [Piece] = []
        var sql = ""
        var rest = template[...]
        while let index = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            sql += rest[..<index]
            let brace = rest[index]
            let next = rest.index(after: index)
            if next < rest.endIndex, rest[next] == brace {
                sql.append(brace)
                rest = rest[rest.index(after: next)...]
            } else if brace == "{", let end = rest[next...].firstIndex(of: "}") {
                pieces += [.text(sql), .name(String(rest[next..<end]))]
                sql = ""
                rest = rest[rest.index(after: end)...]
            } else {
                throw ORMError(.migration, "a single brace in the expression: \(template)")
            }
        }
        return pieces + [.text(sql + rest)]
    }
}
