import BlogModels
package import FoundationEssentials
package import ORM

/// Publishes a post, or takes it back.
package struct PostPublishing: Sendable {
    /// What became of it.
    package struct Outcome: Sendable, Hashable {
        package var post: PostLine
        /// Whether anything was changed: publishing twice is publishing once.
        package var hasChanged: Bool
    }

    /// Whether readers shall see the post.
    package let isPublished: Bool

    package static let publish = PostPublishing(isPublished: true)
    package static let unpublish = PostPublishing(isPublished: false)

    private init(isPublished: Bool) { self.isPublished = isPublished }

    /// Does it in one transaction. A post that has no date yet gets `now` as the instant of its publication, once: it keeps that
    /// when it is unpublished and published again. The author's own date of the last change stays.
    @discardableResult
    package func apply(to name: String, now: Date, on database: Database) async throws -> Outcome {
        let published = isPublished
        return try await database.transaction { transaction in
            var post = try await Lookup.post(name, on: transaction)
            let (id, old) = (post.id, post)
            if post.published != published { post.published = published }
            if published, post.publishedAt == nil { post.publishedAt = now.wholeSecond }
            let hasChanged = !post.changedColumns.isEmpty
            if hasChanged {
                try await LocalFields.set(
                    "published", of: id, .post, from: FieldText.text(old.published), to: FieldText.text(published),
                    on: transaction)
                if post.publishedAt != old.publishedAt {
                    try await LocalFields.set(
                        "publishedAt", of: id, .post, from: FieldText.text(old.publishedAt),
                        to: FieldText.text(post.publishedAt), on: transaction)
                }
                post.keepDateOfChange()
                try await post.save()
            }
            return Outcome(post: try await PostLine.of(id, on: transaction), hasChanged: hasChanged)
        }
    }
}

extension Date {
    /// The second that the instant lies in. Rounded to what a column holds, "now" may be a moment to come, and a post of then is
    /// one that is scheduled. Counted from 2001, as dates are kept: seconds since 1970 have fewer digits behind the point.
    fileprivate var wholeSecond: Date {
        Date(timeIntervalSinceReferenceDate: timeIntervalSinceReferenceDate.rounded(.down))
    }
}

extension Post {
    /// Says that saving does not change `updatedAt`: it is the author's date of the last change, and a command that does not
    /// touch the text is none.
    mutating func keepDateOfChange() {
        let unmoved = updatedAt
        updatedAt = unmoved
    }
}

extension PostLine {
    /// One post.
    static func of(_ id: Int, on session: any Session) async throws -> PostLine {
        let lines = try await select(Post.filter { $0.id == id }).all(on: session)
        guard let line = try await tagged(lines, on: session).first else {
            throw OperationError(.missing, field: "post", "there is no post \(id)")
        }
        return line
    }
}
