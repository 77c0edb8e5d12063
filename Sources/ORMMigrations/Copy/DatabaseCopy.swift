public import ORM

/// Copies a database to another one, of whatever engine: every table of the migrations with its keys, row by row, so that little is in
/// memory at a time.
///
/// ```swift
/// let copy = try DatabaseCopy(from: sqlite, to: postgres, Migrations.all)
/// try await copy.plan().map(\.rows)   // [4, 19, …]: what would be copied
/// try await copy.run().map(\.hash)    // ["8f3a…", …]
/// ```
/// The target gets the tables by the migrations, unless it has them. Its rows come in one transaction, in which triggers do not run; then all of them
/// are read back, and number and hash of each table must be the source's. What fails leaves no row behind; the tables stay, empty, and
/// the next copy takes them as they are.
public struct DatabaseCopy: Sendable {
    private let source: Database
    private let target: Database
    private let graph: MigrationGraph

    /// A copy of a database that a program's migrations have made. Throws `.migration` when these contradict one another.
    public init(from source: Database, to target: Database, _ migrations: [Migration]) throws {
        self.source = source
        self.target = target
        graph = try MigrationGraph(migrations)
    }

    /// What would be copied: the tables in the order of the copy, with their rows counted. Changes nothing.
    ///
    /// Throws `.migration` when the source lacks migrations or has others than the program, and when the target holds rows, or tables
    /// that no migration of the program has made.
    public func plan() async throws -> [CopiedTable] {
        try await check()
        let tables = try tables()
        return try await source.transaction(.readOnly) { reading in
            var plan: [CopiedTable] = []
            for table in tables {
                let count = try await Rows<Int>.raw("SELECT COUNT(*) FROM \(identifier: table.name)").get(on: reading)
                plan.append(CopiedTable(table.name, rows: count))
            }
            return plan
        }
    }

    /// Copies. Throws what ``plan()`` throws, before it changes anything, and what the databases throw, with how the target stands.
    ///
    /// - `completing`: what is to be changed in the target when all is copied and compared, in the same transaction.
    @discardableResult
    public func run(
        completing: @escaping @Sendable (Transaction) async throws -> Void = { _ in }
    ) async throws -> [CopiedTable] {
        try await check()
        let tables = try tables()
        try await Migrator(target, graph).up()
        let triggers = try TriggerPause(target.dialect, tables: tables.map(\.name))
        do {
            return try await triggers.around(target) {
                try await copy(tables, triggers, completing)
            }
        } catch let error as ORMError {
            throw error.adding("; the target has its tables, and no row in them")
        }
    }

    // MARK: Before

    /// The tables, those that others point to first.
    private func tables() throws -> [TableState] { TableState.sorted(try graph.state().tables) }

    private func check() async throws {
        let pending = try await pending(in: source)
        guard pending.isEmpty else {
            throw SchemaState.refusal(
                "the source lacks \(pending.joined(separator: ", ")): apply what is pending there before")
        }
        _ = try await self.pending(in: target)
        let history = try await History.read(target).names
        for table in try graph.state(after: history).tables where try await !target.hasTable(table.name) {
            throw SchemaState.refusal("the target has no table \(table.name), which its migrations have made")
        }
        for table in try tables() where try await target.hasTable(table.name) {
            guard !history.isEmpty else {
                throw SchemaState.refusal(
                    "the target has a table \(table.name) that no migration of this program has made, or a copy that was killed: name an empty database"
                )
            }
            let count = try await Rows<Int>.raw(
                "SELECT COUNT(*) FROM (SELECT 1 AS one FROM \(identifier: table.name) LIMIT 1) AS found"
            ).get(on: target)
            guard count == 0 else {
                throw SchemaState.refusal(
                    "the target holds rows already, in \(table.name): nothing is written over them, name an empty database"
                )
            }
        }
    }

    /// The migrations that a database lacks. Throws for one with others than the program's.
    private func pending(in database: Database) async throws -> [String] {
        let history = try await History.read(database)
        try history.checkKnown(to: graph)
        try history.checkUnchanged(in: graph)
        return graph.migrations.map(\.name).filter { history[$0] == nil }
    }

    // MARK: The copy

    private func copy(
        _ tables: [TableState], _ triggers: TriggerPause,
        _ completing: @escaping @Sendable (Transaction) async throws -> Void
    ) async throws -> [CopiedTable] {
        let transfers = tables.indices.map { index in
            TableTransfer(table: tables[index], earlier: Set(tables[..<index].map(\.name)))
        }
        return try await source.transaction(.readOnly) { reading in
            try await target.transaction { writing in
                let copied = try await triggers.within(writing) {
                    let copied = try await Self.copy(transfers, from: reading, to: writing)
                    try await completing(writing)
                    return copied
                }
                return copied
            }
        }
    }

    private static func copy(
        _ transfers: [TableTransfer], from reading: Transaction, to writing: Transaction
    ) async throws -> [CopiedTable] {
        var read: [RowsHash] = []
        for transfer in transfers {
            try await transfer.locating { read.append(try await transfer.copy(from: reading, to: writing)) }
        }
        for transfer in transfers {
            try await transfer.locating { try await transfer.link(from: reading, to: writing) }
        }
        var copied: [CopiedTable] = []
        for (transfer, read) in zip(transfers, read) {
            try await transfer.locating {
                let written = try await transfer.hash(on: writing)
                guard (written.count, written.text) == (read.count, read.text) else {
                    throw SchemaState.refusal(
                        "\(read.count) rows with the hash \(read.text) came back as \(written.count) with \(written.text)"
                    )
                }
                copied.append(CopiedTable(transfer.table.name, rows: read.count, hash: read.text))
            }
        }
        return copied
    }
}

extension TableTransfer {
    /// Runs `body`; an error comes out with the table in front.
    fileprivate func locating(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as ORMError {
            throw error.adding("", before: "copying \(table.name): ")
        }
    }
}

extension ORMError {
    /// The error with more to say in its message.
    fileprivate func adding(_ more: String, before: String = "") -> ORMError {
        ORMError(
            code, before + message + more, database: database, violations: violations, unsupported: unsupported,
            relation: relation, underlying: underlying)
    }
}
