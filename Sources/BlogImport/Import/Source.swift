import BlogConfiguration
import BlogModels
import ORM

/// Something that import reads records from: one source of blog.yml.
protocol Source: Sendable {
    /// The source's name in the database and in `.blog/`: `markdown:content`.
    var name: String { get }

    /// Reads what changed, checks it, and writes it in one transaction of the context's session.
    func run(in context: ImportContext) async throws -> SourceOutcome
}

/// What every source gets.
struct ImportContext: Sendable {
    var site: Site
    /// The database, or the transaction of a dry run.
    var session: any Session
    var options: ImportOptions
    /// Nanoseconds since 1970, taken before the first file was looked at.
    var startedAt: Int
    /// What the last import saw of this source; `nil` = nothing is known.
    var seen: ScanCache.Folder?
    var progress: @Sendable (ImportProgress) -> Void
}

/// What came of one source.
struct SourceOutcome: Sendable {
    var report: ImportReport
    /// What the next import need not read.
    var seen: ScanCache.Folder
}

/// A file as it was read: its bytes are gone, what they said is in `content`.
struct ReadFile<Content: Sendable>: Sendable {
    var path: String
    var stamp: FileStamp
    /// SHA-256 of the bytes.
    var digest: String
    var content: Content
}
