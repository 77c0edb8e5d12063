import FoundationEssentials
import ORM

/// A hash over rows that comes out the same on every engine: over what the values are, not over how they are kept, and whatever the
/// order of the rows.
struct RowsHash {
    private(set) var count = 0
    /// The sum of the rows' hashes: a sum knows no order.
    private var sum: UInt64 = 0

    /// The hash as 16 hexadecimal digits.
    var text: String { StableHash.hexadecimal(sum) }

    /// Adds a row.
    mutating func add(_ row: [SQLValue], of columns: [ColumnState]) {
        var hash = StableHash()
        for (value, column) in zip(row, columns) { hash.append(value, of: column.type) }
        count += 1
        sum &+= hash.value
    }
}

extension StableHash {
    /// Goes on with a value: what it is, how long, and its bytes, so that no two rows read alike.
    fileprivate mutating func append(_ value: SQLValue, of type: StorageType) {
        switch value {
        case .null, .invalid: append(UInt8(0))
        case .int(let number): append(1, UInt64(bitPattern: number))
        // Zero has two signs, and they are equal.
        case .double(let number): append(2, (number == 0 ? 0 : number).bitPattern)
        case .decimal(let number): append(3, number.shortestDescription)
        case .bool(let flag): append(4, flag ? 1 : 0)
        case .text(let text): append(5, type == .json ? JSONValue.canonical(text) : text)
        case .bytes(let bytes):
            append(6, UInt64(bytes.count))
            bytes.withUnsafeBufferPointer { append($0) }
        case .date(let date): append(7, UInt64(bitPattern: Timestamp(date).microseconds))
        case .uuid(let uuid): append(8, uuid.uuidString)
        }
    }

    private mutating func append(_ tag: UInt8, _ number: UInt64) {
        append(tag)
        append(number)
    }

    private mutating func append(_ tag: UInt8, _ text: String) {
        append(tag, UInt64(text.utf8.count))
        append(text)
    }
}

extension Decimal {
    /// The digits without zeros at the end of a fraction: equal numbers have the same.
    fileprivate var shortestDescription: String {
        var digits = description
        guard digits.contains(".") else { return digits }
        while digits.hasSuffix("0") { digits.removeLast() }
        if digits.hasSuffix(".") { digits.removeLast() }
        return digits
    }
}

/// A JSON document as its values are: engines that understand documents keep neither the order of keys nor the form of numbers.
enum JSONValue: Codable {
    case null
    case bool(Bool)
    case number(Decimal)
    /// A number that is none of the decimals.
    case large(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    /// The document with sorted keys and numbers in one form; a text that is no document is left alone.
    static func canonical(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)),
            let data = try? encoder.encode(value)
        else { return text }
        return String(decoding: data, as: UTF8.self)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let number = try? container.decode(Double.self) {
            self = .large(number)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .large(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}
