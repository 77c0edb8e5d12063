/// A query that selects expressions: what the verbs of ``Selectable`` run.
public struct Selection: Sendable {
    var source: RowsSource
    var isDistinct = false

    /// How much of the order a SELECT needs.
    enum Order {
        /// None: only which rows there are matters.
        case none
        /// The one that was given; all of it where a limit needs it.
        case given
        /// One in which no two rows are equal.
        case total
    }

    /// The SELECT's shape, with the limit and the offset that were given unless others are.
    func shape(
        _ order: Order, limit: Int? = nil, isNamed: Bool = false, isResult: Bool = false
    ) -> RowsSource.Shape {
        var shape = RowsSource.Shape(
            isDistinct: isDistinct, order: [], limit: limit ?? source.limit, offset: source.offset, isNamed: isNamed,
            isResult: isResult)
        let isWindowed = shape.limit != nil || shape.offset > 0
        guard isWindowed || order != .none else { return shape }
        shape.order = source.order
        guard isWindowed || order == .total else { return shape }
        // DISTINCT may order only by what it selects, which the key need not be.
        let ties = isDistinct ? RowsSource.positions(of: source.outputs) : source.isTotal ? [] : source.ties
        let isDescending = source.order.first?.isDescending ?? false
        let positions = source.order.compactMap { $0.expression.position }
        for tie in ties where !positions.contains(where: { $0 == tie.position }) {
            shape.order.append(Ordering(expression: tie, isDescending: isDescending))
        }
        return shape
    }

    func write(_ writer: inout SQLWriter, _ shape: RowsSource.Shape) { source.write(&writer, shape) }

    func limited(to count: Int) -> Selection {
        var selection = self
        selection.source.limit = Swift.min(count, source.limit ?? count)
        return selection
    }

    /// A page of the rows that the selection's own limit and offset leave.
    func window(limit: Int, offset: Int) -> Selection {
        let window = RowWindow(limit: source.limit, offset: source.offset).page(limit: limit, offset: offset)
        var selection = self
        (selection.source.limit, selection.source.offset) = (window.limit, window.offset)
        return selection
    }

    /// Writes `SELECT head FROM (these rows) AS name`.
    func statement(_ head: String, overNamed name: String, in dialect: any Dialect) throws -> Statement {
        var writer = SQLWriter(dialect)
        writer.raw("SELECT \(head) FROM (")
        write(&writer, shape(.none, isNamed: true))
        writer.raw(") AS \(name)")
        return try writer.statement
    }

    func statement(_ order: Order, in dialect: any Dialect) throws -> Statement {
        var writer = SQLWriter(dialect)
        write(&writer, shape(order, isResult: true))
        return try writer.statement
    }

    func fetch<Decoder: RowDecoder>(
        _ order: Order, on lease: Lease, _ decoder: Decoder
    ) async throws -> [Decoder.Output] {
        try await lease.fetch(statement(order, in: lease.dialect), decoder)
    }

    func count(on lease: Lease) async throws -> Int {
        let statement = try statement("COUNT(*)", overNamed: "counted", in: lease.dialect)
        return try await lease.fetch(statement, TupleDecoder<Int>()).first ?? 0
    }
}

// MARK: Verbs

extension Selection {
    func all<Decoder: RowDecoder>(
        _ decoder: Decoder, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> [Decoder.Output] {
        try await withLease(session, .readOnly, Caller(source.model, file, line)) { lease in
            try await fetch(.given, on: lease, decoder)
        }
    }

    func get<Decoder: RowDecoder>(
        _ decoder: Decoder, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Decoder.Output {
        let rows = try await limited(to: 2).all(decoder, on: session, file: file, line: line)
        guard let row = rows.first else { throw ORMError(.notFound, "no row matches the query") }
        guard rows.count == 1 else { throw ORMError(.multipleFound, "more than one row matches the query") }
        return row
    }

    func page<Decoder: RowDecoder>(
        limit: Int, offset: Int, _ decoder: Decoder, on session: (any Session)?, file: StaticString, line: UInt
    ) async throws -> Page<Decoder.Output> {
        let window = window(limit: limit, offset: offset)
        return try await withSnapshot(session, Caller(source.model, file, line)) { lease in
            let items = try await window.fetch(.total, on: lease, decoder)
            let total = try await count(on: lease)
            return Page(items: items, total: total, limit: Swift.max(0, limit), offset: Swift.max(0, offset))
        }
    }

    func stream<Decoder: RowDecoder, Result: Sendable>(
        batch size: Int, _ decoder: Decoder, on session: (any Session)?, file: StaticString, line: UInt,
        _ body: nonisolated(nonsending) @Sendable (RowStream<Decoder.Output>) async throws -> Result
    ) async throws -> Result {
        try await withStream(
            of: size, on: session, Caller(source.model, file, line), { try statement(.given, in: $0) },
            { lease, cursor, sql, count in
                try await lease.fetch(from: cursor, of: sql, count: count, decoder)
            }, body)
    }
}

/// Rows that a query selects, as tuples (``Rows``) or as values made of them (``MappedRows``): the verbs that are the same for
/// both.
public protocol Selectable: Sendable {
    /// What the verbs run.
    var selection: Selection { get }
}

extension Selectable {
    /// How many rows the query has; of groups, how many groups.
    ///
    /// ```swift
    /// let authors = try await Post.select { $0.author.id }.distinct().count()
    /// // SELECT COUNT(*) FROM (SELECT DISTINCT t0."author_id" AS c0 FROM "posts" AS t0) AS counted
    /// ```
    public func count(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Int
    {
        let selection = selection
        return try await withLease(session, .readOnly, Caller(selection.source.model, file, line)) { lease in
            try await selection.count(on: lease)
        }
    }

    /// Whether the query has any row.
    public func exists(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Bool
    {
        let selection = selection.limited(to: 1)
        return try await withLease(session, .readOnly, Caller(selection.source.model, file, line)) { lease in
            let statement = try selection.statement("1", overNamed: "found", in: lease.dialect)
            return try await !lease.fetch(statement, TupleDecoder<Int>()).isEmpty
        }
    }
}

extension SQLExpression {
    /// The position that ordering by this expression means.
    fileprivate var position: Int? { if case .output(let index, _) = self { index } else { nil } }
}
