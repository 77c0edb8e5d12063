import FoundationEssentials
import ORM

@Model("users")
struct User {
    @PrimaryKey var id: Int
    @Column(.max(50)) var username: String
    @Column(.max(100)) var email: String
}

@Model("posts")
struct Post {
    @PrimaryKey var id: Int
    @Column(.max(200)) var title: String
    @Column(.max(200)) var slug: String
    var content: String
    var published: Bool
    var viewCount: Int
    var publishedAt: Date?
    var createdAt: Date
    @HasMany(\Comment.post) var comments: Many<Comment>
    @ManyToMany(through: PostTag.self, \.post, \.tag) var tags: Many<Tag>
}

@Model("comments")
struct Comment {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .cascade) var author: One<User>
    var content: String
    var createdAt: Date
}

@Model("tags")
struct Tag {
    @PrimaryKey var id: Int
    @Column(.max(50)) var name: String
}

@Model("post_tags")
struct PostTag {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .cascade) var tag: One<Tag>

    static var options: Options<PostTag> { .init(indexes: [.unique(\.post, \.tag)]) }
}
