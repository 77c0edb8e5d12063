package import ORM

/// What a file of a source became.
package enum ImportedKind: String, ColumnEnum {
    case post, page, author, comment, aliases
}

/// A file that import has read, and the row that came of it. It answers "is this the same post?" when files are edited,
/// moved or deleted. What only speeds up a scan (size, times, inode) is not here but in `.blog/`, so that importing
/// unchanged input changes no row.
@Model("imported_files")
package struct ImportedFile {
    @PrimaryKey package var id: Int
    /// The source as blog.yml names it: `markdown:content`.
    @Column(.max(250)) package var source: String
    /// Relative to the source, with `/`. MySQL's indexes take 768 characters, which source and path share.
    @Column(.max(510)) package var path: String
    @Column(.max(20)) package var kind: ImportedKind
    /// SHA-256 of the file's bytes, in hexadecimal.
    @Column(.max(64)) package var digest: String
    /// SHA-256 of the body alone, by which a renamed file is recognised.
    @Column(.max(64), .indexed) package var bodyDigest: String?
    /// The row in the kind's table; `nil` when the file made none.
    package var rowID: Int?
    /// `false` once the file is gone.
    package var isPresent: Bool = true

    package static var options: Options<ImportedFile> {
        .init(order: [.asc(\.source), .asc(\.path)], indexes: [.unique(\.source, \.path), .on(\.kind, \.rowID)])
    }
}
