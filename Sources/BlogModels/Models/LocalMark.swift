package import ORM

/// A field that a command has set: import leaves it alone until the file's own value for it changes.
@Model("local_marks")
package struct LocalMark {
    @PrimaryKey package var id: Int
    @Column(.max(20)) package var kind: ImportedKind
    package var rowID: Int
    /// The column's name in Swift: `published`, `tags`.
    @Column(.max(50)) package var field: String
    /// The file's value when the command overrode it, as text.
    package var fileValue: String?

    package static var options: Options<LocalMark> { .init(indexes: [.unique(\.kind, \.rowID, \.field)]) }
}
