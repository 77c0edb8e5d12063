package import FoundationEssentials
package import ORM

@Model("users")
package struct User {
    @PrimaryKey package var id: Int
    @Column(.max(50), .unique) package var username: String
    package var fullName: String?
    package var isActive: Bool = true
    @Timestamp(.created) package var createdAt: Date
    @Timestamp(.updated) package var updatedAt: Date
    @HasMany(\Post.author) package var posts: Many<Post>
    @HasMany(\Comment.author) package var comments: Many<Comment>

    package static var options: Options<User> { .init(order: [.asc(\.id)]) }
}

@Model("posts")
package struct Post {
    @PrimaryKey package var id: Int
    @Column(.max(20)) package var title: String
    package var published = false
    package var viewCount: Int = 0
    package var rating: Double?
    @ForeignKey(onDelete: .cascade) package var author: One<User>
    @Timestamp(.created) package var createdAt: Date
    @HasMany(\Comment.post) package var comments: Many<Comment>
    @ManyToMany(through: PostTag.self, \.post, \.tag) package var tags: Many<Tag>

    package static var options: Options<Post> {
        .init(order: [.asc(\.id)], indexes: [.on(\.author, \.createdAt), .on(\.published, \.createdAt)])
    }
}

@Model("comments")
package struct Comment {
    @PrimaryKey package var id: Int
    package var content: String
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .setNull) package var author: One<User>?
    @ForeignKey(onDelete: .cascade) package var parent: One<Comment>?
    @HasMany(\Comment.parent) package var replies: Many<Comment>
}

@Model("tags")
package struct Tag {
    @PrimaryKey package var id: Int
    @Column(.unique) package var name: String
    @ManyToMany(through: PostTag.self, \.tag, \.post) package var posts: Many<Post>
}

@Model("post_tags")
package struct PostTag {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .cascade) package var tag: One<Tag>

    package static var options: Options<PostTag> { .init(indexes: [.unique(\.post, \.tag)]) }
}

@Model("sessions")
package struct LoginSession {
    @PrimaryKey package var id: UUID
    package var token: [UInt8]
    @Column(.indexed) package var userAgentURL: String = "it's"
}

package let guideModels: [any Model.Type] = [
    User.self, Post.self, Comment.self, Tag.self, PostTag.self, LoginSession.self,
]
