import ORM

/// The source of one model, with the enums of its columns in front.
struct ModelDeclaration {
    let type: String
    let needsFoundation: Bool

    private let table: TableState
    private let names: SchemaNames
    private let access: String
    /// The texts that a column may hold, where a check lists them.
    private let choices: [String: [String]]

    init(_ table: TableState, _ names: SchemaNames, access: String) {
        self.table = table
        self.names = names
        self.access = access
        type = names.type(of: table.name)
        choices = Dictionary(
            table.checks.compactMap { check in
                guard let found = SQLiteTableFacts.Check.choices(in: check.condition),
                    let column = table.column(found.column), column.type == .text, !column.isPrimaryKey,
                    column.reference == nil, column.maxLength == nil,
                    Set(found.values.map(ModelName.enumCase)).count == found.values.count
                else { return nil }
                return (column.name, found.values)
            }, uniquingKeysWith: { first, _ in first })
        needsFoundation = table.columns.contains {
            [.timestamp, .uuid].contains($0.type) || $0.type.isDecimal
        }
    }

    /// The declarations, with a line feed at the end.
    var source: String {
        var lines: [String] = []
        for column in table.columns { if let values = choices[column.name] { lines += enumeration(column, values) } }
        lines += ["@Model(\(SwiftCode.string(table.name)))", "\(access)struct \(type) {"]
        lines += table.columns.map(property)
        lines += names.inverses(of: table.name).map {
            "    @\($0.attribute) \(access)var \(ModelName.quoted($0.property)): \($0.type)"
        }
        lines += options
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private func enumName(_ column: ColumnState) -> String {
        let name = names.property(column.name, of: table.name)
        return type + name.prefix(1).uppercased() + name.dropFirst()
    }

    private func enumeration(_ column: ColumnState, _ values: [String]) -> [String] {
        let cases = values.map { value -> String in
            let name = ModelName.enumCase(of: value)
            return ModelName.quoted(name) + (name == value ? "" : " = \(SwiftCode.string(value))")
        }
        let list =
            cases.contains { $0.contains("=") }
            ? cases.map { "    case \($0)" } : ["    case " + cases.joined(separator: ", ")]
        return ["\(access)enum \(enumName(column)): String, ColumnEnum {"] + list + ["}", ""]
    }

    private func property(_ column: ColumnState) -> String {
        let name = names.property(column.name, of: table.name)
        var options: [SwiftCode] = []
        if let length = column.maxLength { options.append(.text(".max(\(length))")) }
        if case .decimal(let precision, let scale) = column.type {
            options.append(.text(".decimal(\(precision), \(scale))"))
        }
        let made = column.reference == nil ? column.name : String(column.name.dropLast(3))
        let isPlain =
            ModelName.isPlain(made) && (column.reference == nil || column.name.hasSuffix("_id"))
            && ModelName.property(of: made) == name
        if !isPlain { options.append(.text(".name(\(SwiftCode.string(column.name)))")) }
        if isIndexedByItself(column) {
            if column.reference == nil { options.append(.text(".indexed")) }
        } else if column.reference != nil, !column.isUnique, !isCovered(column) {
            options.append(.text(".unindexed"))
        }
        let isOneToOne = column.reference != nil && column.isUnique
        if column.isUnique, !isOneToOne, !column.isPrimaryKey { options.append(.text(".unique")) }
        var value = ""
        if let given = column.defaultValue, column.reference == nil, !column.isPrimaryKey {
            if let literal = literal(of: given, column) {
                value = " = \(literal)"
            } else {
                options.append(databaseDefault(given))
            }
        }
        let mark = column.isNullable ? "?" : ""
        let declaration = "\(access)var \(ModelName.quoted(name)): "
        if let reference = column.reference {
            let attribute = isOneToOne ? "OneToOne" : "ForeignKey"
            let arguments = [SwiftCode.text("onDelete: .\(reference.onDelete.word)")] + options
            return
                "    \(SwiftCode.call("@\(attribute)", arguments).line) \(declaration)One<\(names.type(of: reference.table))>\(mark)"
        }
        let attribute = column.isPrimaryKey ? "PrimaryKey" : "Column"
        var text = "    "
        if !options.isEmpty {
            text += SwiftCode.call("@\(attribute)", options).line + " "
        } else if column.isPrimaryKey {
            text += "@PrimaryKey "
        }
        return text + declaration + swiftType(of: column) + mark + value
    }

    private func swiftType(of column: ColumnState) -> String {
        if choices[column.name] != nil { return enumName(column) }
        if let range = column.range {
            for (name, integers) in Self.integers where integers == range { return name }
        }
        return switch column.type {
        case .int16: "Int16"
        case .int32: "Int32"
        case .integer: "Int"
        case .real: "Double"
        case .decimal: "Decimal"
        case .boolean: "Bool"
        case .text, .json: "String"
        case .bytes: "[UInt8]"
        case .timestamp: "Date"
        case .date: "CalendarDate"
        case .time: "TimeOfDay"
        case .duration: "Duration"
        case .uuid: "UUID"
        }
    }

    private static let integers = [
        ("Int8", Int8.integerRange), ("UInt8", UInt8.integerRange), ("Int16", Int16.integerRange),
        ("UInt16", UInt16.integerRange), ("Int32", Int32.integerRange), ("UInt32", UInt32.integerRange),
        ("UInt64", UInt64.integerRange),
    ]

    /// The default as Swift's own, where the macro sees that it is the same each time.
    private func literal(of value: DefaultState, _ column: ColumnState) -> String? {
        guard case .value(let value) = value else { return nil }
        switch value {
        case .int(let number): return "\(number)"
        case .double(let number): return "\(number)"
        case .bool(let flag): return "\(flag)"
        case .text(let text):
            guard let values = choices[column.name] else { return SwiftCode.string(text) }
            return values.contains(text) ? "\(enumName(column)).\(ModelName.enumCase(of: text))" : nil
        default: return nil
        }
    }

    private func databaseDefault(_ value: DefaultState) -> SwiftCode {
        switch value {
        case .sql(let expression):
            let text = expression.text ?? ""
            // The braces of a template stand twice; a default names no columns.
            let sql = text.split(separator: "{{", omittingEmptySubsequences: false).joined(separator: "{")
                .split(separator: "}}", omittingEmptySubsequences: false).joined(separator: "}")
            return .call(".databaseDefault", [.text(".sql(\(SwiftCode.string(sql)))")])
        case .now: return .text(".databaseDefault(.now)")
        case .value(let value):
            let text = if case .text(let text) = value { text } else { "" }
            let quoted = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            return .call(".databaseDefault", [.text(".sql(\(SwiftCode.string("'\(quoted)'")))")])
        }
    }

    // MARK: Options

    /// Whether an index over several columns, or one with a name of its own, begins with the column.
    private func isCovered(_ column: ColumnState) -> Bool {
        table.indexes.contains { $0.condition == nil && $0.columns.first == column.name && !isOwn($0) }
    }

    /// Whether the index is the one that a column declares by itself.
    private func isOwn(_ index: IndexState) -> Bool {
        index.columns.count == 1 && !index.isUnique && index.condition == nil
            && index.name == "\(table.name)_\(index.columns[0])_index"
    }

    private func isIndexedByItself(_ column: ColumnState) -> Bool {
        !column.isUnique && !column.isPrimaryKey && !isCovered(column)
            && table.indexes.contains { $0.columns == [column.name] && isOwn($0) }
    }

    private var options: [String] {
        let itself = Set(table.columns.filter(isIndexedByItself).map(\.name))
        let indexes = table.indexes.filter { !(isOwn($0) && itself.contains($0.columns[0])) }.map(index)
        let checks = table.checks.map(check)
        guard !indexes.isEmpty || !checks.isEmpty else { return [] }
        var arguments: [SwiftCode] = []
        if !indexes.isEmpty { arguments.append(.array("indexes: ", indexes)) }
        if !checks.isEmpty { arguments.append(.array("checks: ", checks)) }
        let head = "    \(access)static var options: Options<\(type)> {"
        let call = SwiftCode.call(".init", arguments)
        if head.count + call.line.count + 3 <= SwiftCode.width { return ["", "\(head) \(call.line) }"] }
        return ["", head, "        \(call.lines(indent: 8))", "    }"]
    }

    private func path(_ column: String) -> SwiftCode {
        .text("\\.\(ModelName.quoted(names.property(column, of: table.name)))")
    }

    private func index(_ index: IndexState) -> SwiftCode {
        let call = SwiftCode.call(index.isUnique ? ".unique" : ".on", index.columns.map(path))
        let condition = index.condition.map { ".where(sql: \(SwiftCode($0).line))" } ?? ""
        // The name that the model makes of table and columns need not be said.
        let kind = (index.condition == nil ? "" : "partial_") + (index.isUnique ? "unique" : "index")
        let isMade = index.name == "\(table.name)_\(index.columns.joined(separator: "_"))_\(kind)"
        return .text(call.line + condition + (isMade ? "" : ".named(\(SwiftCode.string(index.name)))"))
    }

    private func check(_ check: CheckState) -> SwiftCode {
        let prefix = "\(table.name)_"
        let isMade = check.name.hasPrefix(prefix) && check.name.count > prefix.count
        let name = isMade ? String(check.name.dropFirst(prefix.count)) : check.name
        return .text(
            ".check(\(SwiftCode.string(name)), sql: \(SwiftCode(check.condition).line))"
                + (isMade ? "" : ".named(\(SwiftCode.string(check.name)))"))
    }
}

extension StorageType {
    fileprivate var isDecimal: Bool { if case .decimal = self { true } else { false } }
}
