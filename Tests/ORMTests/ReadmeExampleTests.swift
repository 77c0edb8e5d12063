import ORMTesting
import ORM
import ORMSQLite
import Testing

@Model("authors")
struct Author {
    @PrimaryKey var id: Int
    @Column(.max(50), .unique) var name: String
    @HasMany(\Book.author) var books: Many<Book>
}

@Model("books")
struct Book {
    @PrimaryKey var id: Int
    var title: String
    @ForeignKey(onDelete: .cascade) var author: One<Author>
}

@Suite struct ReadmeExampleTests {
    /// The models above and the lines below stand in README.md.
    @Test func theExampleOfTheReadmeWorks() async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        try await db.createSchema(for: [Author.self, Book.self])
        try await db.use {
            let ada = try await Author.create(name: "Ada")
            try await Book.create(title: "Notes", author: .init(ada))
            let rows = try await Author.filter { $0.books.count > 0 }.select { ($0.name, $0.books.count) }.all()
            let books = try await Book.prefetch(\.author).all()
            #expect(rows.map(\.0) == ["Ada"])
            #expect(rows.map(\.1) == [1])
            #expect(try books[0].author.name == "Ada")
        }
        await db.close()
    }
}
