import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Order, windows, pages, aggregates and groups.
    static let verbs: [DriverBehaviour] = [
        DriverBehaviour("null comes first ascending and last descending", nullComesFirstAscendingAndLastDescending),
        DriverBehaviour("the default order holds until another is given", theDefaultOrderHoldsUntilAnotherIsGiven),
        DriverBehaviour("limit and offset cut the ordered rows", limitAndOffsetCutTheOrderedRows),
        DriverBehaviour("a window always holds the same rows among ties", aWindowAlwaysHoldsTheSameRowsAmongTies),
        DriverBehaviour("last is exactly the first of the reversed order", lastIsExactlyTheFirstOfTheReversedOrder),
        DriverBehaviour("pages of tied rows hold each row once", pagesOfTiedRowsHoldEachRowOnce),
        DriverBehaviour("get wants exactly one row", getWantsExactlyOneRow),
        DriverBehaviour("exists and count honour the window", existsAndCountHonourTheWindow),
        DriverBehaviour("aggregates over all rows", aggregatesOverAllRows),
        DriverBehaviour("aggregates over no rows are nil", aggregatesOverNoRowsAreNil),
        DriverBehaviour("aggregates of optional columns are flat", aggregatesOfOptionalColumnsAreFlat),
        DriverBehaviour("aggregates over a window see the window only", aggregatesOverAWindowSeeTheWindowOnly),
        DriverBehaviour("select gives typed tuples", selectGivesTypedTuples),
        DriverBehaviour("distinct gives each tuple once", distinctGivesEachTupleOnce),
        DriverBehaviour("groups have aggregates having order and limit", groupsHaveAggregatesHavingOrderAndLimit),
        DriverBehaviour(
            "aggregates of optional columns in a group can be nil", aggregatesOfOptionalColumnsInAGroupCanBeNil),
        DriverBehaviour("a grouped window groups the window only", aGroupedWindowGroupsTheWindowOnly),
        DriverBehaviour("groups may have several keys and distinct counts", groupsMayHaveSeveralKeysAndDistinctCounts),
        DriverBehaviour("the key of a group may be made with values", theKeyOfAGroupMayBeMadeWithValues),
    ]

    private static func nullComesFirstAscendingAndLastDescending(_: BehaviourContext) async throws {
        #expect(try await Post.order({ $0.rating.asc }, { $0.id.asc }).ids() == [2, 4, 3, 1])
        #expect(try await Post.order({ $0.rating.desc }, { $0.id.asc }).ids() == [1, 3, 2, 4])
    }

    private static func theDefaultOrderHoldsUntilAnotherIsGiven(_: BehaviourContext) async throws {
        #expect(try await Post.query.ids() == [1, 2, 3, 4])
        #expect(try await Post.order { $0.title.asc }.ids() == [4, 1, 3, 2])
        #expect(try await Comment.query.order { $0.post.title.desc }.order { $0.id.desc }.ids() == [4, 3, 2, 1])
    }

    private static func limitAndOffsetCutTheOrderedRows(_: BehaviourContext) async throws {
        #expect(try await Post.limit(2).ids() == [1, 2])
        #expect(try await Post.limit(2).offset(1).ids() == [2, 3])
        #expect(try await Post.query.offset(3).ids() == [4])
        #expect(try await Post.limit(0).ids() == [])
        #expect(try await Post.limit(-1).ids() == [])
        #expect(try await Post.query.offset(-1).limit(.max).ids() == [1, 2, 3, 4])
    }

    private static func aWindowAlwaysHoldsTheSameRowsAmongTies(_: BehaviourContext) async throws {
        let ties = Post.order { $0.viewCount.desc }
        #expect(try await ties.limit(1).ids() == [4])
        #expect(try await ties.first()?.id == 4)
        #expect(try await ties.limit(1).count() == 1)
        #expect(try await ties.limit(1).select { $0.id }.all() == [4])
        #expect(try await ties.limit(1).update(.set(\.title, "changed")) == 1)
        #expect(try await Post.filter { $0.title == "changed" }.ids() == [4])
    }

    private static func lastIsExactlyTheFirstOfTheReversedOrder(_: BehaviourContext) async throws {
        #expect(try await Post.query.last()?.id == 4)
        #expect(try await Post.order { $0.viewCount.desc }.first()?.id == 4)
        #expect(try await Post.order { $0.viewCount.desc }.last()?.id == 3)
        #expect(try await Post.order { $0.viewCount.asc }.first()?.id == 3)
        #expect(try await Post.order { $0.viewCount.asc }.last()?.id == 4)
        #expect(try await Post.order { $0.published.asc }.first()?.id == 2)
        #expect(try await Post.order { $0.published.asc }.last()?.id == 4)
        #expect(try await Post.order { $0.published.desc }.last()?.id == 2)
        #expect(try await Post.order { $0.published.desc }.limit(2).last()?.id == 3)
        #expect(try await Post.limit(2).last()?.id == 2)
        #expect(try await Post.filter { $0.id > 9 }.last() == nil)
        #expect(try await Post.filter { $0.id > 9 }.first() == nil)
    }

    private static func pagesOfTiedRowsHoldEachRowOnce(_: BehaviourContext) async throws {
        let query = Post.order { $0.published.desc }
        var seen: [Int] = []
        for offset in 0..<4 {
            let page = try await query.page(limit: 1, offset: offset)
            #expect((page.total, page.limit, page.offset, page.hasNext) == (4, 1, offset, offset < 3))
            seen += page.items.map(\.id)
        }
        #expect(seen == [4, 3, 1, 2])
        let empty = try await query.page(limit: 10, offset: 99)
        #expect((empty.items.count, empty.total, empty.hasNext) == (0, 4, false))
    }

    private static func getWantsExactlyOneRow(_: BehaviourContext) async throws {
        #expect(try await Post.filter { $0.title == "Two" }.get().id == 2)
        #expect(await ormError { _ = try await Post.filter { $0.published }.get() }?.code == .multipleFound)
        #expect(await ormError { _ = try await Post.filter { $0.title == "Nine" }.get() }?.code == .notFound)
        #expect(await ormError { _ = try await Post.get(99) }?.code == .notFound)
        #expect(await ormError { _ = try await Post.get(99) }?.httpStatus == 404)
        #expect(try await Post.find(99) == nil)
        #expect(try await Post.find(2)?.title == "Two")
    }

    private static func existsAndCountHonourTheWindow(_: BehaviourContext) async throws {
        #expect(try await Post.query.exists())
        #expect(try await !Post.filter { $0.viewCount > 99 }.exists())
        #expect(try await !Post.query.offset(4).exists())
        #expect(try await !Post.limit(0).exists())
        #expect(try await Post.limit(3).count() == 3)
        #expect(try await Post.query.offset(3).count() == 1)
        #expect(try await Post.limit(0).count() == 0)
        #expect(try await Post.count() == 4)
    }

    private static func aggregatesOverAllRows(_: BehaviourContext) async throws {
        #expect(try await Post.query.sum { $0.viewCount } == 13)
        #expect(try await Post.query.average { $0.viewCount } == 3.25)
        #expect(try await Post.query.min { $0.title } == "Four")
        #expect(try await Post.query.max { $0.viewCount } == 5)
        #expect(try await Comment.query.max { $0.post.viewCount } == 5)
    }

    private static func aggregatesOverNoRowsAreNil(_: BehaviourContext) async throws {
        let none = Post.filter { $0.id > 9 }
        #expect(try await none.sum { $0.viewCount } == nil)
        #expect(try await none.average { $0.viewCount } == nil)
        #expect(try await none.min { $0.createdAt } == nil)
        #expect(try await none.max { $0.title } == nil)
    }

    private static func aggregatesOfOptionalColumnsAreFlat(_: BehaviourContext) async throws {
        let sum: Double? = try await Post.query.sum { $0.rating }
        let average: Double? = try await Post.query.average { $0.rating }
        let least: Double? = try await Post.query.min { $0.rating }
        let most: Double? = try await Post.query.max { $0.rating }
        #expect([sum, average, least, most] == [7.5, 3.75, 3, 4.5])
        let nothing: Double? = try await Post.filter { $0.rating == nil }.max { $0.rating }
        #expect(nothing == nil)
    }

    private static func aggregatesOverAWindowSeeTheWindowOnly(_: BehaviourContext) async throws {
        #expect(try await Post.order { $0.id.desc }.limit(2).sum { $0.viewCount } == 6)
        #expect(try await Post.limit(2).average { $0.viewCount } == 3.5)
        #expect(try await Post.query.offset(2).max { $0.title } == "Three")
    }

    private static func selectGivesTypedTuples(_: BehaviourContext) async throws {
        let rows: [(Int, String, Double?)] = try await Post.select { ($0.id, $0.author.username, $0.rating) }.all()
        #expect(rows.map(\.0) == [1, 2, 3, 4])
        #expect(rows.map(\.1) == ["ada", "ada", "bob", "bob"])
        #expect(rows.map(\.2) == [4.5, nil, 3, nil])
        let first = try await Post.order { $0.id.desc }.select { $0.title }.first()
        #expect(first == "Four")
        let none = try await Post.filter { $0.id > 9 }.select { $0.title }.first()
        #expect(none == nil)
    }

    private static func distinctGivesEachTupleOnce(_: BehaviourContext) async throws {
        #expect(try await Post.order { $0.viewCount.asc }.select { $0.viewCount }.distinct().all() == [1, 2, 5])
        let first = try await Post.order { $0.viewCount.desc }.limit(3).select { $0.viewCount }.distinct().first()
        #expect(first == 5)
    }

    private static func groupsHaveAggregatesHavingOrderAndLimit(_: BehaviourContext) async throws {
        let rows = try await Post.group { $0.author.username }
            .select { ($0.author.username, $0.count, $0.sum { $0.viewCount }, $0.average { $0.viewCount }) }.all()
        #expect(rows.map(\.0) == ["ada", "bob"])
        #expect(rows.map(\.1) == [2, 2])
        #expect(rows.map(\.2) == [7, 6])
        #expect(rows.map(\.3) == [3.5, 3])
        #expect(
            try await Post.group { $0.published }.having { $0.count > 1 }.select { ($0.published, $0.count) }.all()
                .map(
                    \.1)
                == [3])
        let top = try await Post.filter { $0.published }.group { $0.viewCount }
            .order({ $0.count.desc }).limit(1).select { ($0.viewCount, $0.count) }.all()
        #expect(top.map(\.0) == [5])
        #expect(top.map(\.1) == [2])
    }

    private static func aggregatesOfOptionalColumnsInAGroupCanBeNil(_: BehaviourContext) async throws {
        let rows = try await Post.group { $0.viewCount }
            .select { ($0.viewCount, $0.sum { $0.rating }, $0.average { $0.rating }, $0.max { $0.rating }) }.all()
        #expect(rows.map(\.0) == [1, 2, 5])
        #expect(rows.map(\.1) == [3, nil, 4.5])
        #expect(rows.map(\.2) == [3, nil, 4.5])
        #expect(rows.map(\.3) == [3, nil, 4.5])
    }

    private static func aGroupedWindowGroupsTheWindowOnly(_: BehaviourContext) async throws {
        let rows = try await Post.order { $0.id.desc }.limit(3).group { $0.author.id }.select {
            ($0.author.id, $0.count)
        }.all()
        #expect(rows.map(\.0) == [1, 2])
        #expect(rows.map(\.1) == [1, 2])
    }

    private static func theKeyOfAGroupMayBeMadeWithValues(_: BehaviourContext) async throws {
        func isRead(_ views: Expr<Int>) -> Expr<String> { when(views >= 2, then: "much").else("little") }
        let rows = try await Post.filter { $0.viewCount < 100 }.group { isRead($0.viewCount) }
            .having { $0.count < 100 }.order { isRead($0.viewCount).desc }
            .select { (isRead($0.viewCount), $0.count) }.all()
        #expect(rows.map { "\($0.0) \($0.1)" } == ["much 3", "little 1"])
        #expect(try await Post.group { isRead($0.viewCount) }.count() == 2)
    }

    private static func groupsMayHaveSeveralKeysAndDistinctCounts(_: BehaviourContext) async throws {
        let rows = try await Post.group { ($0.author.id, $0.published) }
            .select { ($0.author.id, $0.published, $0.count(distinct: { $0.viewCount }), $0.min { $0.title }) }
            .all()
        #expect(rows.map(\.0) == [1, 1, 2])
        #expect(rows.map(\.1) == [false, true, true])
        #expect(rows.map(\.2) == [1, 1, 2])
        #expect(rows.map(\.3) == ["Two", "One", "Four"])
    }
}
