import ORM

/// A connection that does nothing but die, for tests of what the pool does then.
actor MortalConnection: Connection {
    let number: Int
    private var isDead = false
    private(set) var isClosed = false

    init(_ number: Int) { self.number = number }

    /// As when its server goes away.
    func die() { isDead = true }

    func isAlive() -> Bool { !isDead }
    func isReusable() -> Bool { !isDead }
    func close() { isClosed = true }
    func permit(_ mode: TransactionMode) {}
    nonisolated func interrupt() {}
    nonisolated func resume() {}
    func closeCursor(_ cursor: CursorID) {}

    func execute(_ statement: Statement) throws -> StatementResult { throw Self.nothing }
    func execute(_ sql: String, forEach rows: [[SQLValue]]) throws -> [StatementResult] { throw Self.nothing }
    func fetch<Decoder: RowDecoder>(
        _ statement: Statement, limit: Int?, _ decoder: Decoder
    ) throws -> [Decoder.Output] { throw Self.nothing }
    func fetchFirst<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output? {
        throw Self.nothing
    }
    func openCursor(_ statement: Statement) throws -> CursorID { throw Self.nothing }
    func fetch<Decoder: RowDecoder>(
        from cursor: CursorID, count: Int, _ decoder: Decoder
    ) throws -> [Decoder.Output] { throw Self.nothing }
    func run(script: String) throws { throw Self.nothing }

    private static let nothing = ORMError(.configuration, "it does nothing")
}
