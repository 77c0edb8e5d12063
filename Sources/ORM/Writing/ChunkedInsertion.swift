/// Inserts rows, many with each statement, into an engine that knows `ON DUPLICATE KEY UPDATE` only.
///
/// Rows that are to be skipped show by the refusal: a statement that breaks a unique constraint is undone as a whole, and tried again in
/// halves, down to the row that breaks it. Rows that are to be updated are named by the columns of one constraint, while the engine
/// takes any: there the statement makes itself fail when it finds a row by another one. <https://mariadb.com/kb/en/insert-on-duplicate-key-update/>
final class ChunkedInsertion<Row: Model> {
    private let rule: ConflictRule<Row>
    /// The columns that the rows give.
    private let positions: [Int]
    /// Whether an INSERT gives its rows back.
    private let returnsRows: Bool
    /// Whether the rows must come back whole, because the database decides some of their values.
    private let needsRows: Bool
    private let lease: Lease
    /// Statements by how many rows they insert.
    private var statements: [Int: Statement] = [:]
    private let keyPosition = Row.schema.primaryKeyIndex
    /// The columns whose values may be so long that a statement has room for few of them.
    private let long: [Int]
    /// How far apart the keys are that the engine gives.
    private var keyStep: Int64?

    /// Throws when the rule names columns that are not unique, or changes rows in a way that the engine cannot.
    init(leavingOut leftOut: ColumnSet, _ rule: ConflictRule<Row>, returnsRows: Bool, on lease: Lease) throws {
        self.rule = rule
        self.returnsRows = returnsRows
        self.lease = lease
        positions = Row.schema.columns.indices.filter { !leftOut.contains($0) }
        long = Row.schema.columns.indices.filter { index in
            let column = Row.schema.columns[index]
            return [.text, .json, .bytes].contains(column.storage) && column.maxLength ?? .max > 2000
        }
        needsRows = rule.updates || !leftOut.isEmpty
        guard rule.target.isEmpty || Row.isUnique(rule.target) else {
            throw ORMError(
                .database, "\(Row.schema.table) has no unique index over \(rule.target.joined(separator: " and "))",
                database: DatabaseFailure(kind: .syntax, nativeCode: "", sql: ""))
        }
        guard !rule.assignments.dependOnOneAnother() else {
            throw ORMError.unsupported(
                "several expressions over a row that is there", dialect: lease.dialect.name,
                "\(lease.dialect.name) would read columns that the same statement has set: let the rule have one expression, without a query"
            )
        }
    }

    /// Inserts the rows; gives back, in their order, those that were inserted or updated.
    func run(_ rows: ArraySlice<Row.New>, _ values: ArraySlice<[SQLValue]>, now: Timestamp) async throws -> [Row] {
        var written = Written()
        var rest = values
        while !rest.isEmpty {
            let chunk = rest.prefix(chunkSize(of: rest))
            rest = rest.dropFirst(chunk.count)
            try await insert(chunk, into: &written)
        }
        if needsRows { return written.rows }
        var stored: [Row] = []
        stored.reserveCapacity(rows.count)
        let keys = written.keys
        Row.New.store(rows, now: now, into: &stored) { index, given in
            guard let made = keys[index] else { return nil }
            return made ?? given
        }
        return stored
    }

    /// Inserts one row or updates the one that is there; says which of the two.
    func runOne(_ values: [SQLValue]) async throws -> (row: Row, wasThere: Bool) {
        _ = try await lease.execute(Statement("SET @orm_was_there = 0"))
        var written = Written()
        try await insert([values], into: &written)
        guard let row = written.rows.first else {
            throw ORMError(.notFound, "the \(Row.self) that was updated or created did not come back")
        }
        let answers = try await lease.fetch(Statement("SELECT @orm_was_there"), TupleDecoder<Int>())
        return (row, answers == [1])
    }

    // MARK: Chunks

    /// What became of the rows: those that were written, when they must come back whole, else for each row that was not skipped the key
    /// that the engine gave it, if it did.
    private struct Written {
        var rows: [Row] = []
        var keys: [Row.ID??] = []
    }

    /// How many of the first rows go into one statement: one of few numbers, so that few statements are prepared.
    private func chunkSize(of rows: ArraySlice<[SQLValue]>) -> Int {
        let most = min(rows.count, 512, max(1, (lease.dialect.maximumBindCount - 100) / max(1, positions.count)))
        var count = 0
        if long.isEmpty, returnsRows {
            count = most
        } else {
            var bytes = 0
            let isFirstGiven = rows.first.map { isGiven($0) }
            for row in rows.prefix(most) {
                for position in long {
                    switch row[position] {
                    case .text(let text): bytes += text.utf8.count
                    case .bytes(let blob): bytes += blob.count
                    default: break
                    }
                }
                // Keys are counted from the first one where the engine does not give them back: all are made, or none.
                guard count == 0 || bytes < 4 << 20, returnsRows || isGiven(row) == isFirstGiven else { break }
                count += 1
            }
        }
        return [512, 128, 32, 8, 2].first { $0 <= count } ?? 1
    }

    private func isGiven(_ values: [SQLValue]) -> Bool { !values[keyPosition].isNull }

    private func insert(_ chunk: ArraySlice<[SQLValue]>, into written: inout Written) async throws {
        do {
            try await write(chunk, into: &written)
        } catch let error as ORMError where mayBeSettled(error) {
            guard chunk.count == 1, let values = chunk.first else {
                let half = chunk.prefix(chunk.count / 2)
                try await insert(half, into: &written)
                return try await insert(chunk.dropFirst(half.count), into: &written)
            }
            if let row = try await settle(values, after: error) { written.rows.append(row) }
            written.keys.append(.none)
        }
    }

    /// Whether the rule has something to say about the error.
    private func mayBeSettled(_ error: ORMError) -> Bool {
        switch rule.action {
        case .fail: false
        case .ignore: error.isUniqueViolation
        // What the statement makes itself fail by.
        case .update: error.database?.nativeCode == "1242"
        }
    }

    /// What becomes of a row that was refused: `nil` when it is to be skipped.
    private func settle(_ values: [SQLValue], after error: ORMError) async throws -> Row? {
        guard case .ignore = rule.action else {
            // It found a row by a constraint that is not meant: without the rule the engine says by which.
            let plain = try ChunkedInsertion(leavingOut: leftOut, .fail, returnsRows: returnsRows, on: lease)
            var written = Written()
            try await plain.insert([values], into: &written)
            return try await row(matching: values)
        }
        if rule.target.isEmpty { return nil }
        let broken = rule.target.map { "\(Row.schema.table).\($0)" }
        if case .unique(let columns) = error.database?.kind, Set(columns) == Set(broken) { return nil }
        guard try await !lease.fetch(lookup(values, "1"), TupleDecoder<Int>()).isEmpty else { throw error }
        return nil
    }

    private var leftOut: ColumnSet {
        var columns = ColumnSet()
        for index in Row.schema.columns.indices where !positions.contains(index) { columns.insert(index) }
        return columns
    }

    // MARK: Statements

    /// Writes a chunk by one statement.
    private func write(_ chunk: ArraySlice<[SQLValue]>, into written: inout Written) async throws {
        let statement = try bound(chunk)
        if returnsRows, needsRows { return written.rows += try await lease.fetch(statement, ModelDecoder<Row>()) }
        if !needsRows, chunk.allSatisfy(isGiven) {
            _ = try await lease.execute(statement)
            return written.keys += repeatElement(.some(nil), count: chunk.count)
        }
        if returnsRows {
            for key in try await lease.fetch(statement, KeyDecoder<Row>()) { written.keys.append(.some(key)) }
            return
        }
        let first = try await lease.execute(statement).lastInsertID
        for (offset, values) in chunk.enumerated() {
            let key = try isGiven(values) || rule.updates ? nil : Row.madeKey(first + Int64(offset) * (await step()))
            guard needsRows else {
                written.keys.append(.some(key))
                continue
            }
            var found = values
            if let key { found[keyPosition] = key.sqlValue }
            written.rows.append(try await row(matching: found))
        }
    }

    /// The statement for a chunk, with its values.
    private func bound(_ chunk: ArraySlice<[SQLValue]>) throws -> Statement {
        var statement = try statement(for: chunk.count)
        var binds: [SQLValue] = []
        binds.reserveCapacity(statement.binds.count)
        let isWhole = positions.count == Row.schema.columns.count && !Row.schema.needsEncoding(for: lease.dialect)
        for values in chunk {
            if isWhole {
                binds += values
            } else {
                let given = try Row.schema.encoded(values, for: lease.dialect)
                for position in positions { binds.append(given[position]) }
            }
        }
        binds += statement.binds.dropFirst(chunk.count * positions.count)
        statement.binds = binds
        return statement
    }

    private func step() async throws -> Int64 {
        if let keyStep { return keyStep }
        let answers = try await lease.fetch(Statement("SELECT @@auto_increment_increment"), TupleDecoder<Int>())
        keyStep = Int64(answers.first ?? 1)
        return keyStep ?? 1
    }

    private func statement(for count: Int) throws -> Statement {
        if let statement = statements[count] { return statement }
        let schema = Row.schema
        var writer = SQLWriter(lease.dialect)
        var name = ""
        lease.dialect.quote(schema.table, into: &name)
        writer.statement(named: name) { writer, _ in
            writer.raw("INSERT INTO \(name) (")
            writer.identifiers(positions.map { schema.columns[$0].name })
            writer.raw(") VALUES ")
            writer.separated(0..<count) { writer, _ in
                writer.raw("(")
                writer.separated(positions) { writer, _ in writer.bind(.null) }
                writer.raw(")")
            }
            if rule.updates { writer.duplicateKeyUpdate(rule) }
            guard returnsRows else { return }
            writer.raw(" RETURNING ")
            if needsRows { writer.returnedColumns(of: schema) } else { writer.identifier(schema.primaryKey.name) }
        }
        let statement = try writer.statement
        statements[count] = statement
        return statement
    }

    /// The row that agrees with these values in the columns of the rule, else in its key.
    private func row(matching values: [SQLValue]) async throws -> Row {
        let columns = Row.schema.columns.map { "\($0.name)" }
        var list = ""
        for column in columns {
            if !list.isEmpty { list += ", " }
            lease.dialect.quote(column, into: &list)
        }
        guard let row = try await lease.fetch(lookup(values, list), ModelDecoder<Row>()).first else {
            throw ORMError(.notFound, "the \(Row.self) that was inserted or updated did not come back")
        }
        return row
    }

    private func lookup(_ values: [SQLValue], _ selected: String) -> Statement {
        let schema = Row.schema
        var writer = SQLWriter(lease.dialect)
        writer.raw("SELECT \(selected) FROM ")
        writer.identifier(schema.table)
        writer.raw(" WHERE ")
        let target = rule.target.isEmpty ? [schema.primaryKey.name] : rule.target
        writer.separated(target, by: " AND ") { writer, column in
            writer.identifier(column)
            writer.raw(" = ")
            writer.bind(schema.index(of: column).map { values[$0] } ?? .null)
        }
        return Statement(writer.sql, writer.binds)
    }
}

extension SQLWriter {
    /// Writes `ON DUPLICATE KEY UPDATE …` for a rule that updates. The key is set to itself where the row that was found agrees with the
    /// new one in the columns that are meant; where it was found by others, to two values at once, which is refused.
    fileprivate mutating func duplicateKeyUpdate<Row>(_ rule: ConflictRule<Row>) {
        let key = Row.schema.primaryKey.name
        raw(" ON DUPLICATE KEY UPDATE ")
        identifier(key)
        raw(" = IF(")
        separated(rule.target, by: " AND ") { writer, column in
            writer.identifier(column)
            writer.raw(" = VALUES(")
            writer.identifier(column)
            writer.raw(")")
        }
        // Not the constant 1, which the server would assign before it has found a row.
        raw(", IF(@orm_was_there := (VALUES(")
        identifier(rule.target.first ?? key)
        raw(") IS NOT NULL), ")
        identifier(key)
        raw(", ")
        identifier(key)
        raw("), (SELECT 1 UNION ALL SELECT 2))")
        for assignment in rule.assignments.inOrder(for: dialect) {
            raw(", ")
            self.assignment(assignment)
        }
        for column in rule.takenColumns where column != key {
            raw(", ")
            identifier(column)
            raw(" = VALUES(")
            identifier(column)
            raw(")")
        }
    }
}

extension Model {
    /// Inserts rows where an engine knows `ON DUPLICATE KEY UPDATE` only; see ``ChunkedInsertion``.
    static func storeInChunks(
        _ rows: [New], _ values: [[SQLValue]], _ runs: [(leftOut: ColumnSet, range: Range<Int>)],
        _ rule: ConflictRule<Self>, returnsRows: Bool, now: Timestamp, on session: any Session, _ caller: Caller
    ) async throws -> [Self] {
        let readsBack = !returnsRows && (rule.updates || runs.contains { !$0.leftOut.isEmpty })
        let isAtomic = rows.count > 1 || readsBack
        // Of several that insert the same row at once, the engine may undo some as if in a deadlock. One that is a statement by itself
        // has then done nothing, and is done again.
        var attempts = isAtomic || session is Transaction ? 1 : 20
        while true {
            do {
                return try await withAtomicLease(session, isAtomic: isAtomic, caller) { lease in
                    var stored: [Self] = []
                    for (leftOut, range) in runs {
                        let insertion = try ChunkedInsertion<Self>(
                            leavingOut: leftOut, rule, returnsRows: returnsRows, on: lease)
                        let inserted = try await insertion.run(rows[range], values[range], now: now)
                        if runs.count == 1 { return inserted }
                        stored += inserted
                    }
                    return stored
                }
            } catch let error as ORMError where error.database?.kind == .deadlock && attempts > 1 {
                attempts -= 1
            }
        }
    }

    /// The row that agrees with the new one in the rule's columns, changed as the rule says, or the new one; and whether it was there.
    /// For engines that cannot tell by the statement, and whose transactions run side by side.
    static func changeOrStore(
        _ new: New, _ rule: ConflictRule<Self>, _ lookup: Query<Self>, returnsRows: Bool, on transaction: Transaction,
        file: StaticString, line: UInt
    ) async throws -> (row: Self, wasThere: Bool) {
        let now = Timestamp.now
        try rule.validate()
        let values = new.values(now: now)
        try schema.validate(values)
        // Locked until the end. Where there is none, somebody else may be about to insert it.
        if let found = try await lookup.lock(.forUpdate).first(on: transaction, file: file, line: line) {
            let assignments = rule.takenColumns.compactMap { column in
                schema.index(of: column).map { Assignment<Self>(column: column, value: .value(values[$0])) }
            }
            let same = Query<Self>().deleted(.included).filter(key: found.id)
            try await same.update(assignments, on: transaction, file: file, line: line)
            return (try await same.get(on: transaction, file: file, line: line), true)
        }
        return try await transaction.withLease(.readWrite, at: CallSite(file: file, line: line)) { lease in
            let insertion = try ChunkedInsertion<Self>(
                leavingOut: new.columnsLeftToDatabase, rule, returnsRows: returnsRows, on: lease)
            return try await insertion.runOne(values)
        }
    }
}
