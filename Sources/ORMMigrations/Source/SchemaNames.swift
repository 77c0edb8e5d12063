import ORM

/// What the tables and columns of a schema are called in Swift, and which relations there are between them.
struct SchemaNames {
    /// A relation that another table's foreign key gives this one.
    struct Inverse {
        /// `HasMany`, `HasOne` or `ManyToMany` with its arguments.
        var attribute: String
        var property: String
        var type: String
    }

    /// The tables that become models, by name.
    private(set) var tables: [TableState] = []
    private(set) var notes: [String] = []
    private var types: [String: String] = [:]
    private var properties: [String: [String: String]] = [:]
    private var inverses: [String: [Inverse]] = [:]

    init(_ schema: SchemaState) {
        for table in schema.tables {
            guard let key = table.columns.first(where: \.isPrimaryKey) else {
                notes.append("\(table.name) has no primary key of one column, which a model needs: left out")
                continue
            }
            guard [.integer, .text, .uuid].contains(key.type) else {
                notes.append("\(table.name) has a primary key of a type that no model’s has: left out")
                continue
            }
            guard table.columns.count <= 64 else {
                notes.append("\(table.name) has \(table.columns.count) columns, and a model at most 64: left out")
                continue
            }
            tables.append(table)
        }
        dropReferencesToOthers()
        var used: Set<String> = []
        for table in tables {
            var name = ModelName.type(of: table.name)
            while !used.insert(name).inserted { name += "Row" }
            types[table.name] = name
        }
        for table in tables { properties[table.name] = names(of: table) }
        findInverses()
    }

    /// The model of a table.
    func type(of table: String) -> String { types[table] ?? ModelName.type(of: table) }
    /// The property of a column.
    func property(_ column: String, of table: String) -> String {
        properties[table]?[column] ?? ModelName.property(of: column)
    }
    /// The relations that foreign keys elsewhere give a table.
    func inverses(of table: String) -> [Inverse] { inverses[table] ?? [] }

    // MARK: How

    /// A foreign key to a table that is no model becomes a plain column.
    private mutating func dropReferencesToOthers() {
        let names = Set(tables.map(\.name))
        for place in tables.indices {
            for index in tables[place].columns.indices {
                let column = tables[place].columns[index]
                guard let target = column.reference?.table else { continue }
                if !names.contains(target) {
                    notes.append(
                        "\(tables[place].name).\(column.name) points to \(target), which is no model: a plain column")
                } else if column.isPrimaryKey {
                    notes.append(
                        "\(tables[place].name).\(column.name) is a primary key and points to \(target): only the key is kept"
                    )
                } else {
                    continue
                }
                tables[place].columns[index].reference = nil
            }
        }
    }

    private func names(of table: TableState) -> [String: String] {
        var used: Set<String> = [
            "changedColumns", "givenID", "columnsLeftToDatabase", "id", "columns", "schema", "options",
        ]
        var names: [String: String] = [:]
        for column in table.columns {
            // A relation is called by what it leads to; its column's name gets the ending back.
            let isRelation = column.reference != nil
            let base = isRelation && column.name.hasSuffix("_id") ? String(column.name.dropLast(3)) : column.name
            var name = ModelName.property(of: base)
            if column.isPrimaryKey, name == "id" {
                names[column.name] = name
                continue
            }
            while !used.insert(name).inserted { name += "Value" }
            names[column.name] = name
        }
        return names
    }

    private mutating func findInverses() {
        var used = properties.mapValues { Set($0.values) }
        func add(_ inverse: Inverse, to table: String) {
            var inverse = inverse
            while used[table, default: []].contains(inverse.property) { inverse.property += "Rows" }
            used[table, default: []].insert(inverse.property)
            inverses[table, default: []].append(inverse)
        }
        for table in tables {
            let keys = table.columns.filter { $0.reference != nil }
            for column in keys {
                guard let target = column.reference?.table else { continue }
                let property = self.property(column.name, of: table.name)
                let path = "\\\(type(of: table.name)).\(ModelName.quoted(property))"
                let isShared = keys.filter { $0.reference?.table == target }.count > 1
                let suffix = isShared ? "As" + property.prefix(1).uppercased() + property.dropFirst() : ""
                if column.isUnique {
                    let model = type(of: table.name)
                    let name = model.prefix(1).lowercased() + model.dropFirst() + suffix
                    add(Inverse(attribute: "HasOne(\(path))", property: name, type: "Maybe<\(model)>"), to: target)
                } else {
                    add(
                        Inverse(
                            attribute: "HasMany(\(path))", property: ModelName.property(of: table.name) + suffix,
                            type: "Many<\(type(of: table.name))>"), to: target)
                }
            }
            guard let (first, second) = table.pivotKeys, let left = first.reference?.table,
                let right = second.reference?.table, left != right
            else { continue }
            for (own, other, target) in [(first, second, right), (second, first, left)] {
                let pivot = type(of: table.name)
                let paths = [own, other].map { "\\.\(ModelName.quoted(property($0.name, of: table.name)))" }
                add(
                    Inverse(
                        attribute: "ManyToMany(through: \(pivot).self, \(paths.joined(separator: ", ")))",
                        property: ModelName.property(of: target), type: "Many<\(type(of: target))>"),
                    to: own.reference?.table ?? "")
            }
        }
    }
}

extension TableState {
    /// The two foreign keys of a table that joins two others: each pair stands in it once.
    var pivotKeys: (ColumnState, ColumnState)? {
        let keys = columns.filter { $0.reference != nil && !$0.isNullable }
        guard keys.count == 2 else { return nil }
        let names = Set(keys.map(\.name))
        guard indexes.contains(where: { $0.isUnique && $0.condition == nil && Set($0.columns) == names }) else {
            return nil
        }
        return (keys[0], keys[1])
    }
}
