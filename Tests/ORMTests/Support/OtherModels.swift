import FoundationEssentials
import ORM

/// Columns of every type, most of them optional.
@Model("samples")
struct Sample {
    @PrimaryKey var id: Int
    var a: Int?
    var b: Int?
    var text: String?
    var n: Int = 0
    var flag: Bool = false
    var real: Double?
    var day: Date?
    var small: Int32?
    var mood: Mood?
}

enum Mood: String, ColumnEnum { case happy, grumpy }

/// Properties whose names mean something to Swift or to the library.
@Model("awkward")
struct Awkward {
    @PrimaryKey var id: Int
    var path: String
    var relations: Int
    var `default`: String
    var `in`: Int
    var index: Int
    var row: String
    var now: String
    var session: String
}

/// People who follow each other: many-to-many from a table to itself, both ways.
@Model("people")
struct Person {
    @PrimaryKey var id: Int
    var name: String
    @ForeignKey(onDelete: .restrict) var boss: One<Person>?
    @HasMany(\Person.boss) var staff: Many<Person>
    @ManyToMany(through: Follow.self, \.follower, \.followed) var following: Many<Person>
    @ManyToMany(through: Follow.self, \.followed, \.follower) var followers: Many<Person>
}

@Model("follows")
struct Follow {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var follower: One<Person>
    @ForeignKey(onDelete: .cascade) var followed: One<Person>

    static var options: Options<Follow> { .init(indexes: [.unique(\.follower, \.followed)]) }
}

/// A model whose key is a text and is not called `id`.
@Model("countries")
struct Country {
    @PrimaryKey var code: String
    var name: String
    @HasMany(\City.country) var cities: Many<City>
}

@Model("cities")
struct City {
    @PrimaryKey var id: UUID
    @Column(.unique) var name: String
    @ForeignKey(onDelete: .restrict) var country: One<Country>
}
