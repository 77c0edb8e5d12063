extension Query {
    /// How the database would run the query: the text of its plan, a step a line. The query does not run.
    ///
    /// ```swift
    /// try await Post.filter { $0.published }.explain()
    /// // SEARCH t0 USING INDEX posts_published_created_at_index (published=?)
    /// ```
    public func explain(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> String
    {
        try await plan(of: { try self.statement(in: $0) }, on: session, Caller(Row.self, file, line))
    }

    /// The statement that ``all(on:)`` runs first, in a dialect, with its values. Prefetches are statements of their own.
    public func statement(in dialect: any Dialect) throws -> Statement {
        try statement(in: dialect, order: windowOrderings)
    }

    /// The text of the statement that ``all(on:)`` runs first, with placeholders for its values: for logs and debugging.
    public func sql(on session: (any Session)? = nil) throws -> String {
        try statement(in: boundSession(session, .readOnly, Caller(Row.self, #fileID, #line)).dialect).sql
    }
}

extension Selectable {
    /// How the database would run the query: the text of its plan, a step a line. The query does not run.
    public func explain(on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line) async throws
        -> String
    {
        let selection = selection
        return try await plan(
            of: { try selection.statement(.given, in: $0) }, on: session, Caller(selection.source.model, file, line))
    }

    /// The statement that ``all(on:)`` runs, in a dialect, with its values.
    public func statement(in dialect: any Dialect) throws -> Statement {
        try selection.statement(.given, in: dialect)
    }

    /// The text of the statement that ``all(on:)`` runs, with placeholders for its values: for logs and debugging.
    public func sql(on session: (any Session)? = nil) throws -> String {
        try statement(in: boundSession(session, .readOnly, Caller(selection.source.model, #fileID, #line)).dialect).sql
    }
}

private func plan(
    of makeStatement: @Sendable (any Dialect) throws -> Statement, on session: (any Session)?, _ caller: Caller
) async throws -> String {
    try await withLease(session, .readOnly, caller) { lease in
        let statement = try makeStatement(lease.dialect)
        let plan = lease.dialect.explain(statement.sql)
        let steps = try await lease.fetch(
            Statement(plan.sql, statement.binds), PlanDecoder(text: plan.textColumn, tree: plan.treeColumns))
        var depths: [Int: Int] = [:]
        return steps.map { step in
            let depth = step.parent.map { (depths[$0] ?? -1) + 1 } ?? 0
            depths[step.id] = depth
            return String(repeating: "  ", count: depth) + step.text
        }.joined(separator: "\n")
    }
}

/// Reads a step of a plan.
private struct PlanDecoder: RowDecoder {
    let text: Int
    let tree: (id: Int, parent: Int)?

    struct Step: Sendable {
        let id: Int
        let parent: Int?
        let text: String
    }

    func decode(_ row: borrowing some ResultRow) throws -> Step {
        guard let tree else { return Step(id: 0, parent: nil, text: try row.text(text)) }
        return Step(
            id: Int(try row.integer(tree.id)), parent: Int(try row.integer(tree.parent)), text: try row.text(text))
    }
}
