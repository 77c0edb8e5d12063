/// What is to be done when a transaction has ended: who asked for it, in the order they asked.
struct TransactionHooks: Sendable {
    typealias Hook = @Sendable () async -> Void

    /// When a hook is due. A savepoint's rollback is final, whatever becomes of the transaction around it.
    enum Event { case commit, rollback, either }

    private var entries: [(event: Event, hook: Hook)] = []

    mutating func add(_ event: Event, _ hook: @escaping Hook) { entries.append((event, hook)) }

    /// Takes over the hooks of a savepoint that has ended.
    mutating func absorb(_ inner: TransactionHooks, isCommitted: Bool) {
        if isCommitted {
            entries += inner.entries
        } else {
            entries += inner.due(isCommitted: false).map { (.either, $0) }
        }
    }

    /// What is due when the outermost transaction ends so.
    func due(isCommitted: Bool) -> [Hook] {
        entries.filter { $0.event == .either || ($0.event == .commit) == isCommitted }.map(\.hook)
    }
}
