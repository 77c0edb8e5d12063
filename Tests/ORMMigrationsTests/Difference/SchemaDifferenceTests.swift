import ORM
import ORMMigrations
import ORMSQLite
import Testing

struct SchemaDifferenceTests {
    private static let users = TableState(
        "users", columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("name", .text, maxLength: 50)])
    private static let posts = TableState(
        "posts",
        columns: [
            ColumnState("id", .integer, isPrimaryKey: true), ColumnState("title", .text),
            ColumnState("author_id", .integer, references: ReferenceState("users", onDelete: .cascade)),
        ],
        indexes: [IndexState("posts_author_id_index", on: ["author_id"])],
        checks: [CheckState("posts_title", "{title} <> ''")])

    /// The operations in short, and that they lead there and back.
    private func operations(
        from old: [TableState], to new: [TableState], _ decisions: SchemaDecisions = SchemaDecisions()
    ) throws -> [String] {
        let difference = try SchemaDifference(
            from: SchemaState(old), to: SchemaState(new), decisions: decisions)
        #expect(difference.ambiguities == [])
        var state = SchemaState(old)
        var inverses: [MigrationOperation] = []
        for operation in difference.operations {
            inverses.insert(try operation.inverse(in: state), at: 0)
            try state.apply(operation)
        }
        #expect(try state.isEquivalent(to: SchemaState(new)))
        for operation in inverses { try state.apply(operation) }
        #expect(try state.isEquivalent(to: SchemaState(old)))
        return difference.operations.map(\.description)
    }

    private func changed(_ table: TableState, _ change: (inout TableState) -> Void) -> TableState {
        var table = table
        change(&table)
        return table
    }

    @Test func equalSchemasDifferInNothing() throws {
        #expect(try operations(from: [Self.users, Self.posts], to: [Self.posts, Self.users]) == [])
        #expect(try SchemaDifference(from: SchemaState(), to: SchemaState()).isEmpty)
    }

    @Test func spellingIsNoDifference() throws {
        let other = changed(Self.posts) {
            $0.columns.swapAt(1, 2)
            $0.checks = [CheckState("posts_title", "(( {title}  != '' ))")]
        }
        #expect(try operations(from: [Self.users, Self.posts], to: [Self.users, other]) == [])
    }

    @Test func tablesAreMadeBehindThoseTheyPointToAndDroppedBefore() throws {
        #expect(
            try operations(from: [], to: [Self.posts, Self.users]) == ["createTable users", "createTable posts"])
        #expect(try operations(from: [Self.users, Self.posts], to: []) == ["dropTable posts", "dropTable users"])
    }

    @Test func aTableThatIsPointedToNoLongerGoesLast() throws {
        let alone = changed(Self.posts) {
            $0.columns.removeLast()
            $0.indexes = []
        }
        #expect(
            try operations(from: [Self.users, Self.posts], to: [alone]) == [
                "dropIndex posts_author_id_index", "dropColumn posts.author_id", "dropTable users",
            ])
    }

    @Test func columnsComeGoAndChange() throws {
        let other = changed(Self.posts) {
            $0.columns[1] = ColumnState("title", .text, maxLength: 200, isUnique: true)
            $0.columns.append(ColumnState("rating", .integer, default: .value(.int(0))))
            $0.checks = [CheckState("posts_title", "{title} <> 'x'"), CheckState("posts_rating", "{rating} < 6")]
            $0.indexes.append(IndexState("posts_rating_index", on: ["rating"], where: "{rating} > 0"))
        }
        #expect(
            try operations(from: [Self.users, Self.posts], to: [Self.users, other]) == [
                "dropCheck posts_title", "alterColumn posts.title", "addColumn posts.rating", "addCheck posts_title",
                "addCheck posts_rating", "addIndex posts_rating_index",
            ])
    }

    @Test func anIndexGoesWhenTheNewOneIsThere() throws {
        let wider = changed(Self.posts) {
            $0.indexes = [IndexState("posts_author_id_title_index", on: ["author_id", "title"])]
        }
        #expect(
            try operations(from: [Self.users, Self.posts], to: [Self.users, wider]) == [
                "addIndex posts_author_id_title_index", "dropIndex posts_author_id_index",
            ])
    }

    @Test func anIndexInTheWayGoesFirst() throws {
        let sameName = changed(Self.posts) {
            $0.indexes = [IndexState("posts_author_id_index", on: ["author_id", "title"])]
        }
        #expect(
            try operations(from: [Self.users, Self.posts], to: [Self.users, sameName]) == [
                "dropIndex posts_author_id_index", "addIndex posts_author_id_index",
            ])
        let otherType = changed(Self.posts) {
            $0.columns[2] = ColumnState("author_id", .text, maxLength: 20)
            $0.indexes = [IndexState("posts_title_index", on: ["title"])]
        }
        #expect(
            try operations(from: [Self.users, Self.posts], to: [Self.users, otherType]) == [
                "dropIndex posts_author_id_index", "alterColumn posts.author_id", "addIndex posts_title_index",
            ])
    }

    @Test func theKeyMayBecomeAnotherColumn() throws {
        let before = TableState(
            "codes", columns: [ColumnState("id", .integer, isPrimaryKey: true), ColumnState("code", .text)])
        let after = TableState("codes", columns: [ColumnState("code", .text, isPrimaryKey: true)])
        #expect(try operations(from: [before], to: [after]) == ["dropColumn codes.id", "alterColumn codes.code"])
    }

    @Test func anIndexNameMayMoveToAnotherTable() throws {
        let old = TableState(
            "a", columns: [ColumnState("id", .integer, isPrimaryKey: true)], indexes: [IndexState("x", on: ["id"])])
        let new = TableState(
            "b", columns: [ColumnState("key", .integer, isPrimaryKey: true)], indexes: [IndexState("x", on: ["key"])])
        #expect(try operations(from: [old], to: [new]) == ["dropIndex x", "createTable b", "dropTable a"])
    }

    // MARK: Renames

    private var renamed: TableState { changed(Self.users) { $0.columns[1].name = "username" } }

    @Test func whatIsGoneAndWhatIsNewOfOneTypeIsReportedAndNothingElse() throws {
        let difference = try SchemaDifference(from: SchemaState([Self.users]), to: SchemaState([renamed]))
        #expect(difference.operations.isEmpty)
        #expect(
            difference.ambiguities.map(\.description) == [
                "users.name is gone and username is new and alike: a rename? Then @Column(was: \"name\") or "
                    + "--rename users.name=username. If its rows’ values may go: --drop users.name"
            ])
        let table = changed(Self.users) { $0.name = "people" }
        #expect(
            try SchemaDifference(from: SchemaState([Self.users]), to: SchemaState([table])).ambiguities.map(
                \.description)
                == [
                    "users is gone and people is new and alike: a rename? Then @Model(\"people\", was: \"users\") or "
                        + "--rename users=people. If its rows’ values may go: --drop users"
                ])
    }

    @Test func otherTypesAreNoAmbiguity() throws {
        let other = changed(Self.users) { $0.columns[1] = ColumnState("age", .integer, isNullable: true) }
        #expect(try operations(from: [Self.users], to: [other]) == ["addColumn users.age", "dropColumn users.name"])
    }

    @Test func aRenameIsDeclared() throws {
        var decisions = SchemaDecisions()
        try decisions.rename("users.name=username")
        #expect(try operations(from: [Self.users], to: [renamed], decisions) == ["renameColumn users.name to username"])
        var dropped = SchemaDecisions()
        dropped.dropped = ["users.name"]
        #expect(
            try operations(from: [Self.users], to: [renamed], dropped) == [
                "addColumn users.username", "dropColumn users.name",
            ])
    }

    @Test func aTableAndItsColumnAreRenamedTogether() throws {
        let people = changed(renamed) { $0.name = "people" }
        let articles = changed(Self.posts) { $0.columns[2].reference?.table = "people" }
        var decisions = SchemaDecisions()
        try decisions.rename("users=people")
        decisions.columns = ["people": ["username": "name"]]
        #expect(
            try operations(from: [Self.users, Self.posts], to: [people, articles], decisions) == [
                "renameTable users to people", "renameColumn people.name to username",
            ])
    }

    @Test func aRenameThatHasHappenedSaysNothing() throws {
        var decisions = SchemaDecisions()
        decisions.tables = ["users": "people"]
        decisions.columns = ["users": ["name": "title"]]
        #expect(try operations(from: [Self.users], to: [Self.users], decisions) == [])
    }

    @Test(arguments: [
        ("users.name", "“users.name” is no rename: write table.old=new for a column, old=new for a table"),
        ("=x", "“=x” is no rename: write table.old=new for a column, old=new for a table"),
        ("users.=x", "“users.=x” is no rename: write table.old=new for a column, old=new for a table"),
        ("users.a=users.b", "“users.a=users.b” is no rename: write table.old=new for a column, old=new for a table"),
        ("users.nam=username", "users has no column nam: did you mean name?"),
        ("users.name=usernam", "users has no column usernam: did you mean username?"),
        ("user=users", "there is no table user: did you mean users?"),
    ])
    func aRenameThatMakesNoSenseIsRefused(_ text: String, _ message: String) throws {
        let error = #expect(throws: ORMError.self) {
            var decisions = SchemaDecisions()
            try decisions.rename(text)
            _ = try SchemaDifference(
                from: SchemaState([Self.users]), to: SchemaState([renamed]), decisions: decisions)
        }
        #expect(error?.code == .migration)
        #expect(error?.message == message)
    }

    // MARK: Values for rows that are there

    @Test func aColumnWithoutAValueForOldRowsIsNamed() throws {
        let other = changed(Self.users) {
            $0.columns[1].isNullable = true
            $0.columns.append(ColumnState("age", .integer))
        }
        let difference = try SchemaDifference(from: SchemaState([Self.users]), to: SchemaState([other]))
        #expect(difference.unfilled == ["users.age"])
        let back = try SchemaDifference(from: SchemaState([other]), to: SchemaState([Self.users]))
        #expect(back.unfilled == ["users.name"])
        var decisions = SchemaDecisions()
        try decisions.fill("users.age=7")
        let filled = try SchemaDifference(
            from: SchemaState([Self.users]), to: SchemaState([other]), decisions: decisions)
        #expect(filled.unfilled == [])
        guard case .addColumn("users", _, _, .value(.int(7))) = filled.operations.last else {
            Issue.record("the column is not filled: \(filled.operations)")
            return
        }
        try decisions.fill("users.age=old")
        #expect(throws: ORMError.self) {
            try SchemaDifference(from: SchemaState([Self.users]), to: SchemaState([other]), decisions: decisions)
        }
    }

    // MARK: Models

    @Model("tags", was: "labels")
    struct Tag {
        @PrimaryKey var id: Int
        @Column(was: "title", .max(50), .unique) var name: String
    }

    @Model("notes")
    struct Note {
        @PrimaryKey var id: Int
        @ForeignKey(onDelete: .cascade) var tag: One<Tag>
    }

    @Test func modelsAreASchemaAndTellTheirFormerNames() throws {
        let dialect = SQLiteDriver.inMemory.dialect
        let old = SchemaState([
            TableState(
                "labels",
                columns: [
                    ColumnState("id", .integer, isPrimaryKey: true),
                    ColumnState("title", .text, maxLength: 50, isUnique: true),
                ])
        ])
        let new = try SchemaState(of: [Tag.self], for: [dialect])
        let difference = try SchemaDifference(from: old, to: new, decisions: SchemaDecisions(of: [Tag.self]))
        #expect(
            difference.operations.map(\.description) == [
                "renameTable labels to tags", "renameColumn tags.title to name",
            ])
        let error = #expect(throws: ORMError.self) { try SchemaState(of: [Note.self], for: [dialect]) }
        #expect(error?.message == "notes.tag_id points to tags, which is none of the models: add its model to the list")
    }
}
