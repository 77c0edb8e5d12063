/// Writes a model's members. Short: whatever can live in the library does.
struct ModelExpansion {
    private let model: ModelDescription
    private let access: String
    private let key: ModelDescription.Property

    init(_ model: ModelDescription) {
        self.model = model
        access = model.access
        // The parser lets no model through without a primary key.
        key = model.primaryKey ?? model.properties[0]
    }

    var members: [String] {
        [
            columns, "\(access)static let columns = Columns()", schema, "\(access)var changedColumns = ORM.ColumnSet()",
            rowInit, value, setTimestamp, newRow, create,
        ] + identity
    }

    /// What `Identifiable` asks for, where the primary key has another name.
    private var identity: [String] {
        key.name == "id" ? [] : ["\(access)var id: \(key.type) { self.\(key.name) }"]
    }

    // MARK: Columns and schema

    private var columns: String {
        let members = model.properties.map { property -> String in
            let name = property.name
            let accessors = "get: { $0.\(name) }, set: { $0.\(name) = $1 })"
            switch property.kind {
            case .column, .primaryKey, .timestamp, .softDelete:
                let scale = property.options.scale.map { ", scale: \($0)" } ?? ""
                return
                    "\(access)let \(name) = ORM.Column<\(model.name), \(property.type)>(\"\(property.columnName)\"\(scale))"
            case .foreignKey(let target, let isOptional, _):
                return "\(access)let \(name) = ORM.\(isOptional ? "ToOneOptional" : "ToOne")<\(model.name), \(target)>"
                    + "(\"\(property.plainName)\", column: \"\(property.columnName)\", \(accessors)"
            case .hasMany(let target, let inverseModel, let inverse):
                return "\(access)let \(name) = ORM.ToMany<\(model.name), \(target)>"
                    + "(\"\(property.plainName)\", inverse: { \(inverseModel).columns.\(inverse) }, \(accessors)"
            case .hasOne(let target, let inverseModel, let inverse):
                return "\(access)let \(name) = ORM.ToOneInverse<\(model.name), \(target)>"
                    + "(\"\(property.plainName)\", inverse: { \(inverseModel).columns.\(inverse) }, \(accessors)"
            case .manyToMany(let target, let pivot, let owner, let other):
                return "\(access)let \(name) = ORM.ToMany<\(model.name), \(target)>"
                    + "(\"\(property.plainName)\", through: \(pivot).self, owner: { \(pivot).columns.\(owner) }, "
                    + "target: { \(pivot).columns.\(other) }, \(accessors)"
            }
        }
        return block("\(access)struct Columns: Sendable", members + ["\(access)init() {}"])
    }

    private var schema: String {
        let columns = model.columns.map { property -> String in
            let head = "ORM.ColumnDefinition(\"\(property.columnName)\""
            let type = "\(head), \(property.type).self"
            let options = property.options.source.isEmpty ? "" : ", [\(property.options.source)]"
            switch property.kind {
            case .primaryKey: return "\(type)\(options), primaryKey: true)"
            case .timestamp(let kind): return "\(type)\(options), role: .timestamp(\(kind)))"
            case .softDelete: return "\(type)\(options), role: .deletion)"
            case .foreignKey(let target, let isOptional, let rule):
                return "\(head), to: \(target).self, optional: \(isOptional), onDelete: \(rule)\(options))"
            default:
                let value =
                    property.hasConstantDefault ? property.defaultValue.map { ", defaultValue: \($0)" } ?? "" : ""
                return "\(type)\(options)\(value))"
            }
        }
        let list = columns.map { "    \($0)" }.joined(separator: ",\n")
        let former = model.formerTable.map { ", was: \($0)" } ?? ""
        return "\(access)static let schema = ORM.TableSchema(\(model.table)\(former), [\n\(list)\n])"
    }

    // MARK: Rows

    /// Reads all columns before it sets the first property: a struct that is half made when a read throws would be built in
    /// a place of its own and copied from there.
    private var rowInit: String {
        var reads: [String] = []
        var assignments: [String] = []
        for (index, property) in model.columns.enumerated() {
            let position = index == 0 ? "start" : "start + \(index)"
            let value = "column\(index)_"
            switch property.kind {
            case .foreignKey(let target, true, _):
                reads.append("let \(value) = try \(target).ID?.read(row, at: \(position))")
                assignments.append(
                    "self.\(property.name) = \(value).map { ORM.One<\(target)>(id: $0, Self.columns.\(property.name)) }"
                )
            case .foreignKey(let target, false, _):
                reads.append("let \(value) = try \(target).ID.read(row, at: \(position))")
                assignments.append(
                    "self.\(property.name) = ORM.One<\(target)>(id: \(value), Self.columns.\(property.name))")
            default:
                reads.append("let \(value) = try \(typeExpression(property.type)).read(row, at: \(position))")
                assignments.append("self.\(property.name) = \(value)")
            }
        }
        return block(
            "\(access)init(row: borrowing some ORM.ResultRow, at start: Int) throws",
            reads + assignments + relationAssignments)
    }

    private var relationAssignments: [String] {
        model.relations.map { relation in
            let type = if case .hasOne = relation.kind { "Maybe" } else { "Many" }
            return "self.\(relation.name) = ORM.\(type)(owner: self.\(key.name), Self.columns.\(relation.name))"
        }
    }

    private var value: String {
        var lines = ["switch index {"]
        for (index, property) in model.columns.enumerated() {
            lines.append("case \(index): \(sqlValue(of: property, "self.\(property.name)"))")
        }
        lines += ["default: .null", "}"]
        return block("\(access)func value(ofColumn index: Int) -> ORM.SQLValue", lines)
    }

    private var setTimestamp: String {
        var lines = ["switch index {"]
        for (index, property) in model.columns.enumerated() {
            if case .timestamp = property.kind { lines.append("case \(index): self.\(property.name) = instant.date") }
        }
        lines += ["default: break", "}"]
        return block("\(access)mutating func setTimestamp(_ instant: ORM.Timestamp, ofColumn index: Int)", lines)
    }

    // MARK: New rows

    /// How a column appears in `New`: what may be left out is optional or has its default.
    private struct Parameter {
        let property: ModelDescription.Property
        let type: String
        let defaultValue: String?
    }

    private var parameters: [Parameter] {
        model.columns.map { property in
            switch property.kind {
            case .primaryKey where property.isInteger:
                Parameter(property: property, type: property.type + "?", defaultValue: "nil")
            case .primaryKey where property.type == "UUID":
                Parameter(property: property, type: property.type, defaultValue: "\(property.type)()")
            case .timestamp: Parameter(property: property, type: property.type + "?", defaultValue: "nil")
            case .foreignKey(let target, let isOptional, _):
                Parameter(
                    property: property, type: "ORM.One<\(target)>" + (isOptional ? "?" : ""),
                    defaultValue: isOptional ? "nil" : nil)
            default:
                // A value that the database gives may be left out; `nil` says so.
                Parameter(
                    property: property,
                    type: property.options.hasDatabaseDefault ? property.optionalType : property.type,
                    defaultValue: property.defaultValue
                        ?? (property.isOptional || property.options.hasDatabaseDefault ? "nil" : nil))
            }
        }
    }

    private var signature: String {
        parameters.map { "\($0.property.name): \($0.type)" + ($0.defaultValue.map { " = \($0)" } ?? "") }
            .joined(separator: ", ")
    }

    private var newRow: String {
        let stored = parameters.map { "\(access)var \($0.property.name): \($0.type)" }
        let assignments = parameters.map { "self.\($0.property.name) = \($0.property.name)" }
        let values = parameters.map { parameter -> String in
            let name = "self.\(parameter.property.name)"
            if case .timestamp = parameter.property.kind { return "(\(name) ?? now.date).sqlValue" }
            if parameter.property.options.hasDatabaseDefault { return "\(name)?.sqlValue ?? .null" }
            return sqlValue(of: parameter.property, name)
        }
        let list = values.map { "    \($0)" }.joined(separator: ",\n")
        var leftOut: [String] = []
        for (index, property) in model.columns.enumerated() where property.options.hasDatabaseDefault {
            leftOut.append("if self.\(property.name) == nil { columns.insert(\(index)) }")
        }
        let databaseColumns =
            leftOut.isEmpty
            ? []
            : [
                block(
                    "\(access)var columnsLeftToDatabase: ORM.ColumnSet",
                    ["var columns = ORM.ColumnSet()"] + leftOut + ["return columns"])
            ]
        return block(
            "\(access)struct New: ORM.NewRow",
            stored + [
                block("\(access)init(\(signature))", assignments),
                "\(access)var givenID: \(key.type)? { self.\(key.name) }",
                block("\(access)func values(now: ORM.Timestamp) -> [ORM.SQLValue]", ["[\n\(list)\n]"]),
                block(
                    "\(access)func stored(id: \(key.type), now: ORM.Timestamp) -> \(model.name)?",
                    ["\(model.name)(new: self, id: id, now: now)"]),
            ] + databaseColumns) + "\n" + newInit
    }

    /// Makes the stored row of a new one, when the database gives no value of its own to it.
    private var newInit: String {
        let hasDatabaseDefaults = model.columns.contains(where: \.options.hasDatabaseDefault)
        let lines = model.columns.enumerated().map { index, property -> String in
            switch property.kind {
            case _ where property.options.hasDatabaseDefault:
                "guard let given\(index)_ = new.\(property.name)?.asStored else { return nil }\n"
                    + "self.\(property.name) = given\(index)_"
            case .primaryKey: "self.\(property.name) = id"
            case .timestamp: "self.\(property.name) = (new.\(property.name) ?? now.date).asStored"
            case .foreignKey: "self.\(property.name) = new.\(property.name)"
            default: "self.\(property.name) = new.\(property.name).asStored"
            }
        }
        return block(
            "fileprivate init\(hasDatabaseDefaults ? "?" : "")(new: New, id: \(key.type), now: ORM.Timestamp)",
            lines + relationAssignments)
    }

    private var create: String {
        let arguments = parameters.map { "\($0.property.plainName): \($0.property.name)" }.joined(separator: ", ")
        return """
            /// Inserts a row and gives it back as stored. Columns with a default, the id and the timestamps may be left out.
            @discardableResult
            \(access)static func create(
                \(signature), on session_: (any ORM.Session)? = nil, file file_: StaticString = #fileID, line line_: UInt = #line
            ) async throws -> \(model.name) {
                try await Self.insert(New(\(arguments)), on: session_, file: file_, line: line_)
            }
            """
    }

    // MARK: Pieces

    private func sqlValue(of property: ModelDescription.Property, _ expression: String) -> String {
        switch property.kind {
        case .foreignKey(_, true, _): "\(expression)?.id.sqlValue ?? .null"
        case .foreignKey(_, false, _): "\(expression).id.sqlValue"
        default: "\(expression).sqlValue"
        }
    }

    /// A type as the head of a member access: `[UInt8]` and `Int?` need parentheses or their long names.
    private func typeExpression(_ type: String) -> String {
        type.hasSuffix("?") ? "Optional<\(type.dropLast())>" : type
    }

    private func block(_ head: String, _ lines: [String]) -> String {
        let body = lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map { "    \($0)" }
        return ([head + " {"] + body + ["}"]).joined(separator: "\n")
    }
}
