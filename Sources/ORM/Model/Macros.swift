/// Makes a struct a model: typed columns, positional decoding, `New`, `create`, and the schema.
///
/// Stored properties are columns (`createdAt` → `created_at`); `One<T>` is a foreign key (`author` → `author_id`), `Many<T>` and
/// `Maybe<T>` are relations. Property types must be written, except for Bool, Int, Double and String literals as defaults.
///
/// - `was`: the name that the table had before, so that a migration renames it: `@Model("articles", was: "posts")`.
@attached(
    member, names: named(Columns), named(New), named(columns), named(schema), named(init), named(changedColumns),
    named(value), named(setTimestamp), named(create), named(id))
@attached(memberAttribute)
@attached(extension, conformances: Model)
public macro Model(_ table: String, was formerName: String? = nil) =
    #externalMacro(module: "ORMMacros", type: "ModelMacro")

/// Notes that a property was set; ``Model(_:)`` attaches it to every column.
@attached(accessor, names: named(didSet))
public macro TrackedColumn(_ index: Int) = #externalMacro(module: "ORMMacros", type: "TrackedColumnMacro")

/// The primary key: an integer (given by the engine unless you give it), a `UUID` (made at random unless you give it) or a `String`.
///
/// ```swift
/// @PrimaryKey var id: Int
/// @PrimaryKey(.max(2)) var code: String
/// ```
@attached(peer)
public macro PrimaryKey(was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// Rules and properties of a column: `@Column(.max(50), .unique) var username: String`.
///
/// - `was`: the name that the column had before, so that a migration renames it and keeps its values:
///   `@Column(was: "summary") var excerpt: String?`. It may go once all databases are migrated.
@attached(peer)
public macro Column(was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A timestamp that the library keeps: `@Timestamp(.created) var createdAt: Date`. A value you give wins.
@attached(peer)
public macro Timestamp(_ kind: TimestampKind, was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// Makes deletion soft: `@SoftDelete var deletedAt: Date?`. `delete()` then sets the instant, and queries see only rows where it
/// is `nil`, unless they ask for others with ``Query/deleted(_:)``.
@attached(peer)
public macro SoftDelete(was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to one row: `@ForeignKey(onDelete: .cascade) var author: One<User>`. What deleting that row does must be said.
/// The column is indexed.
@attached(peer)
public macro ForeignKey(onDelete: DeleteRule, was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to one row that no other row has: a foreign key whose column is unique. The other side may declare ``HasOne(_:)``.
///
/// ```swift
/// @OneToOne(onDelete: .cascade) var user: One<User>        // in Profile
/// @HasOne(\Profile.user) var profile: Maybe<Profile>       // in User
/// ```
@attached(peer)
public macro OneToOne(onDelete: DeleteRule, was formerName: String? = nil, _ options: ColumnOption...) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to the one row, if there is one, whose unique foreign key points here: `@HasOne(\Profile.user) var profile: Maybe<Profile>`.
@attached(peer)
public macro HasOne<Child: Model, Parent: Model>(_ inverse: KeyPath<Child, One<Parent>>) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to the one row, if there is one, whose unique and optional foreign key points here.
@attached(peer)
public macro HasOne<Child: Model, Parent: Model>(_ inverse: KeyPath<Child, One<Parent>?>) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to the rows whose foreign key points here: `@HasMany(\Post.author) var posts: Many<Post>`.
@attached(peer)
public macro HasMany<Child: Model, Parent: Model>(_ inverse: KeyPath<Child, One<Parent>>) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation to the rows whose optional foreign key points here: `@HasMany(\Comment.parent) var replies: Many<Comment>`.
@attached(peer)
public macro HasMany<Child: Model, Parent: Model>(_ inverse: KeyPath<Child, One<Parent>?>) =
    #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")

/// A relation through a pivot model that holds both keys, this side's first:
/// `@ManyToMany(through: PostTag.self, \.post, \.tag) var tags: Many<Tag>`.
///
/// What the pivot holds beside the keys is read through a relation to the pivot: `@HasMany(\PostTag.post) var postTags: Many<PostTag>`,
/// then `.prefetch(\.postTags.tag)`.
@attached(peer)
public macro ManyToMany<Pivot: Model, Owner: Model, Target: Model>(
    through pivot: Pivot.Type, _ owner: KeyPath<Pivot, One<Owner>>, _ target: KeyPath<Pivot, One<Target>>
) = #externalMacro(module: "ORMMacros", type: "PropertyMarkerMacro")
