/// A query that selects expressions instead of whole rows: its verbs give typed tuples.
///
/// ```swift
/// let rows = try await User.query.select { ($0.id, $0.username, $0.posts.count) }.all()
/// for (id, username, posts) in rows { … }
/// // SELECT t0."id", t0."username", (SELECT COUNT(*) FROM "posts" AS t1 WHERE t1."author_id" = t0."id") FROM "users" AS t0
/// ```
/// Order, limit and offset are those of the query that it was selected from, until others are given. What it can run is in
/// ``Selectable``.
public struct Rows<each Value: ColumnValue>: Sendable {
    /// What the verbs run.
    public private(set) var selection: Selection

    init(_ source: RowsSource) { selection = Selection(source: source) }

    /// Each different tuple once.
    public func distinct() -> Rows {
        var rows = self
        rows.selection.isDistinct = true
        return rows
    }

    /// Orders by this key instead of the earlier ones; the closure gets what is selected.
    ///
    /// ```swift
    /// Post.select { ($0.title, $0.comments.count) }.order({ _, comments in comments.desc }, { title, _ in title.asc })
    /// // … ORDER BY 2 DESC, 1
    /// ```
    public func order(_ key: (repeat Expr<each Value>) -> Ordering) -> Rows {
        let selected = outputs
        return ordered(by: [key(repeat each selected)])
    }

    // An array of functions that take a pack crashes the compiler, so there is no variadic form.

    /// Orders by two keys; see ``order(_:)``.
    public func order(
        _ first: (repeat Expr<each Value>) -> Ordering, _ second: (repeat Expr<each Value>) -> Ordering
    ) -> Rows {
        let selected = outputs
        return ordered(by: [first(repeat each selected), second(repeat each selected)])
    }

    /// Orders by three keys; see ``order(_:)``.
    public func order(
        _ first: (repeat Expr<each Value>) -> Ordering, _ second: (repeat Expr<each Value>) -> Ordering,
        _ third: (repeat Expr<each Value>) -> Ordering
    ) -> Rows {
        let selected = outputs
        return ordered(
            by: [first(repeat each selected), second(repeat each selected), third(repeat each selected)])
    }

    private func ordered(by orderings: [Ordering]) -> Rows {
        var rows = self
        rows.selection.source.order = orderings
        rows.selection.source.isTotal = false
        return rows
    }

    /// At most so many tuples.
    public func limit(_ count: Int) -> Rows {
        var rows = self
        rows.selection.source.limit = Swift.max(0, count)
        return rows
    }

    /// Without the first so many tuples.
    public func offset(_ count: Int) -> Rows {
        var rows = self
        rows.selection.source.offset = Swift.max(0, count)
        return rows
    }

    /// The tuples of these rows and of others, each once. An order and a limit that follow are about the whole.
    ///
    /// ```swift
    /// let names = try await User.select { $0.username }.union(Tag.select { $0.name }).order { $0.asc }.all()
    /// ```
    public func union(_ other: Rows) -> Rows { combined(.union, other) }

    /// The tuples of these rows and of others, those in both more than once.
    public func unionAll(_ other: Rows) -> Rows { combined(.unionAll, other) }

    /// The different tuples that are in these rows and in others.
    public func intersect(_ other: Rows) -> Rows { combined(.intersect, other) }

    /// The different tuples of these rows that are not in others.
    public func except(_ other: Rows) -> Rows { combined(.except, other) }

    /// The rows as values of another type, made from each tuple.
    ///
    /// ```swift
    /// let titles = try await Post.select { ($0.id, $0.title) }.map { id, title in "\(id): \(title)" }.all()
    /// ```
    public func map<Output: Sendable>(
        _ transform: @escaping @Sendable (repeat each Value) throws -> Output
    ) -> MappedRows<Output, repeat each Value> {
        MappedRows(selection: selection, decoder: MappedDecoder(transform: transform))
    }

    // MARK: How

    /// The number of values in a tuple.
    static var valueCount: Int {
        var count = 0
        for _ in repeat (each Value).self { count += 1 }
        return count
    }

    /// What the tuple's values are, for a closure.
    private var outputs: (repeat Expr<each Value>) {
        var index = -1
        func next<Item: ColumnValue>(_: Item.Type) -> Expr<Item> {
            index += 1
            return Expr<Item>(.output(index, selection.source.outputs[index]))
        }
        return (repeat next((each Value).self))
    }

    private func combined(_ operation: SetOperation, _ other: Rows) -> Rows {
        let scales = selection.source.outputs.map(\.scale)
        let isAlike = scales == other.selection.source.outputs.map(\.scale)
        var source = RowsSource.derived(scales: scales, isAsWritten: false) { writer, _ in
            if !isAlike, writer.dialect.storesDecimalsAsIntegers {
                writer.refuse(
                    .unsupported(
                        "a set operation over decimals of different scales", dialect: writer.dialect.name,
                        "decimals of different scales cannot be combined: cast both to one type"))
            }
            self.writeMember(&writer)
            writer.raw(" \(operation.rawValue) ")
            other.writeMember(&writer)
        }
        source.model = selection.source.model
        return Rows(source)
    }

    /// Writes the rows as one side of a set operation, where an order, a limit and a WITH must be inside a query of their own. SQL of
    /// the application's own, which has no model, begins with one.
    private func writeMember(_ writer: inout SQLWriter) {
        let source = selection.source
        let isInside = source.limit != nil || source.offset > 0 || source.model == nil
        if isInside { writer.raw("SELECT * FROM (") }
        selection.write(&writer, selection.shape(.none, isNamed: true))
        if isInside { writer.raw(") AS part") }
    }
}

extension Rows: Selectable {
    /// Runs the query: all tuples.
    public func all(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> [(repeat each Value)]
    {
        try await selection.all(decoder, on: session, file: file, line: line)
    }

    /// Runs the query: all rows, as a decoder of the caller's own reads their columns. For long lists of many columns, whose
    /// tuples cost more than what they hold.
    package func all<Decoder: RowDecoder>(
        by decoder: Decoder, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> [Decoder.Output] {
        try await selection.all(decoder, on: session, file: file, line: line)
    }

    /// The first tuple, or `nil` when there is none.
    public func first(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> (repeat each Value)?
    {
        try await selection.limited(to: 1).all(decoder, on: session, file: file, line: line).first
    }

    /// The one tuple of the query; throws `.notFound` for none and `.multipleFound` for more.
    public func get(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> (repeat each Value)
    {
        try await selection.get(decoder, on: session, file: file, line: line)
    }

    /// A page of the tuples: items and total from one snapshot, in an order in which no two tuples are equal.
    public func page(
        limit: Int, offset: Int, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Page<(repeat each Value)> {
        try await selection.page(limit: limit, offset: offset, decoder, on: session, file: file, line: line)
    }

    /// Runs `body` with the tuples as a stream that keeps one batch in memory; see ``Query/stream(batch:on:_:)``.
    public func stream<Result: Sendable>(
        batch size: Int = 500, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: nonisolated(nonsending) @Sendable (RowStream<(repeat each Value)>) async throws -> Result
    ) async throws -> Result {
        try await selection.stream(batch: size, decoder, on: session, file: file, line: line, body)
    }

    private var decoder: TupleDecoder<repeat each Value> { TupleDecoder() }
}
