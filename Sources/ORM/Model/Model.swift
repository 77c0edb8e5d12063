/// A table's row as a Swift struct. Declare models with the ``Model(_:)`` macro, which writes everything this protocol asks.
///
/// ```swift
/// @Model("tags")
/// struct Tag {
///     @PrimaryKey var id: Int
///     @Column(.max(50), .unique) var name: String
///     @ManyToMany(through: PostTag.self, \.tag, \.post) var posts: Many<Post>
/// }
/// let tag = try await Tag.create(name: "swift")
/// let popular = try await Tag.filter { $0.posts.count > 3 }.order { $0.name.asc }.all()
/// ```
/// A value of a model is a stored row, so its id is not optional; a row that is not stored yet is a ``New``.
public protocol Model: Sendable, Identifiable where ID: ColumnValue {
    /// The table's columns and relations, typed.
    associatedtype Columns: Sendable
    /// A row that is not stored yet.
    associatedtype New: NewRow where New.Row == Self
    /// The one value of ``Columns``.
    static var columns: Columns { get }
    /// The table as the database has it.
    static var schema: TableSchema { get }
    /// Default order and indexes over several columns; declare `static var options` in the model to change it.
    static var options: Options<Self> { get }
    /// Reads a row's columns, in the order of the schema, from the given position on.
    init(row: borrowing some ResultRow, at start: Int) throws
    /// Reads a row as `init(row:at:)` does, into the end of a list.
    static func read(_ row: borrowing some ResultRow, at start: Int, into rows: inout [Self]) throws
    /// Reads a column that holds an id of this model into the end of a list.
    static func readID(_ row: borrowing some ResultRow, at index: Int, into ids: inout [ID]) throws
    /// Which columns were set since the row was read or saved, as a bit for each column.
    var changedColumns: ColumnSet { get set }
    /// A column's value, by its position in the schema.
    func value(ofColumn index: Int) -> SQLValue
    /// Sets one of the timestamps that the library keeps, by its position in the schema.
    mutating func setTimestamp(_ instant: Timestamp, ofColumn index: Int)
}

extension Model {
    /// No default order, no indexes beyond those of the columns.
    public static var options: Options<Self> { Options() }

    // Inlined into the model's own module, because these are called for every row that is read: that one knows a row's size, this one
    // would ask for it at each step.

    /// Reads a row as `init(row:at:)` does, into the end of a list.
    @inlinable @inline(__always)
    public static func read(_ row: borrowing some ResultRow, at start: Int, into rows: inout [Self]) throws {
        rows.append(try Self(row: row, at: start))
    }

    /// Reads a column that holds an id of this model into the end of a list.
    @inlinable @inline(__always)
    public static func readID(_ row: borrowing some ResultRow, at index: Int, into ids: inout [ID]) throws {
        ids.append(try ID.read(row, at: index))
    }
}

/// A row that is not stored yet: the columns' values, with the id and the timestamps left to the library unless given.
public protocol NewRow: Sendable {
    /// The model this becomes.
    associatedtype Row: Model
    /// Every column's value in the order of the schema, NULL for an id that the engine is to give.
    func values(now: Timestamp) -> [SQLValue]
    /// The stored row, once its id is known; `nil` when the database puts in values of its own, so that the row must be read.
    func stored(id: Row.ID, now: Timestamp) -> Row?
    /// The id, when the caller or the model gives it.
    var givenID: Row.ID? { get }
    /// The columns that an INSERT leaves out, because the database gives them a value.
    var columnsLeftToDatabase: ColumnSet { get }
    /// Shows each row's values and the columns it leaves to the database.
    static func forEachValues(
        of rows: [Self], now: Timestamp, _ body: (_ values: [SQLValue], _ leftOut: ColumnSet) throws -> Void) rethrows
    /// Appends the stored rows. `key` gives the id of the row at an offset from its given one, or `nil` to leave the row out.
    static func store(
        _ rows: ArraySlice<Self>, now: Timestamp, into stored: inout [Row],
        _ key: (_ offset: Int, _ given: Row.ID?) throws -> Row.ID?) rethrows
}

extension NewRow {
    /// None.
    public var columnsLeftToDatabase: ColumnSet { ColumnSet() }

    // Loops over rows belong to the model's own module, which gets them by `@inlinable`: this one does not know how large a row
    // is, and would copy each one for each call, with a reference counted for every text in it.

    /// Shows each row's values and the columns it leaves to the database.
    @inlinable
    public static func forEachValues(
        of rows: [Self], now: Timestamp, _ body: (_ values: [SQLValue], _ leftOut: ColumnSet) throws -> Void
    ) rethrows {
        for row in rows { try body(row.values(now: now), row.columnsLeftToDatabase) }
    }

    /// Appends the stored rows, those for which `key` gives an id.
    @inlinable
    public static func store(
        _ rows: ArraySlice<Self>, now: Timestamp, into stored: inout [Row],
        _ key: (_ offset: Int, _ given: Row.ID?) throws -> Row.ID?
    ) rethrows {
        var offset = 0
        for row in rows {
            if let id = try key(offset, row.givenID), let made = row.stored(id: id, now: now) { stored.append(made) }
            offset += 1
        }
    }
}

/// A set of columns by their positions: one word.
public struct ColumnSet: Sendable, Hashable {
    private(set) var bits: UInt64 = 0

    /// No column.
    public init() {}

    /// Whether no column is in the set.
    public var isEmpty: Bool { bits == 0 }
    /// Adds a column.
    public mutating func insert(_ index: Int) { bits |= 1 << UInt64(index) }
    /// Whether a column is in the set.
    public func contains(_ index: Int) -> Bool { bits & (1 << UInt64(index)) != 0 }
}
