/// The foreign keys of many rows: each key once, and which of them each row has.
///
/// Inlinable, because it touches every row whose relation is loaded: a model's own module knows its size and how its keys are
/// hashed, this one would ask at each step.
@usableFromInline
struct ForeignKeys<ID: ColumnValue>: Sendable {
    /// Each key once, in the order in which they came.
    @usableFromInline var distinct: [ID] = []
    /// For each row the position of its key among them; `nil` where it has none.
    @usableFromInline var positions: [Int?] = []
    /// The positions by key.
    @usableFromInline var known: [ID: Int] = [:]

    @inlinable
    init() {}

    /// The keys of these rows.
    @inlinable
    init<Owner: Model>(of owners: [Owner], _ key: (Owner) -> ID?) {
        positions.reserveCapacity(owners.count)
        for index in owners.indices { append(key(owners[index])) }
    }

    /// The next row's key.
    @inlinable
    mutating func append(_ id: ID?) {
        guard let id else { return positions.append(nil) }
        if let position = known[id] { return positions.append(position) }
        known[id] = distinct.count
        positions.append(distinct.count)
        distinct.append(id)
    }

    /// The rows with these keys as loaded relations, at the positions of their keys; one box for each row however often it is
    /// used, and none where there is no such row.
    @inlinable
    func relations<Row: Model>(to rows: [Row]) -> [One<Row>?] where Row.ID == ID {
        var relations = [One<Row>?](repeating: nil, count: distinct.count)
        for row in rows {
            if let position = known[row.id] { relations[position] = One(row) }
        }
        return relations
    }

    /// Puts the rows with these keys into the relations of the rows that have the keys. The foreign keys stay what they are, so
    /// that `save()` has nothing to write. Where there is no such row the relation says so.
    @inlinable
    func relate<Owner: Model, Row: Model>(
        _ owners: inout [Owner], to rows: [Row], by relation: any Relation, _ set: (inout Owner, One<Row>) -> Void
    ) where Row.ID == ID {
        let relations = relations(to: rows)
        for index in owners.indices {
            guard let position = positions[index] else { continue }
            let changed = owners[index].changedColumns
            set(&owners[index], relations[position] ?? One(missing: distinct[position], relation))
            owners[index].changedColumns = changed
        }
    }
}
