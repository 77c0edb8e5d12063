// dates.key is a primary key that may be NULL, which a model’s is not
// dates.2nd is declared NUMERIC, whose values SQLite keeps as floating-point numbers: a Double
// dates.thing has no declared type and may hold anything: a String
// dates.id is declared GEOMETRY, which is no type that is known: a String
// empty_words.level is declared ON CONFLICT REPLACE, which a model cannot say
// search is a virtual table: left out

import FoundationEssentials
import ORM

@Model("dates")
struct DateRow {
    @PrimaryKey var key: String
    var `class`: Int?
    @Column(.name("a b")) var aB: [UInt8]?
    @Column(.name("x_1")) var x1: Double?
    @Column(.name("URL")) var url: String?
    @Column(.name("2nd")) var column2nd: Double?
    var thing: String?
    @Column(.name("id")) var idValue: String?
    @Column(.databaseDefault(.sql("'1970-01-01 00:00:00'"))) var stamp: Date?
    @Column(.databaseDefault(.sql("x'00ff'"))) var blobDefault: [UInt8]?
}

enum EmptyWordLevel: String, ColumnEnum {
    case value1 = "1"
    case value2 = "2"
}

@Model("empty_words")
struct EmptyWord {
    @PrimaryKey var id: Int
    var kind: String?
    var level: EmptyWordLevel = EmptyWordLevel.value1

    static var options: Options<EmptyWord> {
        .init(
            checks: [
                .check("kind", sql: "{kind} IN ('', 'a b', 'a_b')"),
                .check("level", sql: "{level} IN ('1', '2')"),
            ])
    }
}
