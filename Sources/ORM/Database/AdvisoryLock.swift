/// How an engine takes a lock that has nothing to do with its tables, and gives it back. It belongs to a connection, and goes with it.
public struct AdvisoryLock: Sendable {
    /// How a lock is taken.
    public enum Taking: Sendable {
        /// By a script, which fails as a lock time-out does when it takes too long.
        case script(String)
        /// By a query that has a row with the integer 1 when the lock is taken.
        case query(Statement)
    }

    /// What takes it.
    public var taking: Taking
    /// The statement that gives it back.
    public var release: Statement

    /// A lock.
    public init(taking: Taking, release: Statement) {
        self.taking = taking
        self.release = release
    }
}

extension Database {
    /// Runs `body` while nobody else, in this process or another, holds the lock of this name in the same database.
    ///
    /// - `wait`: how long to wait for whoever holds it; `nil` = as long as it takes. Then `.database` of kind lock time-out is thrown.
    ///
    /// The lock belongs to a connection that does nothing else meanwhile; verbs in `body` use others, so the pool must have two. It ends
    /// with the process, however that ends. Refused with `.unsupported` on SQLite, whose files can be locked by themselves, and with
    /// `.configuration` inside a transaction of this database.
    ///
    /// ```swift
    /// try await db.withAdvisoryLock("regenerate", wait: .zero) { try await regenerate() }
    /// ```
    public func withAdvisoryLock<Result: Sendable>(
        _ name: String, wait: Duration? = nil, _ body: @concurrent @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let lock = dialect.advisoryLock(name, wait: wait) else {
            throw ORMError.unsupported(
                "advisory locks", dialect: dialect.name, "\(dialect.name) has no locks by name: lock a file instead")
        }
        return try await withLease(.readWrite, at: nil) { lease in
            try await lease.take(lock, name)
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            // A cancellation that came while the body ran would interrupt this too.
            lease.connection.resume()
            do {
                _ = try await lease.connection.execute(lock.release)
            } catch {
                // The lock goes with the connection.
                await lease.connection.close()
            }
            return try outcome.get()
        }
    }
}

extension Lease {
    fileprivate func take(_ lock: AdvisoryLock, _ name: String) async throws {
        switch lock.taking {
        case .script(let script): try await run(script: script)
        case .query(let query):
            if try await fetch(query, TupleDecoder<Int>()) == [1] { return }
            throw ORMError(
                .database, "somebody else holds the lock “\(name)”",
                database: DatabaseFailure(kind: .lockTimeout, nativeCode: "", sql: query.sql))
        }
    }
}
