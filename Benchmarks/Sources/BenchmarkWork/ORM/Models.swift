package import FoundationEssentials
package import ORM

@Model("users")
package struct User {
    @PrimaryKey package var id: Int
    @Column(.max(50)) package var username: String
    @Column(.max(100)) package var email: String
}

@Model("posts")
package struct Post {
    @PrimaryKey package var id: Int
    @Column(.max(200)) package var title: String
    @Column(.max(200)) package var slug: String
    package var content: String
    package var published: Bool
    package var viewCount: Int
    package var publishedAt: Date?
    package var createdAt: Date
    @HasMany(\Comment.post) package var comments: Many<Comment>
    @ManyToMany(through: PostTag.self, \.post, \.tag) package var tags: Many<Tag>
}

@Model("comments")
package struct Comment {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .cascade) package var author: One<User>
    package var content: String
    package var createdAt: Date
}

@Model("tags")
package struct Tag {
    @PrimaryKey package var id: Int
    @Column(.max(50)) package var name: String
}

@Model("post_tags")
package struct PostTag {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .cascade) package var tag: One<Tag>

    package static var options: Options<PostTag> { .init(indexes: [.unique(\.post, \.tag)]) }
}
