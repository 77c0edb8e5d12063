/// A model's default order and the indexes over several of its columns.
///
/// ```swift
/// static var options: Options<Post> {
///     .init(order: [.desc(\.createdAt)], indexes: [.on(\.author, \.createdAt), .unique(\.author, \.slug)])
/// }
/// ```
public struct Options<Row: Model>: Sendable {
    let order: [OrderKey]
    let indexes: [Index]

    /// A default order, which a query's own `order` replaces, and indexes.
    public init(order: [OrderKey] = [], indexes: [Index] = []) {
        self.order = order
        self.indexes = indexes
    }

    /// One key of the default order.
    public struct OrderKey: Sendable {
        let column: String
        let isDescending: Bool

        /// From the smallest.
        public static func asc<Item: ColumnReference>(_ column: KeyPath<Row.Columns, Item>) -> OrderKey {
            OrderKey(column: Row.columns[keyPath: column].columnName, isDescending: false)
        }

        /// From the greatest.
        public static func desc<Item: ColumnReference>(_ column: KeyPath<Row.Columns, Item>) -> OrderKey {
            OrderKey(column: Row.columns[keyPath: column].columnName, isDescending: true)
        }

        var ordering: Ordering {
            Ordering(expression: .column(ColumnPath(scope: .root, column: column)), isDescending: isDescending)
        }
    }

    /// An index over one or more columns.
    public struct Index: Sendable {
        let columns: [String]
        let isUnique: Bool

        /// An index over the columns in this order.
        public static func on<each Item: ColumnReference>(_ columns: repeat KeyPath<Row.Columns, each Item>) -> Index {
            Index(columns: names(repeat each columns), isUnique: false)
        }

        /// An index over the columns, of which no two rows may agree in all.
        public static func unique<each Item: ColumnReference>(
            _ columns: repeat KeyPath<Row.Columns, each Item>
        ) -> Index {
            Index(columns: names(repeat each columns), isUnique: true)
        }

        private static func names<each Item: ColumnReference>(
            _ columns: repeat KeyPath<Row.Columns, each Item>
        ) -> [String] {
            var names: [String] = []
            for column in repeat each columns { names.append(Row.columns[keyPath: column].columnName) }
            return names
        }
    }
}

/// Something of a model that is one column of its table: a ``Column`` or the foreign key of a relation.
public protocol ColumnReference: Sendable {
    /// The column's name in the table.
    var columnName: String { get }
}
