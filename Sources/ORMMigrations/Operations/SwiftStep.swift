public import ORM

/// A step of a migration that is Swift. It reads and writes rows by SQL of its own, not by models: those know the newest schema only.
///
/// ```swift
/// .run("slugs of old posts", up: { session in
///     let posts = try await Rows<Int, String>.raw("SELECT id, title FROM posts WHERE slug = ''").all(on: session)
///     for (id, title) in posts {
///         try await SQLText("UPDATE posts SET slug = \(slug(title)) WHERE id = \(id)").execute(on: session)
///     }
/// }, down: { _ in })
/// ```
/// A program cannot see whether a closure has changed, so that a migration's checksum covers its name and version: raise the version
/// when the step comes to do something else.
public struct SwiftStep: Sendable {
    /// What the step does. The session is the migration's own transaction, where the engine has transactions that hold
    /// definitions (SQLite, PostgreSQL); else a transaction for this step alone.
    public typealias Body = @Sendable (_ session: any Session) async throws -> Void

    /// What the step is called in messages.
    public let name: String
    /// Which of its versions this is.
    public let version: Int
    /// What it does.
    public let up: Body
    /// What undoes it; `nil` = it cannot be undone.
    public let down: Body?

    /// A step that runs `up`, and `down` on the way back.
    public init(_ name: String, version: Int = 1, up: @escaping Body, down: Body? = nil) {
        self.name = name
        self.version = version
        self.up = up
        self.down = down
    }
}
