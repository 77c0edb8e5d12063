/// Rows of which each tuple is made into a value of another type: ``Rows/map(_:)``, ``Query/select(into:_:)``.
///
/// ```swift
/// struct Summary { let id: Int; let title: String }
/// let page = try await Post.select(into: Summary.init) { ($0.id, $0.title) }.page(limit: 20, offset: 0)
/// ```
public struct MappedRows<Output: Sendable, each Value: ColumnValue>: Selectable {
    /// What the verbs run.
    public let selection: Selection
    let decoder: MappedDecoder<Output, repeat each Value>

    /// Runs the query: all values.
    public func all(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> [Output]
    {
        try await selection.all(decoder, on: session, file: file, line: line)
    }

    /// The first value, or `nil` when there is none.
    public func first(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Output?
    {
        try await selection.limited(to: 1).all(decoder, on: session, file: file, line: line).first
    }

    /// The one value of the query; throws `.notFound` for none and `.multipleFound` for more.
    public func get(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> Output
    {
        try await selection.get(decoder, on: session, file: file, line: line)
    }

    /// A page of the values: items and total from one snapshot, in an order in which no two values are equal.
    public func page(
        limit: Int, offset: Int, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Page<Output> {
        try await selection.page(limit: limit, offset: offset, decoder, on: session, file: file, line: line)
    }

    /// Runs `body` with the values as a stream that keeps one batch in memory; see ``Query/stream(batch:on:_:)``.
    public func stream<Result: Sendable>(
        batch size: Int = 500, on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ body: nonisolated(nonsending) @Sendable (RowStream<Output>) async throws -> Result
    ) async throws -> Result {
        try await selection.stream(batch: size, decoder, on: session, file: file, line: line, body)
    }
}
