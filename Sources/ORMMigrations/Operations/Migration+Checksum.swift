import FoundationEssentials
import ORM

extension Migration {
    /// A checksum over the operations as plain text, the same on every machine and in every version of this library; a Swift step
    /// counts by its name and version.
    public var checksum: String { StableHash.hexadecimal(of: operations.map(\.canonical).joined(separator: "\n")) }
}

/// The operations as texts that tell each from every other. What a state does not say is left out, so that a property that comes to
/// states later changes no checksum of today.
extension MigrationOperation {
    var canonical: String {
        switch self {
        case .createTable(let table): "createTable" + table.canonical
        case .dropTable(let name): "dropTable" + list([name])
        case .renameTable(let name, let new): "renameTable" + list([name, new])
        case .addColumn(let table, let column, let before, let filling):
            "addColumn"
                + list([table, column.canonical] + named("before", before) + named("filling", filling?.canonical))
        case .alterColumn(let table, let column, let filling):
            "alterColumn" + list([table, column.canonical] + named("filling", filling?.canonical))
        case .renameColumn(let table, let column, let new): "renameColumn" + list([table, column, new])
        case .dropColumn(let table, let column): "dropColumn" + list([table, column])
        case .addIndex(let table, let index): "addIndex" + list([table, index.canonical])
        case .dropIndex(let table, let index): "dropIndex" + list([table, index])
        case .addCheck(let table, let check): "addCheck" + list([table, check.canonical])
        case .dropCheck(let table, let check): "dropCheck" + list([table, check])
        case .sql(let up, let down): "sql" + list([up.canonical] + named("down", down?.canonical))
        case .run(let step): "run" + list([step.name, "\(step.version)"])
        }
    }
}

extension TableState {
    fileprivate var canonical: String {
        list([name] + columns.map(\.canonical) + indexes.map(\.canonical) + checks.map(\.canonical))
    }
}

extension ColumnState {
    fileprivate var canonical: String {
        "column"
            + list(
                [name, type.canonical] + named("max", maxLength.map { "\($0)" }) + flag("null", isNullable)
                    + flag("key", isPrimaryKey) + flag("unique", isUnique) + named("default", defaultValue?.canonical)
                    + named("range", range.map { "\($0.lowerBound) \($0.upperBound)" })
                    + named("references", reference?.canonical) + named("comment", comment))
    }
}

extension StorageType {
    fileprivate var canonical: String {
        switch self {
        case .int16: "int16"
        case .int32: "int32"
        case .integer: "integer"
        case .real: "real"
        case .decimal(let precision, let scale): "decimal \(precision) \(scale)"
        case .boolean: "boolean"
        case .text: "text"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .date: "date"
        case .time: "time"
        case .duration: "duration"
        case .uuid: "uuid"
        case .json: "json"
        }
    }
}

extension DefaultState {
    fileprivate var canonical: String {
        switch self {
        case .value(let value): "value" + list([value.canonical])
        case .now: "now"
        case .sql(let text): "sql" + list([text.canonical])
        }
    }
}

extension SQLValue {
    fileprivate var canonical: String {
        switch self {
        case .null: "null"
        case .int(let number): "int \(number)"
        // The bits, because a double has no one text.
        case .double(let number): "double \(String(number.bitPattern, radix: 16))"
        case .decimal(let number): "decimal \(number)"
        case .bool(let flag): "bool \(flag)"
        case .text(let text): "text \(text)"
        case .bytes(let bytes): "bytes \(bytes.map { String($0, radix: 16) }.joined(separator: " "))"
        case .date(let date): "date \(Timestamp(date).microseconds)"
        case .uuid(let uuid): "uuid \(uuid.uuidString)"
        case .invalid(let what): "invalid \(what)"
        }
    }
}

extension ReferenceState {
    fileprivate var canonical: String { list([table, column, onDelete.rawValue]) }
}

extension IndexState {
    fileprivate var canonical: String {
        "index" + list([name] + columns + flag("unique", isUnique) + named("where", condition?.canonical))
    }
}

extension CheckState {
    fileprivate var canonical: String { "check" + list([name, condition.canonical]) }
}

extension PortableSQL {
    fileprivate var canonical: String {
        list(named("text", text) + texts.sorted { $0.key < $1.key }.map { list([$0.key, $0.value]) })
    }
}

/// Parts with their lengths, so that no two lists have one text.
private func list(_ parts: [String]) -> String {
    "(" + parts.map { "\($0.utf8.count):\($0)" }.joined(separator: ",") + ")"
}

private func named(_ name: String, _ value: String?) -> [String] { value.map { ["\(name)=\($0)"] } ?? [] }

private func flag(_ name: String, _ isSet: Bool) -> [String] { isSet ? [name] : [] }
