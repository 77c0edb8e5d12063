import ORM

/// The `detail` column of EXPLAIN QUERY PLAN.
struct PlanDecoder: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> String { try row.text(3) }
}

/// The first column as an integer.
struct IntegerDecoder: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> Int { Int(try row.integer(0)) }
}

/// The first column as text.
struct TextDecoder: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> String { try row.text(0) }
}
