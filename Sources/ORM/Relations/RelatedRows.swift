/// The rows of a to-many relation of many owners, as one statement gives them: those of one owner one after the other.
///
/// Inlinable, because it touches every row that is loaded: a model's own module knows its size, this one would ask for it at
/// each step and copy rows where they can be moved.
@usableFromInline
struct RelatedRows<Key: ColumnValue, Row: Model>: Sendable {
    /// For each row the key of its owner.
    @usableFromInline let keys: [Key]
    @usableFromInline var rows: [Row]

    @usableFromInline
    init(keys: [Key], rows: [Row]) {
        self.keys = keys
        self.rows = rows
    }

    /// Gives each owner its rows. `put` gets an owner's position and its rows, none for an owner that has none.
    @inlinable
    mutating func handOut(to owners: [Key], _ put: (_ owner: Int, _ rows: [Row]) -> Void) {
        let starts = starts
        let (places, isInOrder) = Self.places(of: owners, keys, starts)
        var index = owners.count
        while index > 0 {
            index -= 1
            guard let place = places[index] else {
                put(index, [])
                continue
            }
            let end = place + 1 < starts.count ? starts[place + 1] : keys.count
            // Each owner once and in the order of the rows, as nearly always: the last rows are this owner's, and move to it.
            put(index, isInOrder ? takeLast(end - starts[place]) : Array(rows[starts[place]..<end]))
        }
    }

    /// Where the rows of each owner start.
    @inlinable
    var starts: [Int] {
        var starts: [Int] = []
        for index in keys.indices where index == 0 || keys[index] != keys[index - 1] { starts.append(index) }
        return starts
    }

    /// Which of the starts is each owner's, and whether they come in the order of the owners, each of them once.
    @inlinable
    static func places(
        of owners: [Key], _ keys: [Key], _ starts: [Int]
    ) -> (places: [Int?], isInOrder: Bool) {
        var places: [Int?] = []
        places.reserveCapacity(owners.count)
        var next = 0
        var misses: [Int] = []
        for index in owners.indices {
            if next < starts.count, keys[starts[next]] == owners[index] {
                places.append(next)
                next += 1
            } else {
                places.append(nil)
                misses.append(index)
            }
        }
        guard !misses.isEmpty else { return (places, next == starts.count) }
        // Owners without rows, or in another order, or more than once.
        var known: [Key: Int] = [:]
        known.reserveCapacity(starts.count)
        for place in starts.indices { known[keys[starts[place]]] = place }
        var isInOrder = next == starts.count
        for index in misses {
            guard let place = known[owners[index]] else { continue }
            places[index] = place
            isInOrder = false
        }
        return (places, isInOrder)
    }

    /// Moves the last rows out of the list.
    @inlinable
    mutating func takeLast(_ count: Int) -> [Row] {
        Array(unsafeUninitializedCapacity: count) { group, initialized in
            var index = count
            while index > 0 {
                index -= 1
                group.initializeElement(at: index, to: rows.removeLast())
            }
            initialized = count
        }
    }
}
