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
    @usableFromInline let state: State

    @usableFromInline enum State: Sendable {
        case unknown
        /// Read from a row, whose relation names what would load it.
        case unloaded(any Relation)
        case loaded(Box)
        /// Prefetched by this relation, and there was no such row.
        case missing(any Relation)
    }

    /// A class, so that a model may hold a relation to its own type.
    @usableFromInline final class Box: Sendable {
        @usableFromInline let row: Target
        @inlinable init(_ row: Target) { self.row = row }
    }

    /// A relation to the row with this id, not loaded.
    public init(id: Target.ID) {
        self.id = id
        state = .unknown
    }

    /// A relation as a row has it, not loaded; ``Model(_:)`` writes it.
    ///
    /// Inlinable, because it is called for every row that is read: a model's own module knows its size, this one asks for it.
    @inlinable
    public init(id: Target.ID, _ relation: any Relation) {
        self.id = id
        state = .unloaded(relation)
    }

    /// A relation to this row, loaded.
    @inlinable
    public init(_ row: Target) {
        id = row.id
        state = .loaded(Box(row))
    }

    /// A relation that was to be loaded and leads to no row.
    @usableFromInline
    init(missing id: Target.ID, _ relation: any Relation) {
        self.id = id
        state = .missing(relation)
    }

    /// A relation to the row with this id, not loaded: `author: .id(7)`.
    public static func id(_ id: Target.ID) -> One { One(id: id) }

    /// The row, if it is loaded.
    public var loaded: Target? {
        if case .loaded(let box) = state { box.row } else { nil }
    }

    /// The row; throws `.relationNotLoaded` when it is not loaded, and `.notFound` when it was gone when it was to be loaded.
    public var value: Target {
        get throws {
            switch state {
            case .loaded(let box): return box.row
            case .unloaded(let relation): throw ORMError.relationNotLoaded(relation.name, of: relation.ownerName)
            case .missing(let relation):
                throw ORMError(
                    .notFound, "the \(Target.self) that \(relation.ownerName).\(relation.name) leads to is gone")
            case .unknown:
                throw ORMError(
                    .relationNotLoaded,
                    "the \(Target.self) is not loaded: fetch it with await, or load the relation with .prefetch")
            }
        }
    }

    /// A member of the row; throws `.relationNotLoaded` when it is not loaded.
    public subscript<Member>(dynamicMember member: KeyPath<Target, Member>) -> Member {
        get throws { try value[keyPath: member] }
    }

    /// The row, fetched unless it is loaded, also when it is deleted softly. Throws `.notFound` when it is gone.
    public func callAsFunction(
        on session: (any Session)? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> Target {
        if let loaded { return loaded }
        return try await Target.get(id, deleted: .included, on: session, file: file, line: line)
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
