import ORM

/// What the declared type of a SQLite column says of its values.
///
/// SQLite itself goes by the affinity alone (<https://sqlite.org/datatype3.html#determination_of_column_affinity>); the words that
/// programs use to say more are understood too.
struct SQLiteColumnType {
    var storage: StorageType
    var maxLength: Int?
    /// What is not as it seems, in words that go on from the column's name.
    var note: String?

    init(_ declared: String) {
        let tokens = SQLiteToken.tokens(of: declared).compactMap { $0.name?.uppercased() }
        let words = tokens.filter { Int($0) == nil }
        let numbers = tokens.compactMap { Int($0) }
        let type = words.joined(separator: " ")
        switch words.first {
        case "BOOLEAN", "BOOL": storage = .boolean
        case "DATETIME", "TIMESTAMP", "TIMESTAMPTZ": storage = .timestamp
        case "DATE": storage = .date
        case "TIME": storage = .time
        case "UUID": storage = .uuid
        case "DECIMAL", "NUMERIC", "NUMBER", "MONEY":
            // This library keeps decimals as scaled integers on SQLite, other programs as what they look like.
            storage = .real
            note = "is declared \(declared), whose values SQLite keeps as floating-point numbers: a Double"
        case nil:
            storage = .text
            note = "has no declared type and may hold anything: a String"
        case _ where type.contains("INT"): storage = .integer
        case _ where type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT"):
            storage = .text
            maxLength = numbers.first
        case _ where type.contains("BLOB") || type.contains("BINARY"): storage = .bytes
        case _ where type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB"): storage = .real
        case "JSON", "JSONB": storage = .text
        default:
            storage = .text
            note = "is declared \(declared), which is no type that is known: a String"
        }
    }
}

extension StorageType {
    /// The integer type whose values are those of a range; `nil` when no type has just these.
    init?(range: ClosedRange<Int64>) {
        switch range {
        case Int8.integerRange, Int16.integerRange, UInt8.integerRange: self = .int16
        case Int32.integerRange, UInt16.integerRange: self = .int32
        case UInt32.integerRange, UInt64.integerRange: self = .integer
        default: return nil
        }
    }
}

extension DefaultState {
    /// The default as SQLite's schema has it; `nil` for NULL.
    init?(sqlite text: String, in storage: StorageType) {
        let tokens = SQLiteToken.tokens(of: text).withoutOuterParentheses
        if CanonicalSQL(tokens) == CanonicalSQL("NULL") { return nil }
        if let value = Self.value(tokens, in: storage) {
            self = .value(value)
        } else {
            self = .sql(PortableSQL(verbatim: text))
        }
    }

    /// A constant that a value of the type is written as.
    private static func value(_ tokens: [SQLiteToken], in storage: StorageType) -> SQLValue? {
        let text = tokens.significant.text
        let isNumber = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
        switch storage {
        case .int16, .int32, .integer, .duration: return Int64(text).map { .int($0) }
        case .real: return isNumber ? Double(text).map { .double($0) } : nil
        case .boolean:
            switch text.uppercased() {
            case "1", "TRUE": return .bool(true)
            case "0", "FALSE": return .bool(false)
            default: return nil
            }
        case .text: return tokens.count == 1 ? tokens[0].literal.map { .text($0) } : nil
        case .decimal, .bytes, .timestamp, .date, .time, .uuid, .json: return nil
        }
    }
}
