/// What a path of relations ends with: one row.
public enum ToOneEnd {}
/// What a path of relations ends with: many rows, which a prefetch may refine.
public enum ToManyEnd {}

/// The rest of a prefetch path behind a to-many relation: `\.comments.author`. It has relations and nothing else.
@dynamicMemberLookup
public struct RelationChain<Root: Model, Row: Model, End>: RelationPath {
    /// The relations along the path, first to last.
    public let relationPath: [any Relation]

    /// On to a required relation.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOne<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { followed(by: Row.columns[keyPath: member]) }

    /// On to an optional relation.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneOptional<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { followed(by: Row.columns[keyPath: member]) }

    /// On to the other side of a one-to-one relation.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToOneInverse<Row, Target>>
    ) -> RelationChain<Root, Target, ToOneEnd> { followed(by: Row.columns[keyPath: member]) }

    /// On to a to-many relation.
    public subscript<Target: Model>(
        dynamicMember member: KeyPath<Row.Columns, ToMany<Row, Target>>
    ) -> RelationChain<Root, Target, ToManyEnd> { followed(by: Row.columns[keyPath: member]) }

    private func followed<Target, NextEnd>(by relation: any Relation) -> RelationChain<Root, Target, NextEnd> {
        RelationChain<Root, Target, NextEnd>(relationPath: relationPath + [relation])
    }
}
