import BlogConfiguration
package import BlogModels
package import ORM

/// Finds the row that a person means by what they type.
///
/// A slug or a username wins over a number: `blog post show 2026` is the post with the slug `2026`, if there is one, else the
/// post with that id.
package enum Lookup {
    /// A post by its slug or id. Throws `.missing`, with the nearest slug if one is near.
    package static func post(_ name: String, on session: any Session) async throws -> Post {
        if let post = try await Post.filter({ $0.slug == name }).first(on: session) { return post }
        if let id = Int(name), let post = try await Post.find(id, on: session) { return post }
        let slugs = try await Post.select { $0.slug }.all(on: session)
        throw missing("post", name, slugs)
    }

    /// A user by username or id. Throws `.missing`, with the nearest username if one is near.
    package static func user(_ name: String, on session: any Session) async throws -> User {
        if let user = try await User.filter({ $0.username == name }).first(on: session) { return user }
        if let id = Int(name), let user = try await User.find(id, on: session) { return user }
        let names = try await User.select { $0.username }.all(on: session)
        throw missing("user", name, names)
    }

    /// A tag by its slug or its name.
    package static func tag(_ name: String, on session: any Session) async throws -> Tag {
        if let tag = try await Tag.filter({ $0.slug == name || $0.name == name }).order({ $0.id.asc }).first(
            on: session)
        {
            return tag
        }
        let slugs = try await Tag.select { $0.slug }.all(on: session)
        throw missing("tag", name, slugs)
    }

    /// Comments by their ids, in the order given, each once. Throws `.missing` for the first that is not there.
    package static func comments(_ ids: [Int], on session: any Session) async throws -> [Comment] {
        let found = try await Comment.inBulk(ids, on: session)
        var comments: [Comment] = []
        for id in ids where !comments.contains(where: { $0.id == id }) {
            guard let comment = found[id] else { throw OperationError(.missing, "there is no comment \(id)") }
            comments.append(comment)
        }
        return comments
    }

    private static func missing(_ kind: String, _ name: String, _ known: [String]) -> OperationError {
        OperationError(
            .missing, field: kind, "there is no \(kind) “\(name.printable)”",
            suggestion: nearest(to: name, among: known))
    }
}
