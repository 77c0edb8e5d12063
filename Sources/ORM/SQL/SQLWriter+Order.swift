extension SQLWriter {
    mutating func orderBy(_ orderings: [Ordering]) {
        guard !orderings.isEmpty else { return }
        raw(" ORDER BY ")
        list(orderings)
    }

    /// Writes the keys of an ORDER BY.
    mutating func list(_ orderings: [Ordering]) {
        separated(orderings) { writer, ordering in
            if let position = writer.position(of: ordering.expression) {
                writer.raw("\(position)")
            } else {
                writer.value(ordering.expression)
            }
            writer.raw(ordering.isDescending ? " DESC" : "")
            if ordering.isNullable, !writer.dialect.ordersNullFirst {
                writer.raw(ordering.isDescending ? " NULLS LAST" : " NULLS FIRST")
            }
        }
    }

    /// The position that orders as an expression does; `nil` for one that must be written out. The digits of a decimal number, which
    /// is what is selected of one, are ordered as texts.
    private func position(of expression: SQLExpression) -> Int? {
        guard case .output(let index, let inner) = expression else { return nil }
        return dialect.storesDecimalsAsIntegers && inner.scale != nil ? nil : index + 1
    }

    mutating func window(limit: Int?, offset: Int) {
        guard limit != nil || offset > 0 else { return }
        raw(" LIMIT ")
        // SQLite and MySQL know no OFFSET without LIMIT; no table has more rows than this.
        bind(.int(Int64(limit ?? Int.max)))
        guard offset > 0 else { return }
        raw(" OFFSET ")
        bind(.int(Int64(offset)))
    }
}
