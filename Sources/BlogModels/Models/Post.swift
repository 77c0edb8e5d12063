package import FoundationEssentials
package import ORM

/// A post of the blog, as its author wrote it: `content` is Markdown, or HTML where the author's own text is HTML; never
/// HTML made from Markdown.
@Model("posts")
package struct Post {
    @PrimaryKey package var id: Int
    @Column(.max(200)) package var title: String
    @Column(.max(200), .unique) package var slug: String
    @Column(.max(20)) package var format: TextFormat = .markdown
    @Column(.max(500)) package var excerpt: String?
    package var published: Bool = false
    /// The sum of this post's ``HourlyView`` rows.
    package var viewCount: Int = 0
    @ForeignKey(onDelete: .cascade) package var author: One<User>
    /// The post's own date; 1970-01-01 for an undated post, whose `publishedAt` is `nil`.
    @Timestamp(.created) package var createdAt: Date
    /// The date the author gives as the last change; equal to `createdAt` when none is given.
    @Timestamp(.updated) package var updatedAt: Date
    /// The instant from which readers see the post; `nil` with `published` = published but undated.
    package var publishedAt: Date?
    /// The instant from which readers see it no more.
    package var expiresAt: Date?
    /// The post's own path (`url:`/`permalink:` in its front matter) in place of the site's permalink pattern.
    @Column(.max(500)) package var path: String?
    @Column(.max(35)) package var language: String?
    @Column(.max(2000)) package var image: String?
    @Column(.max(100)) package var layout: String?
    package var weight: Int = 0
    package var revision: Int = 0
    /// Front matter that has no column of its own: a JSON object with sorted keys.
    package var extra: String?
    /// Last, because a database reads through a long text to what stands behind it.
    package var content: String

    @HasMany(\Comment.post) package var comments: Many<Comment>
    @HasMany(\HourlyView.post) package var views: Many<HourlyView>
    @HasMany(\PostTag.post) package var postTags: Many<PostTag>
    @ManyToMany(through: PostTag.self, \.post, \.tag) package var tags: Many<Tag>
    @ManyToMany(through: PostAuthor.self, \.post, \.author) package var coAuthors: Many<User>

    // The indexes begin with what is searched and sorted by; the rest lets statistics count visible posts and their views without
    // reading a row, with its whole text.
    package static var options: Options<Post> {
        .init(
            order: [.desc(\.createdAt), .desc(\.id)],
            indexes: [
                .on(\.author, \.createdAt, \.published, \.publishedAt, \.expiresAt, \.viewCount)
                    .named("posts_author_id_statistics_index"),
                .on(\.published, \.createdAt, \.publishedAt, \.expiresAt, \.viewCount)
                    .named("posts_published_statistics_index"),
            ])
    }
}
