/// The SELECT behind ``Rows``, written in the shape that the verbs ask for.
struct RowsSource: Sendable {
    /// What each position is, as an expression of the written query.
    var outputs: [SQLExpression]
    var order: [Ordering]
    /// Whether no two rows are equal in the order.
    var isTotal: Bool
    /// What decides between rows that are equal in the order; none where the rows come as SQL of the application's own gives
    /// them.
    var ties: [SQLExpression]
    var limit: Int?
    var offset: Int
    /// Whose rows they are, for routers; `nil` for SQL of the application's own.
    var model: (any Model.Type)?
    let write: @Sendable (inout SQLWriter, Shape) -> Void

    /// What is asked of the SELECT.
    struct Shape {
        var isDistinct: Bool
        var order: [Ordering]
        var limit: Int?
        var offset: Int
        /// Whether the columns are called c0, c1, ….
        var isNamed: Bool
        /// Whether the rows go to the application, and not to another SELECT, which takes values as they are stored.
        var isResult: Bool

        func writeTail(_ writer: inout SQLWriter) {
            writer.orderBy(order)
            writer.window(limit: limit, offset: offset)
        }
    }

    /// Expressions over a query's rows. `write` gives what stands after the joins and before the order. In one with groups equal values are
    /// one, see ``SQLWriter/sharesValues``.
    static func select<Row: Model>(
        _ outputs: [SQLExpression], from query: Query<Row>, order: [Ordering], isTotal: Bool,
        ties: [SQLExpression], limit: Int?, offset: Int, hasGroups: Bool = false,
        _ write: @escaping @Sendable (inout SQLWriter) -> Void
    ) -> RowsSource {
        RowsSource(
            outputs: outputs, order: order, isTotal: isTotal, ties: ties, limit: limit, offset: offset, model: Row.self
        ) { writer, shape in
            if query.lock != nil { query.refuseLock(&writer) }
            let sharesValues = writer.sharesValues
            writer.sharesValues = sharesValues || hasGroups
            query.write(&writer) { writer in
                writeHead(outputs, shape, &writer)
            } tail: { writer in
                query.writeWhere(&writer)
                write(&writer)
                shape.writeTail(&writer)
            }
            writer.sharesValues = sharesValues
        }
    }

    /// The rows of a SELECT that stands by itself: a set operation, or SQL of the application's own, with a scale for each column
    /// that holds decimals as integers. `write` gets whether the
    /// columns must be called c0, c1, …. With `isAsWritten` it is left alone where nothing else is asked.
    static func derived(
        scales: [Int?], isAsWritten: Bool, _ write: @escaping @Sendable (inout SQLWriter, _ isNamed: Bool) -> Void
    ) -> RowsSource {
        let outputs = scales.enumerated().map {
            SQLExpression.column(ColumnPath(scope: .root, column: "c\($0.offset)", scale: $0.element))
        }
        return RowsSource(
            outputs: outputs, order: [], isTotal: false, ties: isAsWritten ? [] : positions(of: outputs), offset: 0
        ) { writer, shape in
            if isAsWritten, !shape.isDistinct, shape.order.isEmpty, shape.limit == nil, shape.offset == 0 {
                return write(&writer, shape.isNamed)
            }
            writer.query(
                table: "",
                source: { writer, alias in
                    writer.raw("(")
                    write(&writer, true)
                    writer.raw(") AS \(alias)")
                },
                head: { writeHead(outputs, shape, &$0) }, tail: { shape.writeTail(&$0) })
        }
    }

    static func positions(of outputs: [SQLExpression]) -> [SQLExpression] {
        outputs.enumerated().map { .output($0.offset, $0.element) }
    }

    private static func writeHead(_ outputs: [SQLExpression], _ shape: Shape, _ writer: inout SQLWriter) {
        writer.raw(shape.isDistinct ? "SELECT DISTINCT " : "SELECT ")
        writer.separated(outputs.enumerated()) { writer, output in
            if shape.isResult { writer.selected(output.element) } else { writer.value(output.element) }
            if shape.isNamed { writer.raw(" AS c\(output.offset)") }
        }
    }
}
