extension SQLWriter {
    mutating func orderBy(_ orderings: [Ordering]) {
        guard !orderings.isEmpty else { return }
        raw(" ORDER BY ")
        list(orderings)
    }

    /// Writes the keys of an ORDER BY.
    mutating func list(_ orderings: [Ordering]) {
        separated(orderings) { writer, ordering in
            if case .output(let index, _) = ordering.expression {
                writer.raw("\(index + 1)")
            } else {
                writer.value(ordering.expression)
            }
            writer.raw(ordering.isDescending ? " DESC" : "")
        }
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
