/// A relation to the one row, if there is one, whose unique foreign key points here.
///
/// ```swift
/// try user.profile.item                    // Profile?; throws .relationNotLoaded unless prefetched
/// try await user.profile()                 // fetches on purpose
/// User.filter { $0.profile.city == "Oslo" }
/// ```
public struct Maybe<Target: Model>: Sendable {
    let owner: SQLValue
    let relation: any OneInverseRelation<Target>
    private var state: State = .unloaded

    /// A box, so that two models may hold relations to each other.
    private final class Box: Sendable {
        let row: Target
        init(_ row: Target) { self.row = row }
    }

    private enum State: Sendable {
        case unloaded
        case loaded(Box?)
    }

    /// The relation of the row with this key, not loaded; ``Model(_:)`` writes it.
    public init(owner: some ColumnValue, _ relation: any OneInverseRelation<Target>) {
        self.owner = owner.sqlValue
        self.relation = relation
    }

    /// Whether it is known whether there is a row.
    public var isLoaded: Bool {
        if case .loaded = state { true } else { false }
    }

    /// The row, or `nil` when there is none; throws `.relationNotLoaded` when that is not known.
    public var item: Target? {
        get throws {
            guard case .loaded(let box) = state else {
                throw ORMError.relationNotLoaded(relation.name, of: relation.ownerName)
            }
            return box?.row
        }
    }

    /// The row, fetched unless it is loaded.
    public func callAsFunction(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Target? {
        if case .loaded(let box) = state { return box?.row }
        var query = Query<Target>()
        query.filters.append(relation.membership(of: owner))
        return try await query.first(on: session, file: file, line: line)
    }

    @usableFromInline
    mutating func load(_ row: Target?) { state = .loaded(row.map(Box.init)) }
}
