import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

/// A slug that is unique among the rows that are not deleted, and a column that may be NULL.
@Model("articles")
private struct Article {
    @PrimaryKey var id: Int
    var slug: String
    @Column(.unique) var code: String?
    @Column(.decimal(8, 2), .unique) var price: Decimal = 0
    @Column(.max(5)) var title: String = ""
    @SoftDelete var deletedAt: Date?

    static var options: Options<Article> {
        .init(order: [.asc(\.id)], indexes: [.unique(\.slug).where { $0.deletedAt == nil }, .on(\.slug)])
    }
}

/// A pivot with a key that the library makes and a timestamp.
@Model("memberships")
private struct Membership {
    @PrimaryKey var id: UUID
    @ForeignKey(onDelete: .cascade) var club: One<Club>
    @ForeignKey(onDelete: .cascade) var member: One<Member>
    @Timestamp(.created) var joinedAt: Date
    var role: String?

    static var options: Options<Membership> { .init(indexes: [.unique(\.club, \.member)]) }
}

/// A pivot that lacks its unique index, and one with a column that nobody gives.
@Model("loose_links")
private struct LooseLink {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var club: One<Club>
    @ForeignKey(onDelete: .cascade) var member: One<Member>
}

@Model("full_links")
private struct FullLink {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .cascade) var club: One<Club>
    @ForeignKey(onDelete: .cascade) var member: One<Member>
    var note: String

    static var options: Options<FullLink> { .init(indexes: [.unique(\.club, \.member)]) }
}

@Model("clubs")
private struct Club {
    @PrimaryKey var id: Int
    @ManyToMany(through: Membership.self, \.club, \.member) var members: Many<Member>
    @ManyToMany(through: LooseLink.self, \.club, \.member) var loose: Many<Member>
    @ManyToMany(through: FullLink.self, \.club, \.member) var full: Many<Member>
}

@Model("members")
private struct Member {
    @PrimaryKey var id: Int
    var name: String = ""
}

@Suite struct WritingRuleTests {
    private func withArticles(
        signals: (inout Signals, Shared<[String]>) -> Void = { _, _ in },
        _ body: nonisolated(nonsending) (Shared<[String]>) async throws -> Void
    ) async throws {
        let heard = Shared<[String]>([])
        var given = Signals()
        signals(&given, heard)
        let db = try await Database.open(SQLiteDriver.inMemory, signals: given)
        try await db.createSchema(for: [
            Article.self, Club.self, Member.self, Membership.self, LooseLink.self, FullLink.self,
        ])
        try await db.use { try await body(heard) }
        await db.close()
    }

    @Test func deletedRowsAreSeenOnlyWhereThereAreSuch() async throws {
        try await withArticles { (_) async throws in
            try await Member.create()
            #expect(try await Member.query.deleted(.only).count() == 0)
            #expect(try await Member.query.deleted(.only).delete(permanently: true) == 0)
            #expect(try await Member.query.deleted(.included).count() == 1)
            #expect(await ormError { try await Member.query.restore() }?.code == .configuration)
        }
    }

    @Test func valuesThatAConflictSetsKeepTheRulesToo() async throws {
        try await withArticles { (_) async throws in
            try await Article.create(slug: "a", code: "1")
            let again = [Article.New(slug: "b", code: "1", price: 1)]
            let long = await ormError {
                try await Article.insert(again, onConflict: .update(on: \.code, .set(\.title, "longer")))
            }
            #expect(long?.violations.map(\.field) == ["articles.title"])
            let fine = await ormError {
                try await Article.insert(again, onConflict: .update(on: \.code, .set(\.price, Decimal(1005) / 1000)))
            }
            #expect(fine?.violations.map(\.field) == ["articles.price"])
            #expect(try await Article.get(1).price == 0)
        }
    }

    @Test func nothingIsFoundByNilNorWithoutAUniqueIndex() async throws {
        try await withArticles { (_) async throws in
            let null = await ormError { _ = try await Article.getOrCreate(.init(slug: "a"), on: \.code) }
            #expect(null?.message == "articles.code is nil, and so no row can be found by it")
            #expect(
                await ormError { _ = try await Article.updateOrCreate(.init(slug: "a"), on: \.code) }?.code
                    == .validationFailure)
            let open = await ormError { _ = try await Article.getOrCreate(.init(slug: "a"), on: \.title) }
            #expect(open?.code == .configuration)
            #expect(try await Article.count() == 0)
        }
    }

    @Test func aDecimalColumnFindsItsRow() async throws {
        try await withArticles { (_) async throws in
            let row = try await Article.create(slug: "a", price: Decimal(15) / 10)
            let (found, created) = try await Article.getOrCreate(
                .init(slug: "b", price: Decimal(150) / 100), on: \.price)
            #expect(found.id == row.id && !created)
            let (changed, isNew) = try await Article.updateOrCreate(
                .init(slug: "c", price: Decimal(15) / 10), on: \.price)
            #expect(changed.id == row.id && changed.slug == "c" && !isNew)
        }
    }

    @Test func aPartialIndexCanBeTheConflictThatIsMeant() async throws {
        try await withArticles { (_) async throws in
            let old = try await Article.create(slug: "a", price: 1)
            try await old.delete()
            let (new, created) = try await Article.getOrCreate(.init(slug: "a", price: 2), on: \.slug)
            #expect(new.id == 2 && created)
            let (same, isNew) = try await Article.updateOrCreate(.init(slug: "a", price: 3), on: \.slug)
            #expect(same.id == 2 && same.price == 3 && !isNew)
            #expect(try await Article.query.deleted(.only).all().map(\.price) == [1])
        }
    }

    @Test func aDeletedRowThatHoldsTheValueIsNamedAndNotRevived() async throws {
        try await withArticles { (_) async throws in
            try await Article.create(slug: "a", code: "1").delete()
            let get = await ormError {
                _ = try await Article.getOrCreate(.init(slug: "b", code: "1", price: 1), on: \.code)
            }
            #expect(get?.code == .validationFailure)
            #expect(get?.message.hasSuffix("in a column that is not code, or with one that is deleted") == true)
            let update = await ormError {
                _ = try await Article.updateOrCreate(.init(slug: "b", code: "1", price: 1), on: \.code)
            }
            #expect(update?.code == .validationFailure)
            #expect(try await Article.query.deleted(.only).all().map(\.slug) == ["a"])
            let rows = try await Article.insert(
                [.init(slug: "b", code: "1", price: 1)], onConflict: .replace(on: \.code))
            #expect(rows[0].deletedAt != nil && rows[0].slug == "b")
        }
    }

    @Test func handlersMayChangeWhatARowIsFoundBy() async throws {
        try await withArticles { signals, heard in
            signals.willInsert(Article.self) { $0.slug = $0.slug.lowercased() }
            signals.didInsert(Article.self) { row in heard.change { $0.append("did insert \(row.slug)") } }
            signals.didUpdate(Article.self) { row in heard.change { $0.append("did update \(row.slug)") } }
        } _: { (heard) async throws in
            #expect(try await Article.getOrCreate(.init(slug: "Notes"), on: \.slug).created)
            #expect(try await !Article.getOrCreate(.init(slug: "NOTES", price: 1), on: \.slug).created)
            #expect(try await !Article.updateOrCreate(.init(slug: "Notes", price: 2), on: \.slug).created)
            #expect(heard.value == ["did insert notes", "did update notes"])
        }
    }

    @Test func aRowThatIsSavedTwiceEndsAsItsLastCopy() async throws {
        try await withArticles { (_) async throws in
            let row = try await Article.create(slug: "a")
            var copies = [row, row, row]
            copies[0].title = "1"
            (copies[1].title, copies[1].slug) = ("2", "b")
            copies[2].title = "3"
            try await copies.save()
            #expect(try await Article.get(row.id).title == "3")
        }
    }

    @Test func linkingGivesAPivotItsKeyAndItsTimestamps() async throws {
        try await withArticles { (_) async throws in
            let club = try await Club.create()
            let members = try await Member.insert([.init(name: "ada"), .init(name: "bob")])
            try await club.members.add(members)
            try await club.members.add(members)
            let links = try await Membership.all()
            #expect(Set(links.map(\.member.id)) == [1, 2])
            #expect(links.allSatisfy { $0.joinedAt > Date(timeIntervalSince1970: 1_700_000_000) && $0.role == nil })
            let loose = await ormError { try await club.loose.add(members) }
            #expect(loose?.code == .configuration)
            #expect(
                loose?.message
                    == "loose_links has no unique index over club_id and member_id, so rows could be linked twice: add .unique to its options"
            )
            let full = await ormError { try await club.full.add(members) }
            #expect(full?.message == "full_links.note needs a value of its own: insert rows of FullLink instead")
        }
    }

    @Test func anUpdateCannotTakeANumberOutOfItsType() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [EveryType.self]) { (_) async throws in
            let row = try await EveryType.create(int8: 100, uint: 3)
            let over = await ormError { try await EveryType.query.update(.set(\.int8) { $0.int8 + 100 }) }
            #expect(over?.httpStatus == 400 && over?.code == .database)
            let under = await ormError { try await EveryType.query.update(.set(\.uint) { $0.uint - 5 }) }
            #expect(under?.code == .database)
            #expect(try await EveryType.get(row.id).int8 == 100)
        }
    }

    @Test func anInvalidValueIsAValidationFailureWhateverItsRules() async throws {
        try await withTestDatabase(SQLiteDriver.inMemory, [Ruled.self]) { (_) async throws in
            let error = await ormError { try await Ruled.create(number: .max) }
            #expect(error?.code == .validationFailure)
            let digits = await ormError {
                try await Ruled.create(big: Decimal(sign: .plus, exponent: 20, significand: 1))
            }
            #expect(digits?.code == .unsupported)
            #expect(digits?.message == "ruled.big has more digits than sqlite stores exactly: 18 at most")
            #expect(try await Ruled.count() == 0)
        }
    }
}

@Model("ruled")
private struct Ruled {
    @PrimaryKey var id: Int
    @Column(.validate(.range(1...5))) var number: UInt64 = 1
    @Column(.decimal(30, 2)) var big: Decimal = 0
}
