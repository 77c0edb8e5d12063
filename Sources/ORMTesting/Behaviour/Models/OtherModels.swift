package import FoundationEssentials
package import ORM

/// Columns of every type, most of them optional.
@Model("samples")
package struct Sample {
    @PrimaryKey package var id: Int
    package var a: Int?
    package var b: Int?
    package var text: String?
    package var n: Int = 0
    package var flag: Bool = false
    package var real: Double?
    package var day: Date?
    package var small: Int32?
    package var mood: Mood?
}

package enum Mood: String, ColumnEnum { case happy, grumpy }

/// Properties whose names mean something to Swift or to the library.
@Model("awkward")
package struct Awkward {
    @PrimaryKey package var id: Int
    package var path: String
    package var relations: Int
    package var `default`: String
    package var `in`: Int
    package var index: Int
    package var row: String
    package var now: String
    package var session: String
}

/// People who follow each other: many-to-many from a table to itself, both ways.
@Model("people")
package struct Person {
    @PrimaryKey package var id: Int
    package var name: String
    @ForeignKey(onDelete: .restrict) package var boss: One<Person>?
    @HasMany(\Person.boss) package var staff: Many<Person>
    @ManyToMany(through: Follow.self, \.follower, \.followed) package var following: Many<Person>
    @ManyToMany(through: Follow.self, \.followed, \.follower) package var followers: Many<Person>
}

@Model("follows")
package struct Follow {
    @PrimaryKey package var id: Int
    @ForeignKey(onDelete: .cascade) package var follower: One<Person>
    @ForeignKey(onDelete: .cascade) package var followed: One<Person>

    package static var options: Options<Follow> { .init(indexes: [.unique(\.follower, \.followed)]) }
}

/// A model whose key is a text and is not called `id`.
@Model("countries")
package struct Country {
    @PrimaryKey package var code: String
    package var name: String
    @HasMany(\City.country) package var cities: Many<City>
}

@Model("cities")
package struct City {
    @PrimaryKey package var id: UUID
    @Column(.unique) package var name: String
    @ForeignKey(onDelete: .restrict) package var country: One<Country>
}
