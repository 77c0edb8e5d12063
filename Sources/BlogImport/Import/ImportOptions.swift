package import BlogConfiguration

/// What `blog import` was asked to do.
package struct ImportOptions: Sendable, Hashable {
    /// Files or folders to import instead of all sources; absolute, or relative to the site's root.
    package var paths: [String] = []
    /// What the paths are made of, where no source of blog.yml has them.
    package var kind: SourceKind?
    /// Report what would happen, change nothing.
    package var isDryRun = false
    /// Refuse what is otherwise mended with a warning: unknown authors, titles and excerpts that are too long.
    package var isStrict = false
    /// Delete posts, pages and comments whose files are gone, rather than unpublish them.
    package var prunes = false
    /// Read every file, changed or not.
    package var readsAll = false

    package init() {}
}

/// How far an import is; for a progress bar.
package struct ImportProgress: Sendable, Hashable {
    /// The source's name: `markdown:content`.
    package var source: String
    /// Files or bytes read so far.
    package var done: Int
    /// Files or bytes to read.
    package var total: Int
    package var unit = Unit.files

    package enum Unit: Sendable, Hashable {
        case files, bytes
    }
}
