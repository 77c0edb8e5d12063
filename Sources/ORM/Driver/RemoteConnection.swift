/// A connection that can send a statement and leave it: its answer comes in on a thread that waits for all connections of a database.
///
/// Any thread may call what is `nonisolated` here, but only for whoever has the connection leased, so that one uses it at a time.
package protocol RemoteConnection: Connection {
    /// Sends a read's statement without waiting; `false`, and nothing is done, when that takes more than sending it. `hasRested`: nobody has
    /// just had an answer from it, so that it may have died meanwhile.
    nonisolated func send(_ read: PendingRead, hasRested: Bool) -> Bool
    /// Lets go of a read that was sent, and leaves it to ``finish(_:_:)``; `false` when its answer is being dealt with right now.
    nonisolated func release(_ read: PendingRead) -> Bool
    /// Waits for the answer to a statement that was sent, as for any other.
    func finish<Decoder: RowDecoder>(_ statement: Statement, _ decoder: Decoder) throws -> Decoder.Output?
}

/// What came back for a statement.
package protocol RemoteAnswer: Sendable {
    /// Decodes the first row; `nil` when there is none. Throws what the statement has failed with.
    func first<Decoder: RowDecoder>(_ decoder: Decoder) throws -> Decoder.Output?
}

/// A driver whose connections are all remote ones.
package protocol RemoteDriver: Driver {
    /// Where tasks that read go on without a change of thread; known once it is ``Driver/resolved()``.
    var executor: (any TaskExecutor)? { get }
}
