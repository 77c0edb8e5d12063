package import BlogModels
package import ORM

/// A user with counts, and whose each field is.
package struct UserDetail: Sendable {
    package var user: User
    /// Posts of any state whose first author this is.
    package var postCount: Int
    package var publishedCount: Int
    package var totalViews: Int
    package var commentCount: Int
    /// The author's file, relative to the site's folder.
    package var file: String?
    /// Fields that a command has set, see ``LocalFields``.
    package var local: [LocalFields.Owned]

    /// The user that a username or an id names.
    package static func of(_ name: String, on database: Database) async throws -> UserDetail {
        try await database.transaction(.readOnly) { transaction in
            try await of(Lookup.user(name, on: transaction), on: transaction)
        }
    }

    static func of(_ user: User, on session: any Session) async throws -> UserDetail {
        let id = user.id
        let (posts, published, views, comments) = try await User.filter { $0.id == id }.select {
            (
                $0.posts.count, $0.posts.filter { $0.published }.count, $0.posts.sum { $0.viewCount }.or(0),
                $0.comments.filter { $0.status == .approved }.count
            )
        }.get(on: session)
        return UserDetail(
            user: user, postCount: posts, publishedCount: published, totalViews: views, commentCount: comments,
            file: try await LocalFields.file(.author, row: id, on: session),
            local: try await LocalFields.owned(.author, row: id, on: session))
    }
}
