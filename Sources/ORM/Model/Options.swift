/// A model's default order, the indexes over several of its columns, and the conditions that every row keeps.
///
/// ```swift
/// static var options: Options<Post> {
///     .init(
///         order: [.desc(\.createdAt)],
///         indexes: [.on(\.author, \.createdAt), .unique(\.author, \.slug), .on(\.createdAt).where { $0.published }],
///         checks: [.check("views") { $0.viewCount >= 0 }])
/// }
/// ```
public struct Options<Row: Model>: Sendable {
    let order: [OrderKey]
    let indexes: [Index]
    let checks: [Check]

    /// A default order, which a query's own `order` replaces, indexes and checks.
    public init(order: [OrderKey] = [], indexes: [Index] = [], checks: [Check] = []) {
        self.order = order
        self.indexes = indexes
        self.checks = checks
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
            Ordering(
                expression: .column(ColumnPath(scope: .root, column: column)), isDescending: isDescending,
                isNullable: Row.schema.index(of: column).map { Row.schema.columns[$0].isNullable } ?? true)
        }
    }

    /// An index over one or more columns.
    public struct Index: Sendable {
        let columns: [String]
        let isUnique: Bool
        private(set) var condition: SQLExpression?
        private(set) var givenName: String?

        /// An index over the columns in this order.
        public static func on<First: ColumnReference, each Item: ColumnReference>(
            _ first: KeyPath<Row.Columns, First>, _ columns: repeat KeyPath<Row.Columns, each Item>
        ) -> Index {
            Index(columns: Options.names(of: first, repeat each columns), isUnique: false)
        }

        /// An index over the columns, of which no two rows may agree in all.
        public static func unique<First: ColumnReference, each Item: ColumnReference>(
            _ first: KeyPath<Row.Columns, First>, _ columns: repeat KeyPath<Row.Columns, each Item>
        ) -> Index {
            Index(columns: Options.names(of: first, repeat each columns), isUnique: true)
        }

        /// Only over rows for which the condition holds: smaller, and unique among those rows only.
        ///
        /// ```swift
        /// .unique(\.email).where { $0.isActive }   // CREATE UNIQUE INDEX … ON "users" ("email") WHERE ("is_active" = 1)
        /// ```
        public func `where`(_ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Index {
            var index = self
            index.condition = condition(.root).node
            return index
        }

        /// Only over rows for which a condition of your own SQL holds, its columns between braces: `.on(\.slug).where(sql: "{slug} GLOB 'a*'")`.
        public func `where`(sql condition: PortableSQL) -> Index {
            var index = self
            index.condition = .portable(condition)
            return index
        }

        /// With a name of its own instead of one made of table and columns.
        public func named(_ name: String) -> Index {
            var index = self
            index.givenName = name
            return index
        }
    }

    /// A condition that the database holds every row to.
    public struct Check: Sendable {
        let name: String
        let condition: SQLExpression
        private(set) var givenName: String?

        /// A condition by its name, which errors show behind the table's: `posts_views`. As everywhere, a comparison with
        /// `nil` is false; write `$0.rating == nil || $0.rating >= 1` where the column may be NULL.
        public static func check(_ name: String, _ condition: (Scope<Row, Row>) -> Expr<Bool>) -> Check {
            Check(name: name, condition: condition(.root).node)
        }

        /// A condition of your own SQL, as it stands, its columns between braces. Here a NULL passes, as the engine has it.
        ///
        /// ```swift
        /// .check("status", sql: "{status} IN ('draft', 'live')")   // CONSTRAINT "posts_status" CHECK ("status" IN ('draft', 'live'))
        /// ```
        public static func check(_ name: String, sql condition: PortableSQL) -> Check {
            Check(name: name, condition: .portable(condition))
        }

        /// With a name of its own instead of one made of table and check.
        public func named(_ name: String) -> Check {
            var check = self
            check.givenName = name
            return check
        }
    }

    /// The names of columns.
    static func names<each Item: ColumnReference>(of columns: repeat KeyPath<Row.Columns, each Item>) -> [String] {
        var names: [String] = []
        for column in repeat each columns { names.append(Row.columns[keyPath: column].columnName) }
        return names
    }
}

/// Something of a model that is one column of its table: a ``Column`` or the foreign key of a relation.
public protocol ColumnReference: Sendable {
    /// The column's name in the table.
    var columnName: String { get }
}
