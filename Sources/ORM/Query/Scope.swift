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
    package static var root: Scope { Scope(scopePath: .root, relationPath: []) }
    static func subquery(in outer: ScopePath) -> Scope {
        Scope(scopePath: ScopePath(depth: outer.depth + 1, steps: []), relationPath: [])
    }
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
    public static func == (scope: OptionalScope, _: _OptionalNilComparisonType) -> Predicate {
        Predicate(.isNull(scope.key))
    }

    /// Whether there is a row: `$0.parent != nil`. Needs no join, except for the other side of a one-to-one relation.
    public static func != (scope: OptionalScope, _: _OptionalNilComparisonType) -> Predicate {
        Predicate(.not(.isNull(scope.key)))
    }

    private var key: SQLExpression { .column(ColumnPath(scope: scopePath, column: Row.schema.primaryKey.name)) }
}
