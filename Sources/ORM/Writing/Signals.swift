/// What is to happen when rows of a model are written one by one: by `create`, `insert`, `save`, `delete` of rows. Statements over
/// whole queries (`Query/update`, `Query/delete`, raw SQL) send no signals, because they load no rows.
///
/// ```swift
/// var signals = Signals()
/// signals.willInsert(Post.self) { post in if post.slug.isEmpty { post.slug = slug(of: post.title) } }
/// signals.didDelete(Post.self) { post in try await Audit.create(text: "post \(post.id) deleted") }
/// let db = try await Database.open(SQLiteDriver(path: "blog.sqlite3"), signals: signals)
/// ```
/// An insert with a conflict rule sends `willInsert` for each row that is given, and `didInsert` for each row that comes back, whether it
/// was inserted or changed.
///
/// Handlers run in the order they were added, in the transaction of the write (which is begun for them): what they write
/// stands or falls with it, and an error that they throw undoes it and comes out of the verb.
public struct Signals: Sendable {
    private var handlers: [ObjectIdentifier: any Sendable] = [:]

    /// No handlers.
    public init() {}

    /// Before a row is inserted; the handler may change it. Validators come after.
    public mutating func willInsert<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (inout Row.New) async throws -> Void
    ) { change(model) { $0.willInsertHandlers.append(handler) } }

    /// After a row was inserted.
    public mutating func didInsert<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (Row) async throws -> Void
    ) { change(model) { $0.didInsertHandlers.append(handler) } }

    /// Before the changes of a row are saved; the handler may change more.
    public mutating func willUpdate<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (inout Row) async throws -> Void
    ) { change(model) { $0.willUpdateHandlers.append(handler) } }

    /// After the changes of a row were saved.
    public mutating func didUpdate<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (Row) async throws -> Void
    ) { change(model) { $0.didUpdateHandlers.append(handler) } }

    /// Before a row is deleted, softly or for good.
    public mutating func willDelete<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (Row) async throws -> Void
    ) { change(model) { $0.willDeleteHandlers.append(handler) } }

    /// After a row was deleted, softly or for good.
    public mutating func didDelete<Row: Model>(
        _ model: Row.Type, _ handler: @escaping @Sendable (Row) async throws -> Void
    ) { change(model) { $0.didDeleteHandlers.append(handler) } }

    /// What is to happen with rows of this model, if anything is.
    func handlers<Row: Model>(of model: Row.Type) -> SignalHandlers<Row>? {
        handlers.isEmpty ? nil : handlers[ObjectIdentifier(model)] as? SignalHandlers<Row>
    }

    private mutating func change<Row: Model>(_ model: Row.Type, _ add: (inout SignalHandlers<Row>) -> Void) {
        var found = handlers(of: model) ?? SignalHandlers<Row>()
        add(&found)
        handlers[ObjectIdentifier(model)] = found
    }
}

/// The handlers of one model.
struct SignalHandlers<Row: Model>: Sendable {
    fileprivate var willInsertHandlers: [@Sendable (inout Row.New) async throws -> Void] = []
    fileprivate var didInsertHandlers: [@Sendable (Row) async throws -> Void] = []
    fileprivate var willUpdateHandlers: [@Sendable (inout Row) async throws -> Void] = []
    fileprivate var didUpdateHandlers: [@Sendable (Row) async throws -> Void] = []
    fileprivate var willDeleteHandlers: [@Sendable (Row) async throws -> Void] = []
    fileprivate var didDeleteHandlers: [@Sendable (Row) async throws -> Void] = []

    var seesInserts: Bool { !willInsertHandlers.isEmpty || !didInsertHandlers.isEmpty }
    var seesUpdates: Bool { !willUpdateHandlers.isEmpty || !didUpdateHandlers.isEmpty }
    var seesDeletions: Bool { !willDeleteHandlers.isEmpty || !didDeleteHandlers.isEmpty }

    func willInsert(_ row: inout Row.New) async throws { for handler in willInsertHandlers { try await handler(&row) } }
    func didInsert(_ row: Row) async throws { for handler in didInsertHandlers { try await handler(row) } }
    func willUpdate(_ row: inout Row) async throws { for handler in willUpdateHandlers { try await handler(&row) } }
    func didUpdate(_ row: Row) async throws { for handler in didUpdateHandlers { try await handler(row) } }
    func willDelete(_ row: Row) async throws { for handler in willDeleteHandlers { try await handler(row) } }
    func didDelete(_ row: Row) async throws { for handler in didDeleteHandlers { try await handler(row) } }
}
