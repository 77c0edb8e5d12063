package import ORM

/// A tag: its name as the first post spelled it, its slug as the URL has it.
@Model("tags")
package struct Tag {
    @PrimaryKey package var id: Int
    @Column(.max(50), .unique) package var name: String
    @Column(.max(50), .unique) package var slug: String
    package var revision: Int = 0

    @ManyToMany(through: PostTag.self, \.tag, \.post) package var posts: Many<Post>

    package static var options: Options<Tag> { .init(order: [.asc(\.name), .asc(\.id)]) }
}

/// One tag of one post; `position` keeps the order of the post's own list.
@Model("post_tags")
package struct PostTag {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .cascade) package var tag: One<Tag>
    package var position: Int = 0

    package static var options: Options<PostTag> {
        .init(order: [.asc(\.position), .asc(\.id)], indexes: [.unique(\.post, \.tag)])
    }
}

/// The second and later authors of a post; `position` starts at 1.
@Model("post_authors")
package struct PostAuthor {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var post: One<Post>
    @ForeignKey(onDelete: .cascade) package var author: One<User>
    package var position: Int = 1

    package static var options: Options<PostAuthor> {
        .init(order: [.asc(\.position), .asc(\.id)], indexes: [.unique(\.post, \.author)])
    }
}
