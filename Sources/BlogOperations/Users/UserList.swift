import BlogModels
import FoundationEssentials
package import ORM

/// A user in a list.
package struct UserLine: Sendable, Hashable {
    package var id: Int
    package var username: String
    /// Private: for whoever runs the command.
    package var email: String?
    package var fullName: String?
    package var isActive: Bool
    package var isAdmin: Bool
    /// Posts of any state whose first author this is.
    package var postCount: Int
}

/// Which users to list.
///
/// ```swift
/// let page = try await UserList(search: "ada", limit: 20).page(on: database)
/// print(page.items.map(\.username), page.total, page.hasNext)
/// ```
package struct UserList: Sendable {
    /// A part of the username, the full name or the e-mail address, in upper or lower case.
    package var search: String?
    /// Deactivated users too.
    package var includesInactive = false
    package var limit = 20
    package var offset = 0

    package init(search: String? = nil, includesInactive: Bool = false, limit: Int = 20, offset: Int = 0) {
        self.search = search
        self.includesInactive = includesInactive
        self.limit = limit
        self.offset = offset
    }

    /// The users by id, with their number in all. Two statements.
    package func page(on session: any Session) async throws -> ORM.Page<UserLine> {
        var users = User.order { $0.id.asc }
        if !includesInactive { users = users.filter { $0.isActive } }
        if let search, !search.isEmpty {
            users = users.filter {
                $0.username.icontains(search) || $0.fullName.icontains(search) || $0.email.icontains(search)
            }
        }
        return try await users.select(into: UserLine.init) {
            ($0.id, $0.username, $0.email, $0.fullName, $0.isActive, $0.isAdmin, $0.posts.count)
        }.page(limit: limit, offset: offset, on: session)
    }
}
