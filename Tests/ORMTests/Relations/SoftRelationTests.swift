import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Model("members")
private struct Member {
    @PrimaryKey var id: Int
    var name: String
    @HasOne(\Badge.member) var badge: Maybe<Badge>
    @ManyToMany(through: Membership.self, \.member, \.club) var clubs: Many<Club>
}

@Model("badges")
private struct Badge {
    @PrimaryKey var id: Int
    var number: Int
    @OneToOne(onDelete: .cascade) var member: One<Member>
    @SoftDelete var deletedAt: Date?
}

@Model("clubs")
private struct Club {
    @PrimaryKey var id: Int
    var name: String
}

@Model("memberships")
private struct Membership {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var member: One<Member>
    @ForeignKey(onDelete: .cascade) var club: One<Club>
    @SoftDelete var deletedAt: Date?
}

@Suite(.tables(Member.self, Badge.self, Club.self, Membership.self)) struct SoftRelationTests {
    private func seed() async throws {
        try await Member.insert([.init(name: "ada"), .init(name: "bob")])
        try await Badge.insert([.init(number: 1, member: .id(1)), .init(number: 2, member: .id(2))])
        try await Badge.filter { $0.number == 2 }.delete()
    }

    @Test func aRowDeletedSoftlyIsNotAtTheOtherSide() async throws {
        try await seed()
        #expect(try await Member.get(2).badge() == nil)
        #expect(try await Member.filter { $0.badge == nil }.ids() == [2])
        #expect(try await Member.filter { $0.badge.number > 0 }.ids() == [1])
        #expect(try await Member.order { $0.id.asc }.select { $0.badge.number }.all() == [1, nil])
    }

    @Test func aStatementWithoutJoinsLeavesItOutToo() async throws {
        try await seed()
        #expect(try await Member.filter { $0.badge == nil }.update(.set(\.name, "none")) == 1)
        #expect(try await Member.order { $0.id.asc }.select { $0.name }.all() == ["ada", "none"])
    }

    @Test func aPivotWhoseRowsAreDeletedSoftlyIsRefused() async throws {
        try await seed()
        let message =
            "the rows of the pivot memberships are deleted softly, which a many-to-many relation cannot follow: "
            + "relate to the pivot's rows with @HasMany"
        for error in [
            await ormError { _ = try await Member.filter { $0.clubs.any() }.all() },
            await ormError { _ = try await Member.prefetch(\.clubs).all() },
            await ormError { _ = try await Member.prefetch(\.clubs) { $0.limit(1) }.all() },
            await ormError { _ = try await Member.get(1).clubs.query().all() },
            await ormError { try await Member.get(1).clubs.add([Club.create(name: "chess")]) },
            await ormError { try await Member.get(1).clubs.clear() },
        ] {
            #expect(error?.code == .unsupported)
            #expect(error?.message == message)
        }
    }
}

@Suite(.blog) struct MissingRowTests {
    @Test func aPrefetchedRowThatIsGoneIsNotFound() async throws {
        try await execute("PRAGMA foreign_keys = OFF")
        try await execute("DELETE FROM users WHERE id = 2")
        let posts = try await Post.prefetch(\.author).order { $0.id.asc }.all()
        #expect(try posts[0].author.username == "ada")
        let error = #expect(throws: ORMError.self) { try posts[2].author.username }
        #expect(error?.code == .notFound)
        #expect(error?.message == "the User that Post.author leads to is gone")
        #expect(posts[2].author.id == 2)
        #expect(await ormError { _ = try await posts[2].author() }?.code == .notFound)
        let comments = try await Comment.prefetch(\.author).order { $0.id.asc }.all()
        #expect(#expect(throws: ORMError.self) { try comments[0].author?.username }?.code == .notFound)
        #expect(comments[2].author == nil)
    }
}
