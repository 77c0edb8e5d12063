import FoundationEssentials
import ORM

@Model("users")
struct User {
    @PrimaryKey var id: Int
    @Column(.max(50), .unique) var username: String
    var fullName: String?
    var isActive: Bool = true
    @Timestamp(.created) var createdAt: Date
    @Timestamp(.updated) var updatedAt: Date
    @HasMany(\Post.author) var posts: Many<Post>
    @HasMany(\Comment.author) var comments: Many<Comment>

    static var options: Options<User> { .init(order: [.asc(\.id)]) }
}

@Model("posts")
struct Post {
    @PrimaryKey var id: Int
    @Column(.max(20)) var title: String
    var published = false
    var viewCount: Int = 0
    var rating: Double?
    @ForeignKey(onDelete: .cascade) var author: One<User>
    @Timestamp(.created) var createdAt: Date
    @HasMany(\Comment.post) var comments: Many<Comment>
    @ManyToMany(through: PostTag.self, \.post, \.tag) var tags: Many<Tag>

    static var options: Options<Post> {
        .init(order: [.asc(\.id)], indexes: [.on(\.author, \.createdAt), .on(\.published, \.createdAt)])
    }
}

@Model("comments")
struct Comment {
    @PrimaryKey var id: Int
    var content: String
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .setNull) var author: One<User>?
    @ForeignKey(onDelete: .cascade) var parent: One<Comment>?
    @HasMany(\Comment.parent) var replies: Many<Comment>
}

@Model("tags")
struct Tag {
    @PrimaryKey var id: Int
    @Column(.unique) var name: String
    @ManyToMany(through: PostTag.self, \.tag, \.post) var posts: Many<Post>
}

@Model("post_tags")
struct PostTag {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .cascade) var tag: One<Tag>

    static var options: Options<PostTag> { .init(indexes: [.unique(\.post, \.tag)]) }
}

@Model("sessions")
struct LoginSession {
    @PrimaryKey var id: UUID
    var token: [UInt8]
    @Column(.indexed) var userAgentURL: String = "it's"
}

let guideModels: [any Model.Type] = [User.self, Post.self, Comment.self, Tag.self, PostTag.self, LoginSession.self]
