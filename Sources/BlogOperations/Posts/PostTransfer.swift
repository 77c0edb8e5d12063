import BlogModels
package import ORM

/// Gives posts, with their tags, comments and views, to another author: all of them or none.
package struct PostTransfer: Sendable {
    /// What an author has, before and after.
    package struct Balance: Sendable, Hashable {
        package var username: String
        package var postsBefore: Int
        package var postsAfter: Int
        package var viewsBefore: Int
        package var viewsAfter: Int
    }

    package struct Outcome: Sendable, Hashable {
        package var posts: [PostLine]
        /// How many of them had another author.
        package var changed: Int
        /// The authors that lost posts by username, last the one who got them.
        package var balances: [Balance]
    }

    /// Slugs or ids.
    package let posts: [String]
    /// The username or id of the author to be.
    package let author: String

    package init(_ posts: [String], to author: String) {
        self.posts = posts
        self.author = author
    }

    /// Does it in one transaction. Throws `.missing` for a post or an author that is not there, `.conflict` for an author who is
    /// deactivated; then nothing has changed. Whoever was a co-author and is now the author is a co-author no more.
    @discardableResult
    package func apply(on database: Database) async throws -> Outcome {
        let (names, author) = (posts, author)
        return try await database.transaction { transaction in
            let receiver = try await Lookup.user(author, on: transaction)
            guard receiver.isActive else {
                throw OperationError(.conflict, field: "to", "the user \(receiver.username) is deactivated")
            }
            var rows: [Post] = []
            for name in names {
                let post = try await Lookup.post(name, on: transaction)
                if !rows.contains(where: { $0.id == post.id }) { rows.append(post) }
            }
            let moving = rows.filter { $0.author.id != receiver.id }
            let users = Set(moving.map(\.author.id)).sorted() + [receiver.id]
            let before = try await counts(of: users)
            for var post in moving {
                let (id, giver) = (post.id, post.author.id)
                try await LocalFields.set(
                    "author", of: id, .post, from: String(giver), to: String(receiver.id), on: transaction)
                post.author = .init(receiver)
                post.keepDateOfChange()
                try await post.save()
                try await PostAuthor.filter { $0.post.id == id && $0.author.id == receiver.id }.delete()
            }
            let after = try await counts(of: users)
            var lines: [PostLine] = []
            for row in rows { lines.append(try await PostLine.of(row.id, on: transaction)) }
            return Outcome(
                posts: lines, changed: moving.count,
                balances: zip(before, after).map { old, new in
                    Balance(
                        username: old.username, postsBefore: old.posts, postsAfter: new.posts, viewsBefore: old.views,
                        viewsAfter: new.views)
                })
        }
    }

    /// What each of these users has, in their order.
    private func counts(of users: [Int]) async throws -> [(username: String, posts: Int, views: Int)] {
        let rows = try await User.filter { $0.id.isIn(users) }
            .select { ($0.id, $0.username, $0.posts.count, $0.posts.sum { $0.viewCount }.or(0)) }.all()
        return users.compactMap { id in
            rows.first { $0.0 == id }.map { (username: $0.1, posts: $0.2, views: $0.3) }
        }
    }
}
