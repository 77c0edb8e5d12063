import FoundationEssentials

/// A Codable type that a column stores as a JSON document.
///
/// ```swift
/// struct Settings: ColumnJSON { var theme = "light"; var tabs: [String] = [] }
/// ```
/// Keys are sorted, so that equal values are equal documents. A stored document that does not decode is an error when it is
/// read, never a default; a value that JSON cannot express (a `Double` that is not finite) is refused when it is written.
/// For a type of somebody else, such as `[String]`, see ``JSON``.
public protocol ColumnJSON: ColumnValue, Codable {}

extension ColumnJSON {
    /// Stored as JSON, on SQLite as text.
    public static var storage: StorageType { .json }
    /// Reads and decodes a document.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> Self {
        try JSONDocument.decode(Self.self, from: row, at: index)
    }
    /// The document as a statement binds it.
    public var sqlValue: SQLValue { JSONDocument.encode(self) }
}

/// Any Codable value as a column that stores a JSON document: `var languages: JSON<[String]> = JSON([])`.
public struct JSON<Value: Codable & Hashable & Sendable>: ColumnValue {
    /// The value.
    public var value: Value

    /// Wraps a value.
    public init(_ value: Value) { self.value = value }

    /// Stored as JSON, on SQLite as text.
    public static var storage: StorageType { .json }
    /// Reads and decodes a document.
    public static func read(_ row: borrowing some ResultRow, at index: Int) throws -> JSON {
        JSON(try JSONDocument.decode(Value.self, from: row, at: index))
    }
    /// The document as a statement binds it.
    public var sqlValue: SQLValue { JSONDocument.encode(value) }
}

extension EncodingError {
    /// The keys that lead to the value: `prices.0`.
    fileprivate var path: String {
        guard case .invalidValue(_, let context) = self else { return "" }
        return context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}

/// How values become documents and come back.
private enum JSONDocument {
    static func encode(_ value: some Encodable) -> SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return .text(String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            // Where it is, never what it is: errors carry no values.
            let path = (error as? EncodingError)?.path ?? ""
            return .invalid("a value that JSON cannot express\(path.isEmpty ? "" : " at \(path)")")
        }
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from row: borrowing some ResultRow, at index: Int
    ) throws -> Value {
        let text = try row.text(index)
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw ORMError.decoding(column: row.name(index), expected: "JSON of a \(type)", found: "another document")
        }
    }
}
