public import ORM

extension SchemaState {
    /// Changes the state as the operation changes a database. Throws `.migration` when it makes no sense here: a table that is not
    /// there, a column that is there already.
    public mutating func apply(_ operation: MigrationOperation) throws {
        switch operation {
        case .createTable(let table):
            guard self[table.name] == nil else { throw Self.refusal("there is a table \(table.name) already") }
            try check(table)
            try checkNames(of: table, whereOthersKeep: nil)
            self[table.name] = table
        case .dropTable(let name):
            _ = try table(name)
            self[name] = nil
        case .renameTable(let name, let new): try rename(name, to: new)
        case .addColumn(let name, let column, let before, _):
            try change(name) { table in
                guard table.column(column.name) == nil else {
                    throw Self.refusal("\(name) has a column \(column.name) already")
                }
                let place = try before.map { try table.position(of: $0) } ?? table.columns.endIndex
                table.columns.insert(column, at: place)
            }
        case .alterColumn(let name, let column, _):
            try change(name) { table in table.columns[try table.position(of: column.name)] = column }
        case .renameColumn(let name, let old, let new): try renameColumn(old, to: new, in: name)
        case .dropColumn(let name, let column): try dropColumn(column, of: name)
        case .addIndex(let name, let index):
            try change(name) { table in table.indexes.append(index) }
        case .dropIndex(let name, let index):
            try change(name) { table in
                guard let place = table.indexes.firstIndex(where: { $0.name == index }) else {
                    throw Self.missing("index", index, of: name, among: table.indexes.map(\.name))
                }
                table.indexes.remove(at: place)
            }
        case .addCheck(let name, let check):
            try change(name) { table in table.checks.append(check) }
        case .dropCheck(let name, let check):
            try change(name) { table in
                guard let place = table.checks.firstIndex(where: { $0.name == check }) else {
                    throw Self.missing("check", check, of: name, among: table.checks.map(\.name))
                }
                table.checks.remove(at: place)
            }
        case .sql, .run: break
        }
    }

    /// The table of a name; throws `.migration`, naming the nearest, when there is none.
    public func table(_ name: String) throws -> TableState {
        guard let table = self[name] else {
            let near = nearest(to: name, among: tables.map(\.name)).map { ": did you mean \($0)?" } ?? ""
            throw Self.refusal("there is no table \(name)\(near)")
        }
        return table
    }

    // MARK: How

    private mutating func change(_ name: String, _ body: (inout TableState) throws -> Void) throws {
        var table = try table(name)
        try body(&table)
        try check(table)
        try checkNames(of: table, whereOthersKeep: name)
        self[name] = table
    }

    private mutating func rename(_ name: String, to new: String) throws {
        var table = try table(name)
        guard self[new] == nil else { throw Self.refusal("there is a table \(new) already") }
        table.name = new
        self[name] = nil
        self[new] = table
        mapReferences { if $0.table == name { $0.table = new } }
    }

    private mutating func renameColumn(_ old: String, to new: String, in name: String) throws {
        try change(name) { table in
            let place = try table.position(of: old)
            guard table.column(new) == nil else { throw Self.refusal("\(name) has a column \(new) already") }
            table.columns[place].name = new
            for index in table.indexes.indices {
                table.indexes[index].columns = table.indexes[index].columns.map { $0 == old ? new : $0 }
                table.indexes[index].condition = table.indexes[index].condition?.renaming(old, to: new)
            }
            for check in table.checks.indices {
                table.checks[check].condition = table.checks[check].condition.renaming(old, to: new)
            }
        }
        mapReferences { if $0.table == name, $0.column == old { $0.column = new } }
    }

    private mutating func dropColumn(_ column: String, of name: String) throws {
        for other in tables {
            for pointing in other.columns where (other.name, pointing.name) != (name, column) {
                guard pointing.reference?.table == name, pointing.reference?.column == column else { continue }
                throw Self.refusal(
                    "\(other.name).\(pointing.name) points to \(name).\(column): drop or alter it before")
            }
        }
        try change(name) { table in
            let place = try table.position(of: column)
            if let index = table.indexes.first(where: { $0.mentions(column) }) {
                throw Self.refusal("the index \(index.name) is over \(name).\(column): drop it before")
            }
            if let check = table.checks.first(where: { $0.condition.mentions(column) }) {
                throw Self.refusal("the check \(check.name) speaks of \(name).\(column): drop it before")
            }
            table.columns.remove(at: place)
        }
    }

    private mutating func mapReferences(_ change: (inout ReferenceState) -> Void) {
        for var table in tables {
            for index in table.columns.indices {
                guard var reference = table.columns[index].reference else { continue }
                change(&reference)
                table.columns[index].reference = reference
            }
            self[table.name] = table
        }
    }

    /// What every database would refuse of a table.
    private func check(_ table: TableState) throws {
        guard !table.columns.isEmpty else { throw Self.refusal("\(table.name) would have no columns") }
        let names = table.columns.map(\.name)
        if let twice = names.firstRepeated { throw Self.refusal("\(table.name) has two columns \(twice)") }
        if table.columns.count(where: \.isPrimaryKey) > 1 {
            throw Self.refusal("\(table.name) would have two primary keys")
        }
        if let twice = table.checks.map(\.name).firstRepeated {
            throw Self.refusal("\(table.name) has two checks \(twice)")
        }
        for index in table.indexes {
            guard let unknown = index.columns.first(where: { !names.contains($0) }) else { continue }
            throw Self.refusal("the index \(index.name) is over \(table.name).\(unknown), which is not there")
        }
    }

    /// The names of indexes are unique in a database, not in a table only.
    private func checkNames(of table: TableState, whereOthersKeep own: String?) throws {
        let others = tables.filter { $0.name != own }.flatMap(\.indexes).map(\.name)
        guard let twice = (others + table.indexes.map(\.name)).firstRepeated else { return }
        throw Self.refusal("there is an index \(twice) already")
    }

    static func refusal(_ message: String) -> ORMError { ORMError(.migration, message) }

    static func missing(_ kind: String, _ name: String, of table: String, among names: [String]) -> ORMError {
        let near = nearest(to: name, among: names).map { ": did you mean \($0)?" } ?? ""
        return refusal("\(table) has no \(kind) \(name)\(near)")
    }
}

extension TableState {
    /// The column of a name; `nil` when there is none.
    func column(_ name: String) -> ColumnState? { columns.first { $0.name == name } }

    /// The position of a column; throws `.migration`, naming the nearest, when there is none.
    func position(of column: String) throws -> Int {
        guard let place = columns.firstIndex(where: { $0.name == column }) else {
            throw SchemaState.missing("column", column, of: name, among: columns.map(\.name))
        }
        return place
    }
}

extension IndexState {
    /// Whether the index is over a column, or over rows that the column decides on.
    func mentions(_ column: String) -> Bool { columns.contains(column) || condition?.mentions(column) == true }
}

extension Array where Element: Hashable {
    /// The first element that stands a second time.
    fileprivate var firstRepeated: Element? {
        var seen: Set<Element> = []
        return first { !seen.insert($0).inserted }
    }
}
