public import ORM

/// The tables of a database as plain values: what replaying migrations gives.
///
/// ```swift
/// var state = SchemaState()
/// try state.apply(.createTable(tags))
/// try state.apply(.renameTable("tags", to: "labels"))
/// state["labels"]?.columns.map(\.name)   // ["id", "name"]
/// ```
public struct SchemaState: Sendable {
    private var byName: [String: TableState]

    /// A schema of these tables; of two with one name the later counts.
    public init(_ tables: [TableState] = []) {
        byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The tables by their names' order.
    public var tables: [TableState] { byName.values.sorted { $0.name < $1.name } }

    /// The table of a name; `nil` when there is none.
    public package(set) subscript(name: String) -> TableState? {
        get { byName[name] }
        set { byName[name] = newValue }
    }
}

extension SchemaState: Hashable {
    /// Whether both have the same tables. The order of a table's indexes and checks makes no difference to it.
    public static func == (left: SchemaState, right: SchemaState) -> Bool { left.normal == right.normal }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(normal) }

    private var normal: [String: TableState] {
        byName.mapValues { table in
            var table = table
            table.indexes.sort { $0.name < $1.name }
            table.checks.sort { $0.name < $1.name }
            return table
        }
    }
}
