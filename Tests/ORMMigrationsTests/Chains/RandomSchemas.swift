import ORM
import ORMMigrations

/// SplitMix64: https://prng.di.unimi.it/splitmix64.c
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &self) }
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// A schema that changes at random as the models of a program change over the years, and what a person would say of the change.
struct RandomSchema {
    /// The schema as it is now.
    var state: SchemaState { SchemaState(Array(byName.values)) }
    private(set) var decisions = SchemaDecisions()
    private var byName: [String: TableState] = [:]
    private var random: SeededGenerator
    private var count = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        for _ in 0..<3 { addTable() }
    }

    /// Changes a few things; the decisions are those of this step.
    mutating func change() {
        decisions = SchemaDecisions()
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            switch Int.random(in: 0..<14, using: &random) {
            case 0: addTable()
            case 1: dropTable()
            case 2: renameTable()
            case 3, 4, 5: addColumn()
            case 6: dropColumn()
            case 7: renameColumn()
            case 8, 9: alterColumn()
            case 10: addIndex()
            case 11: dropIndex()
            case 12: addCheck()
            default: dropCheck()
            }
        }
    }

    private mutating func name(_ kind: String) -> String {
        count += 1
        return "\(kind)\(count)"
    }

    private mutating func update(_ body: (inout TableState, inout SeededGenerator) -> Void) {
        guard var table = random.pick(state.tables) else { return }
        body(&table, &random)
        byName[table.name] = table
    }

    // MARK: Tables

    private mutating func addTable() {
        let name = name("table")
        byName[name] = TableState(name, columns: [ColumnState("id", .integer, isPrimaryKey: true)])
        for _ in 0..<Int.random(in: 1...4, using: &random) { addColumn(to: name) }
    }

    private mutating func dropTable() {
        guard state.tables.count > 2, let table = random.pick(state.tables), !isRenamed(table.name) else { return }
        for var other in state.tables {
            for column in other.columns where column.reference?.table == table.name && other.name != table.name {
                guard decisions.columns[other.name]?[column.name] == nil else { return }
                other.remove(column.name)
            }
            byName[other.name] = other
        }
        byName[table.name] = nil
        decisions.columns[table.name] = nil
        decisions.fillings[table.name] = nil
    }

    private mutating func renameTable() {
        guard var table = random.pick(state.tables), !isRenamed(table.name), !hasChanged(table.name) else { return }
        let (old, new) = (table.name, name("table"))
        byName[old] = nil
        table.name = new
        byName[new] = table
        for var other in state.tables {
            for index in other.columns.indices where other.columns[index].reference?.table == old {
                other.columns[index].reference?.table = new
            }
            byName[other.name] = other
        }
        decisions.tables[new] = old
    }

    private func isRenamed(_ table: String) -> Bool { decisions.tables[table] != nil }
    private func hasChanged(_ table: String) -> Bool {
        decisions.columns[table] != nil || decisions.fillings[table] != nil
    }

    // MARK: Columns

    private static let types: [StorageType] = [.integer, .int16, .text, .boolean, .real]

    private mutating func addColumn(to given: String? = nil) {
        guard let target = given ?? random.pick(state.tables)?.name, var table = state[target] else { return }
        var column = ColumnState(name("column"), random.pick(Self.types) ?? .text)
        column.range = column.type == .int16 ? -32768...32767 : nil
        switch Int.random(in: 0..<5, using: &random) {
        case 0: column.isNullable = true
        case 1:
            // A foreign key, with its index.
            let others = state.tables.filter { $0.name != target }.map(\.name)
            guard let other = random.pick(others) else { return }
            column = ColumnState(
                column.name, .integer, isNullable: true,
                references: ReferenceState(other, onDelete: random.pick([.cascade, .setNull, .restrict]) ?? .restrict))
            table.indexes.append(IndexState(name("index"), on: [column.name]))
        case 2:
            // A unique column: rows that are there may all be NULL.
            column.isNullable = true
            column.isUnique = true
        case 3 where state[target]?.columns.isEmpty == false:
            column.defaultValue = nil
            decisions.fillings[target, default: [:]][column.name] = Self.filling(of: column.type)
        default: column.defaultValue = .value(Self.constant(of: column.type))
        }
        table.columns.append(column)
        byName[target] = table
    }

    private static func constant(of type: StorageType) -> SQLValue {
        switch type {
        case .text: .text("it's {a} \"default\"")
        case .boolean: .bool(true)
        case .real: .double(0.5)
        default: .int(7)
        }
    }

    private static func filling(of type: StorageType) -> String {
        switch type {
        case .text: "filled = 'x'"
        case .boolean: "false"
        case .real: "2.5"
        default: "-3"
        }
    }

    private mutating func dropColumn() {
        let decisions = decisions
        update { table, random in
            guard table.columns.count > 2, let column = random.pick(Array(table.columns.dropFirst())),
                decisions.columns[table.name]?[column.name] == nil,
                decisions.fillings[table.name]?[column.name] == nil
            else { return }
            table.remove(column.name)
        }
    }

    private mutating func renameColumn() {
        guard let picked = random.pick(state.tables), let column = random.pick(Array(picked.columns.dropFirst())),
            decisions.columns[picked.name]?[column.name] == nil,
            decisions.fillings[picked.name]?[column.name] == nil
        else { return }
        let new = name("column")
        // As the operation does it, in whatever speaks of the column.
        var renamed = state
        guard (try? renamed.apply(.renameColumn(picked.name, column.name, to: new))) != nil else { return }
        byName = Dictionary(renamed.tables.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        decisions.columns[picked.name, default: [:]][new] = column.name
    }

    private mutating func alterColumn() {
        let decisions = decisions
        update { table, random in
            guard let place = table.columns.indices.dropFirst().randomElement(using: &random) else { return }
            var column = table.columns[place]
            guard column.reference == nil, !column.isUnique, decisions.fillings[table.name]?[column.name] == nil else {
                return
            }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: column.isNullable = true
            case 1:
                guard [.integer, .int16].contains(column.type), column.defaultValue == nil else { return }
                column.type = .text
                column.range = nil
            case 2: column.defaultValue = column.defaultValue == nil ? .value(Self.constant(of: column.type)) : nil
            default:
                guard column.type == .text else { return }
                column.maxLength = column.maxLength == nil ? 200 : nil
            }
            // A check compares the values as they are.
            guard !table.checks.contains(where: { $0.condition.text?.contains("{\(column.name)}") == true }) else {
                return
            }
            table.columns[place] = column
        }
    }

    // MARK: Indexes and checks

    private mutating func addIndex() {
        let name = name("index")
        update { table, random in
            let columns = table.columns.dropFirst().map(\.name).shuffled(using: &random).prefix(2)
            guard let first = columns.first else { return }
            let condition = PortableSQL("{\(first)} IS NOT NULL AND {id} > 0")
            table.indexes.append(
                IndexState(name, on: Array(columns), where: random.chance(40) ? condition : nil))
        }
    }

    private mutating func dropIndex() {
        guard var table = random.pick(state.tables.filter { !$0.indexes.isEmpty }) else { return }
        table.indexes.remove(at: Int.random(in: table.indexes.indices, using: &random))
        byName[table.name] = table
    }

    private mutating func addCheck() {
        let name = name("check")
        update { table, random in
            guard let column = random.pick(table.columns.filter { [.integer, .real, .int16].contains($0.type) }) else {
                return
            }
            table.checks.append(CheckState(name, PortableSQL("{\(column.name)} IS NULL OR {\(column.name)} < 1000000")))
        }
    }

    private mutating func dropCheck() {
        guard var table = random.pick(state.tables.filter { !$0.checks.isEmpty }) else { return }
        table.checks.remove(at: Int.random(in: table.checks.indices, using: &random))
        byName[table.name] = table
    }

    /// The same decisions, with all that is gone from a schema said to go.
    func decisions(since old: SchemaState) throws -> SchemaDecisions {
        var decisions = decisions
        for ambiguity in try SchemaDifference(from: old, to: state, decisions: decisions).ambiguities {
            // The table's name of before, where it has another one now.
            let parts = ambiguity.removed.split(separator: ".").map(String.init)
            let former = decisions.tables[parts[0]] ?? parts[0]
            decisions.dropped.insert(([former] + parts.dropFirst()).joined(separator: "."))
        }
        return decisions
    }
}

extension TableState {
    /// Removes a column, and the indexes and checks that speak of it.
    fileprivate mutating func remove(_ column: String) {
        columns.removeAll { $0.name == column }
        indexes.removeAll { $0.columns.contains(column) || $0.condition?.text?.contains("{\(column)}") == true }
        checks.removeAll { $0.condition.text?.contains("{\(column)}") == true }
    }
}
