import Testing

@Suite struct ModelDiagnosticTests {
    @Test func aClassIsRefusedAndCanBecomeAStruct() {
        assertModel(
            """
            @Model("tags")
            class Tag {
            }
            """,
            reports: "@Model needs a struct: a model's value is a row, not an object", line: 2, column: 1,
            fixIt: "use struct",
            fixed: """
                @Model("tags")
                struct Tag {
                }
                """)
    }

    @Test func anEnumIsRefused() {
        assertModel(
            """
            @Model("tags")
            enum Tag {
            }
            """,
            reports: "@Model needs a struct: a model's value is a row, not an object", line: 2, column: 1)
    }

    @Test func aGenericModelIsRefused() {
        assertModel(
            """
            @Model("tags")
            struct Tag<T> {
                @PrimaryKey var id: Int
            }
            """,
            reports: "@Model cannot be generic: one type is one table", line: 2, column: 11)
    }

    @Test func aModelNeedsAPrimaryKey() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                var name: String
            }
            """,
            reports: "Tag has no primary key: mark one property, as in @PrimaryKey var id: Int", line: 2, column: 8,
            fixIt: "add @PrimaryKey var id: Int",
            fixed: """
                @Model("tags")
                struct Tag {
                    @PrimaryKey var id: Int
                    var name: String
                }
                """)
    }

    @Test func aModelHasOnePrimaryKey() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var a: Int
                @PrimaryKey var b: Int
            }
            """,
            reports: "only one property can be the primary key, not a and b", line: 2, column: 8)
    }

    @Test func aPrimaryKeyIsNeverOptional() {
        assertColumn(
            "@PrimaryKey var key: Int?",
            reports: "a primary key is never optional: a model's value is a stored row", column: 5, fixIt: "use Int",
            fixed: "@PrimaryKey var key: Int")
    }

    @Test func aModelHasAtMostSixtyFourColumns() {
        let columns = (1...64).map { "    var c\($0): Int" }.joined(separator: "\n")
        assertModel(
            """
            @Model("wide")
            struct Wide {
                @PrimaryKey var id: Int
            \(columns)
            }
            """,
            reports: "a model has at most 64 columns", line: 2, column: 8)
    }

    @Test func aTupleIsNoColumn() {
        assertColumn("var (a, b): (Int, Int)", reports: "a column is a property with one name", column: 9)
    }

    @Test func severalColumnsInOneDeclarationAreRefused() {
        assertColumn(
            "var a: Int, b: Int", reports: "declare each column by itself: var a: …, then var b: …", column: 5)
    }

    @Test func aColumnWithObserversIsRefused() {
        assertColumn(
            "var a: Int { didSet {} }",
            reports:
                "a column cannot have observers, because the library observes it: a goes without didSet and willSet",
            column: 16, fixIt: "remove the observers", fixed: "var a: Int ")
    }

    @Test func aConstantIsRefusedAndCanBecomeAVariable() {
        assertColumn(
            "let name: String", reports: "name must be a var: the library sets it when it reads a row", column: 5,
            fixIt: "use var", fixed: "var name: String")
    }

    @Test func aTypeThatCannotBeInferredMustBeWritten() {
        assertColumn(
            "var day = Date()",
            reports: "write the type of day: a macro sees no inferred types, except those of literals", column: 9)
    }

    @Test func anInverseIsOnePropertyOfTheOtherModel() {
        assertColumn(
            #"@HasMany(\.author) var posts: Many<Post>"#,
            reports: #"name the foreign key on the other side, as in @HasMany(\Post.author)"#, column: 5)
    }

    @Test func aPivotIsNamedWithItsTwoKeys() {
        assertColumn(
            #"@ManyToMany(through: PostTag.self, \.post) var tags: Many<Tag>"#,
            reports: #"""
                name the pivot and its two foreign keys, this side's first, as in \#
                @ManyToMany(through: PostTag.self, \.post, \.tag)
                """#, column: 5)
    }

    @Test func manyRowsComeFromSomewhere() {
        assertColumn(
            "var posts: Many<Post>",
            reports: #"posts needs @HasMany(\Child.parent) or @ManyToMany(through:_:_:) to say where its rows are"#,
            column: 5)
    }

    @Test func aForeignKeyNeedsARuleAndGetsOne() {
        assertColumn(
            "var author: One<User>",
            reports: """
                say what deleting the row behind author does: @ForeignKey(onDelete: .cascade), .restrict or .setNull
                """, column: 5, fixIt: "add @ForeignKey(onDelete: .cascade)",
            fixed: "@ForeignKey(onDelete: .cascade) var author: One<User>")
    }

    @Test func aRequiredRelationCannotBecomeNull() {
        assertColumn(
            "@ForeignKey(onDelete: .setNull) var author: One<User>",
            reports: "author is not optional, so it cannot be set to NULL: use One<…>? or another rule", column: 27,
            fixIt: "use One<User>?", fixed: "@ForeignKey(onDelete: .setNull) var author: One<User>?")
    }

    @Test(arguments: [
        (
            "@ForeignKey(onDelete: .cascade) var author: User",
            "@ForeignKey needs author to be a One<Model> or a One<Model>?"
        ),
        (#"@HasMany(\Post.author) var posts: [Post]"#, "@HasMany needs posts to be a Many<Model>"),
        ("@OneToOne(onDelete: .cascade) var user: User", "@OneToOne needs user to be a One<Model> or a One<Model>?"),
        (#"@HasOne(\Profile.user) var profile: Profile?"#, "@HasOne needs profile to be a Maybe<Model>"),
        (#"@ManyToMany(through: P.self, \.a, \.b) var tags: [Tag]"#, "@ManyToMany needs tags to be a Many<Model>"),
    ])
    func aRelationHasARelationsType(_ property: String, _ message: String) {
        assertColumn(property, reports: message, column: 5)
    }

    @Test func aTimestampIsADate() {
        assertColumn(
            "@Timestamp(.created) var at: String", reports: "@Timestamp needs at to be a Date", column: 5,
            fixIt: "use Date", fixed: "@Timestamp(.created) var at: Date")
    }

    @Test func aDeletionIsAnOptionalDate() {
        assertColumn(
            "@SoftDelete var deletedAt: Date",
            reports: "@SoftDelete needs deletedAt to be a Date?: nil is a row that is not deleted", column: 5,
            fixIt: "use Date?", fixed: "@SoftDelete var deletedAt: Date?")
    }

    @Test func aRowIsDeletedOnce() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                @SoftDelete var a: Date?
                @SoftDelete var b: Date?
            }
            """,
            reports: "only one property can say when a row was deleted, not a and b", line: 2, column: 8)
    }

    @Test func theOtherSideOfAOneToOneRelationNamesItsKey() {
        assertColumn(
            "var profile: Maybe<Profile>",
            reports: #"profile needs @HasOne(\Child.parent) to say whose unique foreign key points here"#, column: 5)
        assertColumn(
            #"@HasOne(\.user) var profile: Maybe<Profile>"#,
            reports: #"name the foreign key on the other side, as in @HasOne(\Post.author)"#, column: 5)
    }

    @Test func aPropertyIsOneThing() {
        assertColumn(
            "@Column(.unique) @Timestamp(.created) var at: Date",
            reports: "at can be one thing only, not @Column and @Timestamp", column: 22)
    }

    @Test func twoPropertiesHaveTwoColumns() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                var title: String
                @Column(.name("title")) var heading: String
            }
            """,
            reports: "title and heading have the same column, title: give one of them a .name of its own", line: 2,
            column: 8)
    }

    @Test(arguments: [
        ("@Column(.max(5)) var age: Int", ".max needs age to be a text", 13),
        ("@Column(.unique, .max(5)) var born: Date?", ".max needs born to be a text", 22),
        ("@Column(.decimal(12, 2)) var price: Double", ".decimal needs price to be a Decimal", 13),
        (#"@Column(.name("a\n")) var a: Int"#, "write the column's name of a as a plain string literal", 13),
        (
            #"@ForeignKey(onDelete: .cascade, .name(n)) var a: One<B>"#,
            "write the column's name of a as a plain string literal", 37
        ),
    ])
    func anOptionFitsItsColumn(_ property: String, _ message: String, _ column: Int) {
        assertColumn(property, reports: message, column: column)
    }

    @Test func aUniqueColumnNeedsNoFurtherIndex() {
        assertColumn(
            "@Column(.unique, .indexed) var name: String",
            reports: "a unique column has an index by that: leave .indexed of name out", column: 22,
            fixIt: "remove .indexed", fixed: "@Column(.unique) var name: String")
    }

    @Test(arguments: [
        (
            "@Timestamp(.created, .databaseDefault(.now)) var at: Date",
            ".databaseDefault is for a plain @Column, not for a key, a relation or a timestamp such as at", 26
        ),
        (
            "@ForeignKey(onDelete: .cascade, .databaseDefault(.now)) var a: One<B>",
            ".databaseDefault is for a plain @Column, not for a key, a relation or a timestamp such as a", 37
        ),
        ("@Column(.databaseDefault(.now)) var at: String", ".databaseDefault(.now) needs at to be a Date", 13),
        (
            "@Column(.decimal(2, 3)) var price: Decimal",
            "price has more digits behind its point than in all: .decimal takes the number of all digits first", 13
        ),
    ])
    func anOptionIsPossible(_ property: String, _ message: String, _ column: Int) {
        assertColumn(property, reports: message, column: column)
    }

    @Test func anOptionalIsWrittenWithItsMark() {
        assertColumn(
            "var age: Optional<Int>", reports: "write the type of age as Int?: a macro sees no other optional",
            column: 14,
            fixIt: "use Int?", fixed: "var age: Int?")
    }

    @Test func aKeyHasNoDefault() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int = 5
            }
            """,
            reports: "id is the primary key, whose value is given or made: it has no default", line: 3, column: 31)
    }

    @Test func namesThatEveryModelHasAreTaken() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var code: String
                var id: Int
            }
            """,
            reports: "id is a name that every model has already: call the property otherwise", line: 2, column: 8)
    }

    @Test func aModelHasOneTimestampOfAKind() {
        assertModel(
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                @Timestamp(.updated) var a: Date
                @Timestamp(.updated) var b: Date
            }
            """,
            reports: "only one property can be the timestamp .updated, not a and b", line: 2, column: 8)
    }

    @Test func aColumnHasOneDefault() {
        assertColumn(
            "@Column(.databaseDefault(.now)) var at: Date = Date()",
            reports: "at has a default of the database already: a Swift default would always win over it", column: 52)
    }

    /// Checks what `@Model` says about one property of an otherwise sound model.
    private func assertColumn(
        _ property: String, reports message: String, column: Int, fixIt: String? = nil, fixed: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        func model(_ property: String) -> String {
            """
            @Model("tags")
            struct Tag {
                @PrimaryKey var id: Int
                \(property)
            }
            """
        }
        assertModel(
            model(property), reports: message, line: 4, column: column, fixIt: fixIt, fixed: fixed.map(model),
            sourceLocation: sourceLocation)
    }
}
