/// A relation to one row, as a value: it always knows the row's id, and holds the row once that is loaded.
///
/// ```swift
/// post.author.id                     // free
/// try post.author.username           // throws .relationNotLoaded unless prefetched: no property hides a query
/// try await post.author()            // fetches on purpose
/// ```
@dynamicMemberLookup
public struct One<Target: Model>: Sendable {
    /// The id of the row.
    public let id: Target.ID
    /// A class, so that a model may hold a relation to its own type.
    private let box: Box?

    private final class Box: Sendable {
        let row: Target
        init(_ row: Target) { self.row = row }
    }

    /// A relation to the row with this id, not loaded.
    public init(id: Target.ID) {
        self.id = id
        box = nil
    }

    /// A relation to this row, loaded.
    public init(_ row: Target) {
        id = row.id
        box = Box(row)
    }

    /// A relation to the row with this id, not loaded: `author: .id(7)`.
    public static func id(_ id: Target.ID) -> One { One(id: id) }

    /// The row, if it is loaded.
    public var loaded: Target? { box?.row }

    /// The row; throws `.relationNotLoaded` when it is not loaded.
    public var value: Target {
        get throws {
            guard let box else {
                throw ORMError(
                    .relationNotLoaded,
                    "\(Target.self) \(id) is not loaded: add .prefetch(\\.…) for the relation to the query, or fetch it with await"
                )
            }
            return box.row
        }
    }

    /// A member of the row; throws `.relationNotLoaded` when it is not loaded.
    public subscript<Member>(dynamicMember member: KeyPath<Target, Member>) -> Member {
        get throws { try value[keyPath: member] }
    }

    /// The row, fetched unless it is loaded. Throws `.notFound` when it is gone.
    public func callAsFunction(on session: (any Session)? = nil) async throws -> Target {
        if let box { return box.row }
        return try await Target.get(id, on: session)
    }
}

extension One: Equatable {
    /// Two relations are equal when they lead to the same id, loaded or not.
    public static func == (left: One, right: One) -> Bool { left.id == right.id }
}

extension One: Hashable {
    /// Hashes the id.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
