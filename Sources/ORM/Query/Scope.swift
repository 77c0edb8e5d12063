/// What `$0` is inside a query's closure: the row, with its columns and relations as typed members.
///
/// - a column gives an ``Expr``,
/// - a relation to one row gives the scope of that row (`$0.author.username` joins, `$0.author.id` does not),
/// - a relation to many rows gives a ``ManyScope``, which has no columns, only `any`, `none`, `all`, `count`, `sum`, ….
@dynamicMemberLookup
public struct Scope<Root: Model, Row: Model>: RelationPath {
    package let scopePath: ScopePath
    /// The relations along the path, first to last.
    public let relationPath: [any Relation]

    package init(scopePath: ScopePath, relationPath: [any Relation]) {
        self.scopePath = scopePath
        self.relationPath = relationPath
    }

    /// A column of the row.
    public subscript<Value: ColumnValue>(dynamicMember member: KeyPath<Row.Columns, Column<Row, Value>>) -> Expr<Value>
    {
        Expr(Row.columns[keyPath: member].node(in: scopePath))
    }

    /// The row that a required relation leads to.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOne<Row, Target>>
    ) -> Scope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return Scope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The row that an optional relation leads to, if it leads to one.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneOptional<Row, Target>>
    ) -> OptionalScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return OptionalScope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The row, if there is one, whose unique foreign key points to this one.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneInverse<Row, Target>>
    ) -> OptionalScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return OptionalScope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The rows that a relation leads to.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToMany<Row, Target>>
    ) -> ManyScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return ManyScope<Root, Target>(
            link: relation.link, owner: scopePath, ownerKey: Row.schema.primaryKey.name,
            relationPath: relationPath + [relation])
    }
}

extension Scope where Root == Row {
    /// The row of the whole statement, for closures of statements that nothing else contains.
    package static var root: Scope { Scope(id: .outermost) }

    /// The row of the query that has this number among its own.
    init(id: ScopeID) { self.init(scopePath: ScopePath(id: id, steps: []), relationPath: []) }
}

// MARK: Rows as values

extension Scope {
    /// Whether the row is the one that a relation leads to: `$0.author == .id(7)`. Compares keys and needs no join.
    public static func == (scope: Scope, row: One<Row>) -> Expr<Bool> { scope.key == row.id }
    /// Whether the row is another than the one that a relation leads to.
    public static func != (scope: Scope, row: One<Row>) -> Expr<Bool> { scope.key != row.id }
    /// Whether the row is this one: `$0.author == ada`.
    public static func == (scope: Scope, row: Row) -> Expr<Bool> { scope.key == row.id }
    /// Whether the row is another than this one.
    public static func != (scope: Scope, row: Row) -> Expr<Bool> { scope.key != row.id }
    /// Whether two paths lead to the same row: `comment.post == post`.
    public static func == <Other: Model>(scope: Scope, other: Scope<Other, Row>) -> Expr<Bool> {
        scope.key == other.key
    }
    /// Whether two paths lead to different rows.
    public static func != <Other: Model>(scope: Scope, other: Scope<Other, Row>) -> Expr<Bool> {
        scope.key != other.key
    }

    /// Whether the row is among a query's: `$0.author.isIn(User.filter { $0.isActive })`.
    public func isIn(_ query: Query<Row>) -> Expr<Bool> { key.isIn(query) }

    var key: Expr<Row.ID> { Expr(.column(ColumnPath(scope: scopePath, column: Row.schema.primaryKey.name))) }
}

/// A path of relations from a model, as ``Query/prefetch(_:)`` takes it: `\.comments.author`. A column is no such path.
public protocol RelationPath<Root>: Sendable {
    /// The model the path starts from.
    associatedtype Root
    /// The relations along the path, first to last.
    var relationPath: [any Relation] { get }
}

/// The row at the end of an optional relation: every column of it can be NULL, because the row may not be there.
@dynamicMemberLookup
public struct OptionalScope<Root: Model, Row: Model>: RelationPath {
    package let scopePath: ScopePath
    /// The relations along the path, first to last.
    public let relationPath: [any Relation]

    /// A column of the row, NULL when there is no row.
    public subscript<Value: ColumnValue>(dynamicMember member: KeyPath<Row.Columns, Column<Row, Value>>) -> Expr<Value?>
    {
        Expr(Row.columns[keyPath: member].node(in: scopePath))
    }

    /// An optional column of the row, NULL also when there is no row.
    public subscript<Value: ColumnValue>(
        dynamicMember member: KeyPath<Row.Columns, Column<Row, Value?>>
    ) -> Expr<Value?> {
        Expr(Row.columns[keyPath: member].node(in: scopePath))
    }

    /// The row that a relation of that row leads to.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOne<Row, Target>>
    ) -> OptionalScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return OptionalScope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The row that an optional relation of that row leads to.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneOptional<Row, Target>>
    ) -> OptionalScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return OptionalScope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The row, if there is one, whose unique foreign key points to that row.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneInverse<Row, Target>>
    ) -> OptionalScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return OptionalScope<Root, Target>(
            scopePath: scopePath.appending(relation.step), relationPath: relationPath + [relation])
    }

    /// The rows that a relation of that row leads to; none when there is no row.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToMany<Row, Target>>
    ) -> ManyScope<Root, Target> {
        let relation = Row.columns[keyPath: member]
        return ManyScope<Root, Target>(
            link: relation.link, owner: scopePath, ownerKey: Row.schema.primaryKey.name,
            relationPath: relationPath + [relation])
    }

    /// Whether there is no row: `$0.parent == nil`. Needs no join, except for the other side of a one-to-one relation.
    public static func == (scope: OptionalScope, _: _OptionalNilComparisonType) -> Expr<Bool> {
        Expr<Bool>(.isNull(scope.key.node))
    }

    /// Whether there is a row: `$0.parent != nil`. Needs no join, except for the other side of a one-to-one relation.
    public static func != (scope: OptionalScope, _: _OptionalNilComparisonType) -> Expr<Bool> {
        Expr<Bool>(.not(.isNull(scope.key.node)))
    }

    /// Whether the row is there and is the one that a relation leads to: `$0.parent == .id(7)`. Needs no join.
    public static func == (scope: OptionalScope, row: One<Row>) -> Expr<Bool> { scope.key == row.id }
    /// Whether the row is another one or not there.
    public static func != (scope: OptionalScope, row: One<Row>) -> Expr<Bool> { scope.key != row.id }
    /// Whether the row is there and is this one.
    public static func == (scope: OptionalScope, row: Row) -> Expr<Bool> { scope.key == row.id }
    /// Whether the row is another one or not there.
    public static func != (scope: OptionalScope, row: Row) -> Expr<Bool> { scope.key != row.id }
    /// Whether the row is there and is that of another path.
    public static func == <Other: Model>(scope: OptionalScope, other: Scope<Other, Row>) -> Expr<Bool> {
        // The other row is there, so NULL equals nothing and an index can be used.
        Expr<Bool>(.binary(scope.key.node, "=", other.key.node, isNullable: true, isPredicate: true))
    }
    /// Whether the row is not there, or not that of another path.
    public static func != <Other: Model>(scope: OptionalScope, other: Scope<Other, Row>) -> Expr<Bool> {
        !(scope == other)
    }
    /// Whether two paths lead to the same row, or both to none.
    public static func == <Other: Model>(scope: OptionalScope, other: OptionalScope<Other, Row>) -> Expr<Bool> {
        scope.key == other.key
    }
    /// Whether two paths lead to different rows, or one of them to none.
    public static func != <Other: Model>(scope: OptionalScope, other: OptionalScope<Other, Row>) -> Expr<Bool> {
        scope.key != other.key
    }

    /// Whether the row is there and among a query's: `$0.parent.isIn(Comment.filter { $0.author == .id(7) })`.
    public func isIn(_ query: Query<Row>) -> Expr<Bool> {
        Expr<Bool>(.inSelect(key.node, query.keySelect, isNullable: true, findsNull: false))
    }

    var key: Expr<Row.ID?> { Expr(.column(ColumnPath(scope: scopePath, column: Row.schema.primaryKey.name))) }
}
