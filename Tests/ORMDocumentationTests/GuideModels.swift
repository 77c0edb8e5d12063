// doc: models
import FoundationEssentials
import ORM

@Model("users")
struct User {
    @PrimaryKey var id: Int
    @Column(.max(50), .unique) var username: String
    @Column(.max(100), .unique, .validate(.email)) var email: String
    var fullName: String?
    var isActive: Bool = true
    @Timestamp(.created) var createdAt: Date
    @Timestamp(.updated) var updatedAt: Date
    @HasMany(\Post.author) var posts: Many<Post>
    @HasMany(\Comment.author) var comments: Many<Comment>
    @HasOne(\Profile.user) var profile: Maybe<Profile>
}

@Model("posts")
struct Post {
    @PrimaryKey var id: Int
    @Column(.max(200)) var title: String
    @Column(.max(200), .unique) var slug: String
    var content: String = ""
    var published: Bool = false
    var viewCount: Int = 0
    @ForeignKey(onDelete: .cascade) var author: One<User>
    @Timestamp(.created) var createdAt: Date
    @Timestamp(.updated) var updatedAt: Date
    @HasMany(\Comment.post) var comments: Many<Comment>
    @ManyToMany(through: PostTag.self, \.post, \.tag) var tags: Many<Tag>

    static var options: Options<Post> {
        .init(
            order: [.desc(\.createdAt), .desc(\.id)],
            indexes: [.on(\.author, \.createdAt), .on(\.createdAt).where { $0.published }],
            checks: [.check("view_count") { $0.viewCount >= 0 }])
    }
}

@Model("comments")
struct Comment {
    @PrimaryKey var id: Int
    var content: String
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .setNull) var author: One<User>?
    @ForeignKey(onDelete: .cascade) var parent: One<Comment>?
    @SoftDelete var deletedAt: Date?
    @HasMany(\Comment.parent) var replies: Many<Comment>
}

@Model("tags")
struct Tag {
    @PrimaryKey var id: Int
    @Column(.max(50), .unique) var name: String
    @ManyToMany(through: PostTag.self, \.tag, \.post) var posts: Many<Post>
}

@Model("post_tags")
struct PostTag {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var post: One<Post>
    @ForeignKey(onDelete: .cascade) var tag: One<Tag>
    var position: Int = 0

    static var options: Options<PostTag> { .init(indexes: [.unique(\.post, \.tag)]) }
}

@Model("profiles")
struct Profile {
    @PrimaryKey var id: Int
    var city: String
    @OneToOne(onDelete: .cascade) var user: One<User>
}
// end

// doc: types
enum Priority: Int, ColumnEnum { case low = 1, high = 2 }

struct Settings: ColumnJSON {
    var theme = "light"
}

@Model("invoices")
struct Invoice {
    @PrimaryKey var id: UUID
    @Column(.decimal(12, 2)) var total: Decimal
    var due: CalendarDate
    var sent: TimeOfDay?
    var took: Duration = Duration.zero
    var priority: Priority = Priority.low
    var settings: Settings = Settings()
    var labels: JSON<[String]> = JSON([])
    var scan: Data?
    @Column(.name("serial_no"), .comment("as printed"), .databaseDefault(.sql("hex(randomblob(4))"))) var serial: String
}
// end

let models: [any Model.Type] = [
    User.self, Post.self, Comment.self, Tag.self, PostTag.self, Profile.self, Invoice.self,
]
