import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Links between many and many.
    static let linking: [DriverBehaviour] = [
        DriverBehaviour("a relation is a query of its own", aRelationIsAQueryOfItsOwn),
        DriverBehaviour("adding is all or nothing", addingIsAllOrNothing),
        DriverBehaviour("many rows are added at once", manyRowsAreAddedAtOnce),
        DriverBehaviour(
            "set links these and no others and keeps the links that stay",
            setLinksTheseAndNoOthersAndKeepsTheLinksThatStay),
        DriverBehaviour("add works from the other side too", addWorksFromTheOtherSideToo),
        DriverBehaviour("a relation without pivot refuses to add", aRelationWithoutPivotRefusesToAdd),
    ]

    private static func aRelationIsAQueryOfItsOwn(_: BehaviourContext) async throws {
        let post = try await Post.get(1)
        #expect(try await post.comments.query().ids() == [1, 2, 3])
        #expect(try await post.comments.query().filter { $0.author == nil }.ids() == [3])
        #expect(try await post.tags.query().order { $0.name.asc }.all().map(\.name) == ["orm", "swift"])
        #expect(try await post.tags.query().limit(1).count() == 1)
        #expect(try await post.tags.query().filter { $0.posts.count > 1 }.ids() == [2])
        #expect(try await post.comments.query().order { $0.id.asc }.limit(1).update(.set(\.content, "x")) == 1)
        #expect(try await Comment.get(1).content == "x")
        #expect(try await post.tags.query().order { $0.id.asc }.limit(1).delete() == 1)
        #expect(try await Tag.query.order { $0.id.asc }.ids() == [2, 3])
    }

    private static func addingIsAllOrNothing(_: BehaviourContext) async throws {
        let post = try await Post.get(2)
        let tag = try await Tag.get(1)
        let gone = try await Tag.create(name: "gone")
        try await gone.delete()
        let error = await ormError { try await post.tags.add([tag, gone]) }
        #expect(error?.database?.kind == .foreignKey)
        #expect(try await post.tags.query().count() == 0)
    }

    private static func manyRowsAreAddedAtOnce(_: BehaviourContext) async throws {
        let post = try await Post.get(2)
        let tags = try await Tag.insert((0..<2500).map { Tag.New(name: "tag \($0)") })
        try await post.tags.add(tags)
        #expect(try await post.tags.query().count() == 2500)
        try await post.tags.remove(tags)
        #expect(try await post.tags.query().count() == 0)
    }

    private static func setLinksTheseAndNoOthersAndKeepsTheLinksThatStay(_: BehaviourContext) async throws {
        let post = try await Post.get(1)
        let tags = try await Tag.query.order { $0.id.asc }.all()
        try await post.tags.set([tags[1], tags[2]])
        #expect(try await post.tags.query().order { $0.id.asc }.ids() == [2, 3])
        // The link of 1 and orm was the second of all, and still is.
        #expect(try await PostTag.filter { $0.post.id == 1 && $0.tag.id == 2 }.get().id == 2)
        let gone = try await Tag.create(name: "gone")
        try await gone.delete()
        #expect(await ormError { try await post.tags.set([gone]) }?.database?.kind == .foreignKey)
        #expect(try await post.tags.query().order { $0.id.asc }.ids() == [2, 3])
        try await post.tags.set([])
        #expect(try await post.tags.query().count() == 0)
        let comments = try await Comment.all()
        #expect(await ormError { try await post.comments.set(comments) }?.code == .unsupported)
    }

    private static func addWorksFromTheOtherSideToo(_: BehaviourContext) async throws {
        let sql = try await Tag.filter { $0.name == "sql" }.get()
        try await sql.posts.add(try await Post.limit(2).all())
        #expect(try await sql.posts.query().ids() == [1, 2])
        #expect(try await Post.filter { $0.tags.any { $0.name == "sql" } }.ids() == [1, 2])
    }

    private static func aRelationWithoutPivotRefusesToAdd(_: BehaviourContext) async throws {
        let post = try await Post.get(1)
        let comments = try await Comment.all()
        #expect(await ormError { try await post.comments.add(comments) }?.code == .unsupported)
        #expect(await ormError { try await post.comments.clear() }?.code == .unsupported)
    }
}
