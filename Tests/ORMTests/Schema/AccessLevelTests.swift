public import FoundationEssentials
public import ORM
import ORMSQLite
import ORMTesting
import Testing

@Model("secrets")
private struct Secret {
    @PrimaryKey var id: Int
    var word: String
    @HasMany(\Hint.secret) var hints: Many<Hint>
}

@Model("hints")
private struct Hint {
    @PrimaryKey var id: Int
    var text: String
    @ForeignKey(onDelete: .cascade) var secret: One<Secret>
}

/// A model that another module could use.
@Model("notes")
public struct Note {
    /// Made at random.
    @PrimaryKey public var id: UUID
    /// A text with a quote in its default.
    public var text: String = "it's empty"
    /// A number with a sign in its default.
    public var place: Double = -1.5
    /// When it was made.
    @Timestamp(.created) public var madeAt: Date
}

/// A namespace, as a program may have one for its models.
enum Library {
    @Model("books")
    package struct Book {
        @PrimaryKey package var isbn: String
        package var title: String
        @Timestamp(.updated) package var changedAt: Date
        @ForeignKey(onDelete: .setNull) package var sequel: One<Book>?
    }
}

@Suite struct AccessLevelTests {
    @Test func privateModelsWork() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Secret.self, Hint.self]) { _ in
            let secret = try await Secret.create(word: "sesame")
            try await Hint.create(text: "it opens", secret: .init(secret))
            let loaded = try await Secret.prefetch(\.hints.secret).all()
            #expect(try loaded[0].hints.items.map { try $0.secret.word } == ["sesame"])
        }
    }

    @Test func publicModelsWorkAndKeepTheirDefaults() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Note.self]) { _ in
            let note = try await Note.create()
            let stored = try await Note.get(note.id)
            #expect((stored.text, stored.place, stored.madeAt) == ("it's empty", -1.5, note.madeAt))
        }
    }

    @Test func modelsInsideANamespaceWork() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Library.Book.self]) { _ in
            let second = try await Library.Book.create(isbn: "2", title: "Two")
            try await Library.Book.create(isbn: "1", title: "One", sequel: .init(second))
            #expect(try await Library.Book.filter { $0.sequel.title == "Two" }.get().id == "1")
            try await second.delete()
            #expect(try await Library.Book.get("1").sequel == nil)
        }
    }
}
