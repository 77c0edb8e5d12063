import BlogModels
package import ORM

/// A user to add. Nothing but the username is needed.
///
/// ```swift
/// let ada = try await NewUser(username: "ada", email: "ada@example.org").add(on: database)
/// ```
package struct NewUser: Sendable {
    package var username: String
    package var email: String?
    package var fullName: String?
    package var bio: String?
    package var url: String?
    package var isAdmin = false
    package var password: PasswordHash?

    package init(username: String) { self.username = username }

    /// Adds the user. Throws `.invalid` or `.taken` with the field's name, and then adds nothing.
    @discardableResult
    package func add(on database: Database) async throws -> UserDetail {
        let username = try UserFields.username(username)
        let email = try self.email.flatMap(UserFields.email)
        let fullName = try self.fullName.flatMap(UserFields.fullName)
        let url = try self.url.flatMap(UserFields.url)
        return try await namingFields {
            try await database.transaction { transaction in
                let user = try await User.create(
                    username: username, email: email, passwordHash: password?.text, fullName: fullName, bio: bio,
                    url: url, isAdmin: isAdmin)
                return try await UserDetail.of(user, on: transaction)
            }
        }
    }
}

/// What to change of a user; what is `nil` stays as it is, and empty text clears a field that may be empty.
///
/// Fields that a file has too are marked, so that import leaves them alone.
package struct UserEdit: Sendable {
    package var username: String?
    package var email: String?
    package var fullName: String?
    package var bio: String?
    package var url: String?
    package var isAdmin: Bool?
    package var isActive: Bool?
    package var password: PasswordHash?

    package init() {}

    /// Whether it changes nothing.
    package var isEmpty: Bool {
        username == nil && email == nil && fullName == nil && bio == nil && url == nil && isAdmin == nil
            && isActive == nil && password == nil
    }

    /// Changes the user, all fields or none. Throws `.missing`, `.invalid` or `.taken`.
    @discardableResult
    package func apply(to name: String, on database: Database) async throws -> UserDetail {
        let username = try self.username.map(UserFields.username)
        let email = try self.email.map(UserFields.email)
        let fullName = try self.fullName.map(UserFields.fullName)
        let url = try self.url.map(UserFields.url)
        let edit = self
        return try await namingFields {
            try await database.transaction { transaction in
                let old = try await Lookup.user(name, on: transaction)
                var user = old
                user.set(\.username, username)
                user.set(\.email, email)
                user.set(\.fullName, fullName)
                user.set(\.bio, edit.bio.map { $0.isEmpty ? nil : $0 })
                user.set(\.url, url)
                user.set(\.isAdmin, edit.isAdmin)
                user.set(\.isActive, edit.isActive)
                user.set(\.passwordHash, edit.password.map(\.text))
                for (field, before, after) in [
                    ("username", old.username, user.username), ("email", old.email, user.email),
                    ("fullName", old.fullName, user.fullName), ("bio", old.bio, user.bio), ("url", old.url, user.url),
                ] where before != after {
                    try await LocalFields.set(
                        field, of: user.id, .author, from: before, to: after, on: transaction)
                }
                if !user.changedColumns.isEmpty { try await user.save() }
                return try await UserDetail.of(user, on: transaction)
            }
        }
    }
}

extension User {
    /// Sets a column if there is a value and it is another one.
    fileprivate mutating func set<Value: Equatable>(_ column: WritableKeyPath<User, Value>, _ value: Value?) {
        if let value, self[keyPath: column] != value { self[keyPath: column] = value }
    }
}
