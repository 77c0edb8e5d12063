import ORM

/// The `detail` column of EXPLAIN QUERY PLAN.
struct PlanDecoder: RowDecoder {
    func decode(_ row: borrowing some ResultRow) throws -> String { try row.text(3) }
}
