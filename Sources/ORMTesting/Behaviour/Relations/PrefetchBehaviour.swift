import Dispatch
import FoundationEssentials
import ORM
import Synchronization
import Testing

extension DriverBehaviour {
    /// Relations loaded with the rows, with a limit for each parent.
    static let prefetching: [DriverBehaviour] = [
        DriverBehaviour(
            "relations that are not loaded throw and name their prefetch",
            relationsThatAreNotLoadedThrowAndNameTheirPrefetch),
        DriverBehaviour("no rows mean no further statements", noRowsMeanNoFurtherStatements),
        DriverBehaviour("paths that start alike share their start", pathsThatStartAlikeShareTheirStart),
        DriverBehaviour("the same relation may be loaded at several places", theSameRelationMayBeLoadedAtSeveralPlaces),
        DriverBehaviour("the limit holds for each parent over a pivot too", theLimitHoldsForEachParentOverAPivotToo),
        DriverBehaviour("a refinement and a path below it are merged", aRefinementAndAPathBelowItAreMerged),
        DriverBehaviour(
            "a table may be prefetched through itself twice", .people, aTableMayBePrefetchedThroughItselfTwice),
        DriverBehaviour("loading a relation changes no column", loadingARelationChangesNoColumn),
        DriverBehaviour("a relation to one is fetched on purpose", aRelationToOneIsFetchedOnPurpose),
        DriverBehaviour("relations are equal when their ids are", relationsAreEqualWhenTheirIdsAre),
        DriverBehaviour(
            "rows and their relations come from one snapshot", opensTwice: true,
            rowsAndTheirRelationsComeFromOneSnapshot),
    ]

    private static func relationsThatAreNotLoadedThrowAndNameTheirPrefetch(_: BehaviourContext) async throws {
        let post = try await Post.get(1)
        #expect(post.author.id == 1)
        #expect(post.author.loaded == nil)
        #expect(post.comments.loaded == nil)
        let one = await ormError { _ = try post.author.username }
        #expect(one?.code == .relationNotLoaded)
        #expect(
            one?.message
                == #"Post.author is not loaded: add .prefetch(\.author) to the query, or fetch it with await"#)
        let many = await ormError { _ = try post.comments.items }
        #expect(many?.code == .relationNotLoaded)
        #expect(
            many?.message
                == #"Post.comments is not loaded: add .prefetch(\.comments) to the query, or fetch it with await"#)
        let given = await ormError { _ = try One<User>.id(7).value }
        #expect(
            given?.message == "the User is not loaded: fetch it with await, or load the relation with .prefetch")
    }

    private static func noRowsMeanNoFurtherStatements(_: BehaviourContext) async throws {
        try await expectQueries(atMost: 1) { () async throws in
            #expect(try await Post.filter { $0.id > 9 }.prefetch(\.author, \.comments.author).all().isEmpty)
        }
    }

    private static func pathsThatStartAlikeShareTheirStart(_: BehaviourContext) async throws {
        try await expectQueries(atMost: 4) {
            let posts = try await Post.prefetch(\.comments.author, \.comments.replies).prefetch(\.comments).all()
            #expect(try posts[0].comments.items.map { try $0.replies.items.count } == [2, 0, 0])
        }
    }

    private static func theSameRelationMayBeLoadedAtSeveralPlaces(_: BehaviourContext) async throws {
        let users = try await User.prefetch(\.posts.author.posts, \.comments.post.author).all()
        #expect(try users[0].posts.items.map { try $0.author.posts.items.map(\.id) } == [[1, 2], [1, 2]])
        #expect(try users[0].comments.items.map { try $0.post.author.username } == ["ada", "bob"])
        #expect(try users[2].posts.items.isEmpty)
    }

    private static func theLimitHoldsForEachParentOverAPivotToo(_: BehaviourContext) async throws {
        let posts = try await Post.prefetch(\.tags) { $0.order { $0.name.asc }.limit(1) }.all()
        #expect(try posts.map { try $0.tags.items.map(\.name) } == [["orm"], [], ["orm"], []])
        let tags = try await Tag.query.order { $0.id.asc }.prefetch(\.posts) {
            $0.filter { $0.tags.any { $0.name == "orm" } }.order { $0.id.desc }.limit(1).prefetch(\.tags, \.author)
        }.all()
        #expect(try tags.map { try $0.posts.items.map(\.id) } == [[1], [3], []])
        #expect(try tags[0].posts.items[0].tags.items.map(\.name) == ["swift", "orm"])
        #expect(try tags[1].posts.items[0].author.username == "bob")
    }

    private static func aRefinementAndAPathBelowItAreMerged(_: BehaviourContext) async throws {
        let posts = try await Post.prefetch(\.comments.author).prefetch(\.comments) {
            $0.order { $0.id.desc }.limit(2)
        }
        .all()
        #expect(try posts[0].comments.items.map(\.id) == [3, 2])
        #expect(try posts[0].comments.items.map { try $0.author?.username } == [nil, "ada"])
        let other = try await Post.prefetch(\.comments) { $0.limit(1).prefetch(\.replies) }.prefetch(
            \.comments.author
        )
        .all()
        #expect(try other[0].comments.items.map(\.id) == [1])
        #expect(try other[0].comments.items[0].author?.username == "bob")
        #expect(try other[0].comments.items[0].replies.items.map(\.id) == [2, 3])
    }

    private static func aTableMayBePrefetchedThroughItselfTwice(_: BehaviourContext) async throws {
        let people = try await Person.order { $0.id.asc }.prefetch(
            \.following.followers, \.staff.boss, \.boss.staff
        )
        .all()
        #expect(try people.map { try $0.following.items.map(\.name) } == [["bob"], ["cid"], ["bob"]])
        #expect(try people[0].following.items[0].followers.items.map(\.name) == ["ada", "cid"])
        #expect(try people[0].staff.items.map { try $0.boss?.name } == ["ada", "ada"])
        #expect(try people[1].boss?.staff.items.map(\.name) == ["bob", "cid"])
        let limited = try await Person.order { $0.id.asc }.prefetch(\.followers) { person in
            person.filter { $0.following.any { $0.followers.count == 2 } }.limit(1).prefetch(\.followers)
        }.all()
        #expect(try limited.map { try $0.followers.items.map(\.name) } == [[], ["ada"], []])
    }

    private static func loadingARelationChangesNoColumn(_: BehaviourContext) async throws {
        var post = try await Post.prefetch(\.author, \.comments.author, \.tags).all()[0]
        #expect(post.changedColumns.isEmpty)
        try await expectQueries(atMost: 0) { try await post.save() }
        #expect(try post.comments.items.allSatisfy(\.changedColumns.isEmpty))
    }

    private static func aRelationToOneIsFetchedOnPurpose(_: BehaviourContext) async throws {
        let comment = try await Comment.get(1)
        #expect(try await comment.author?().username == "bob")
        let loaded = try await Comment.prefetch(\.post).filter { $0.id == 1 }.get()
        try await expectQueries(atMost: 0) { () async throws in #expect(try await loaded.post().title == "One") }
        #expect(await ormError { _ = try await One<User>.id(99)() }?.code == .notFound)
    }

    private static func relationsAreEqualWhenTheirIdsAre(_: BehaviourContext) async throws {
        let loaded = try await Post.prefetch(\.author).filter { $0.id == 1 }.get()
        #expect(loaded.author == .id(1))
        #expect(Set([loaded.author, .id(1), .id(2)]).count == 2)
    }

    private static func rowsAndTheirRelationsComeFromOneSnapshot(_ test: BehaviourContext) async throws {
        let pause = Pause()
        try await test.withSecondProgram(observers: [pause]) { other in
            for verb in [FetchVerb.all, .first, .last, .get, .find] {
                let author = try await User.create(username: "\(verb)")
                let post = try await Post.create(title: "new", author: .init(author))
                pause.arm()
                let query = Post.prefetch(\.author).filter { $0.id == post.id }
                let reading = Task { try await verb.post(of: query, post.id, on: other)?.author.username }
                await pause.begins()
                try await author.delete()
                pause.end()
                #expect(try await reading.value == "\(verb)")
            }
        }
    }

    /// The verbs that give whole rows.
    private enum FetchVerb {
        case all, first, last, get, find

        func post(of query: Query<Post>, _ id: Int, on database: Database) async throws -> Post? {
            switch self {
            case .all: try await query.all(on: database).first
            case .first: try await query.first(on: database)
            case .last: try await query.limit(2).last(on: database)
            case .get: try await query.get(on: database)
            case .find: try await query.find(id, on: database)
            }
        }
    }
}

/// Stops a program after its next statement that gives rows, on its connection's own thread.
private final class Pause: QueryObserver {
    private let isArmed = Atomic(false)
    private let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    private let mayGo = DispatchSemaphore(value: 0)

    func arm() { isArmed.store(true, ordering: .relaxed) }

    /// Waits until the program stands still.
    func begins() async { for await _ in begun { break } }

    func end() { mayGo.signal() }

    func didRun(_ query: ObservedQuery) {
        guard query.rows > 0, isArmed.exchange(false, ordering: .relaxed) else { return }
        beginning.yield()
        mayGo.wait()
    }
}
