import FoundationEssentials
import ORM

// The initializers of the schema's values, spelled as a person would: without arguments that are the default.

extension SwiftCode {
    init(_ table: TableState) {
        var arguments: [SwiftCode] = [
            .text(SwiftCode.string(table.name)), .array("columns: ", table.columns.map { SwiftCode($0) }),
        ]
        if !table.indexes.isEmpty { arguments.append(.array("indexes: ", table.indexes.map { SwiftCode($0) })) }
        if !table.checks.isEmpty { arguments.append(.array("checks: ", table.checks.map { SwiftCode($0) })) }
        self = .call("TableState", arguments)
    }

    init(_ column: ColumnState) {
        var arguments: [SwiftCode] = [.text(SwiftCode.string(column.name)), .text(Self.type(column.type))]
        if let length = column.maxLength { arguments.append(.text("maxLength: \(length)")) }
        if column.isNullable { arguments.append(.text("isNullable: true")) }
        if column.isPrimaryKey { arguments.append(.text("isPrimaryKey: true")) }
        if column.isUnique { arguments.append(.text("isUnique: true")) }
        if let value = column.defaultValue { arguments.append(SwiftCode(value).labelled("default")) }
        if let range = column.range {
            let lower = range.lowerBound == .min ? ".min" : "\(range.lowerBound)"
            let upper = range.upperBound == .max ? ".max" : "\(range.upperBound)"
            // An operator of digits alone stands without space; a member before it needs some.
            let dots = lower == ".min" || upper == ".max" ? " ... " : "..."
            arguments.append(.text("range: \(lower)\(dots)\(upper)"))
        }
        if let reference = column.reference {
            var parts: [SwiftCode] = [.text(SwiftCode.string(reference.table))]
            if reference.column != "id" { parts.append(.text(SwiftCode.string(reference.column))) }
            parts.append(.text("onDelete: .\(reference.onDelete.word)"))
            arguments.append(.call("references: ReferenceState", parts))
        }
        if let comment = column.comment { arguments.append(.text("comment: \(SwiftCode.string(comment))")) }
        self = .call("ColumnState", arguments)
    }

    init(_ index: IndexState) {
        var arguments: [SwiftCode] = [
            .text(SwiftCode.string(index.name)), .array("on: ", index.columns.map { .text(SwiftCode.string($0)) }),
        ]
        if index.isUnique { arguments.append(.text("isUnique: true")) }
        if let condition = index.condition { arguments.append(SwiftCode(condition).labelled("where")) }
        self = .call("IndexState", arguments)
    }

    init(_ check: CheckState) {
        self = .call("CheckState", [.text(SwiftCode.string(check.name)), SwiftCode(check.condition)])
    }

    init(_ expression: PortableSQL) {
        let text = expression.text.map(SwiftCode.string)
        guard !expression.texts.isEmpty else {
            self = .text(text ?? "PortableSQL(nil)")
            return
        }
        let texts = expression.texts.sorted { $0.key < $1.key }.map { dialect, sql in
            SwiftCode.text("\(SwiftCode.string(dialect)): \(SwiftCode.string(sql))")
        }
        self = .call("PortableSQL", [.text(text ?? "nil"), .array("for: ", texts)])
    }

    init(_ value: DefaultState) {
        switch value {
        case .now: self = .text(".now")
        case .sql(let expression): self = .call(".sql", [SwiftCode(expression)])
        case .value(let value): self = .text(".value(\(Self.value(value)))")
        }
    }

    private static func type(_ type: StorageType) -> String {
        if case .decimal(let precision, let scale) = type {
            return ".decimal(precision: \(precision), scale: \(scale))"
        }
        return ".\(type)"
    }

    private static func value(_ value: SQLValue) -> String {
        switch value {
        case .null, .invalid: ".null"
        case .int(let number): number == .min ? ".int(.min)" : ".int(\(number))"
        case .double(let number): ".double(\(number))"
        case .bool(let flag): ".bool(\(flag))"
        case .text(let text): ".text(\(string(text)))"
        case .bytes(let bytes): ".bytes([\(bytes.map { "\($0)" }.joined(separator: ", "))])"
        case .date(let date): ".date(Date(timeIntervalSince1970: \(date.timeIntervalSince1970)))"
        case .decimal(let number):
            ".decimal(Decimal(sign: .\(number.isSignMinus ? "minus" : "plus"), exponent: \(number.exponent), "
                + "significand: \(number.significand)))"
        case .uuid(let uuid):
            ".uuid(UUID(uuid: (\(withUnsafeBytes(of: uuid.uuid) { $0.map { "\($0)" } }.joined(separator: ", ")))))"
        }
    }
}

extension DeleteRule {
    /// The case's name.
    var word: String {
        switch self {
        case .cascade: "cascade"
        case .setNull: "setNull"
        case .restrict: "restrict"
        case .noAction: "noAction"
        }
    }
}

extension SQLValue {
    /// Whether Swift needs Foundation to write the value.
    var needsFoundation: Bool {
        switch self {
        case .date, .decimal, .uuid: true
        default: false
        }
    }
}
