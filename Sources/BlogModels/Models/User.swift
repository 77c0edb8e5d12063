package import FoundationEssentials
package import ORM

/// A person of the blog: an author or an administrator.
///
/// Authors that come from front matter have neither e-mail address nor password until someone sets them; guests who
/// comment are no users at all (see ``Comment``).
@Model("users")
package struct User {
    @PrimaryKey package var id: Int
    @Column(.max(50), .unique) package var username: String
    /// Private: never leaves the database unless `api.include_email` says so.
    @Column(.max(100), .unique) package var email: String?
    /// Private: what crypt(3) made of the password; `nil` = this user cannot sign in anywhere.
    @Column(.max(255)) package var passwordHash: String?
    @Column(.max(100)) package var fullName: String?
    package var bio: String?
    @Column(.max(2000)) package var url: String?
    package var isActive: Bool = true
    package var isAdmin: Bool = false
    @Timestamp(.created) package var createdAt: Date
    @Timestamp(.updated) package var updatedAt: Date
    /// Which change of the database touched this row last; kept by triggers, see ``BlogSchema``.
    package var revision: Int = 0

    @HasMany(\Post.author) package var posts: Many<Post>
    @HasMany(\Comment.author) package var comments: Many<Comment>
    /// Posts that name this user second or later.
    @ManyToMany(through: PostAuthor.self, \.author, \.post) package var coAuthored: Many<Post>

    package static var options: Options<User> { .init(order: [.asc(\.id)]) }
}
