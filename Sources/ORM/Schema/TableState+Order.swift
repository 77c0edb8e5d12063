extension TableState {
    /// Tables in an order in which each stands behind those that it points to; else, and in a circle, as given.
    public static func sorted(_ tables: [TableState]) -> [TableState] {
        let byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var sorted: [TableState] = []
        var visited: Set<String> = []
        func visit(_ table: TableState) {
            guard visited.insert(table.name).inserted else { return }
            for column in table.columns {
                if let target = column.reference.flatMap({ byName[$0.table] }) { visit(target) }
            }
            sorted.append(table)
        }
        for table in tables { visit(table) }
        return sorted
    }
}
