import FoundationEssentials
import ORM
import ORMTesting
import Testing

/// ada has a profile, bob has none.
@Suite(.accounts) struct OneToOneTests {
    @Test func theOtherSideIsOneRowOrNone() async throws {
        let sql = try await recorded { () async throws in
            let accounts = try await Account.prefetch(\.profile).all()
            #expect(try accounts.map { try $0.profile.item?.city } == ["Oslo", nil])
            #expect(try await accounts[1].profile() == nil)
        }
        #expect(sql.count == 2)
        #expect(
            sql.last == """
                SELECT t0."account_id", t0."id", t0."city", t0."account_id" FROM "profiles" AS t0 \
                WHERE t0."account_id" IN (SELECT value FROM json_each(?)) ORDER BY t0."account_id", t0."id"
                """)
        let plain = try await Account.get(1)
        #expect(!plain.profile.isLoaded)
        #expect(
            await ormError { _ = try plain.profile.item }?.message
                == #"Account.profile is not loaded: add .prefetch(\.profile) to the query, or fetch it with await"#)
        #expect(try await plain.profile()?.city == "Oslo")
        #expect(try await Account.get(2).profile() == nil)
    }

    @Test func conditionsReachAcrossItBothWays() async throws {
        #expect(try await Account.filter { $0.profile.city == "Oslo" }.ids() == [1])
        #expect(try await Account.filter { $0.profile.city != "Oslo" }.ids() == [2])
        #expect(try await Account.filter { $0.profile == nil }.ids() == [2])
        #expect(try await Account.filter { $0.profile != nil }.ids() == [1])
        #expect(try await Profile.filter { $0.account.email == "ada@b.c" }.count() == 1)
        #expect(
            try await Account.order { $0.id.asc }.select { ($0.email, $0.profile.account.id) }.all().map(\.1) == [
                1, nil,
            ])
        let sql = try await recorded { () async throws in
            _ = try await Account.filter { $0.profile.city == "Oslo" }.count()
        }
        #expect(
            sql == [
                """
                SELECT COUNT(*) FROM "accounts" AS t0 LEFT JOIN "profiles" AS t1 ON t1."account_id" = t0."account_id" \
                WHERE (t1."city" = ?)
                """
            ])
    }

    @Test func updatesAndDeletionsReachAcrossItToo() async throws {
        #expect(try await Account.filter { $0.profile.city == "Oslo" }.update(.set(\.stars, 5)) == 1)
        try await Transfer.query.delete()
        #expect(try await Account.filter { $0.profile == nil }.delete() == 1)
        #expect(try await Account.query.ids() == [1])
    }

    @Test func aSecondRowIsRefused() async throws {
        let error = await ormError { try await Profile.create(city: "Rome", account: .id(1)) }
        #expect(error?.database?.kind == .unique(columns: ["profiles.account_id"]))
        try await Profile.create(city: "Rome", account: .id(2))
        try await Transfer.query.delete()
        try await Account.get(1).delete()
        #expect(try await Profile.all().map(\.city) == ["Rome"])
    }

    @Test func pathsGoOnBehindIt() async throws {
        let transfers = try await Transfer.prefetch(\.from.profile, \.to).all()
        #expect(try transfers[0].from.profile.item?.city == "Oslo")
        #expect(try transfers[0].to.email == "bob@b.c")
    }

    @Test func twoRelationsToOneTableAreKeptApart() async throws {
        let accounts = try await Account.prefetch(\.outgoing, \.incoming).all()
        #expect(try accounts.map { try $0.outgoing.items.count } == [2, 1])
        #expect(try accounts.map { try $0.incoming.items.count } == [1, 2])
        let rows = try await Account.order { $0.id.asc }
            .select { ($0.outgoing.count, $0.incoming.count, $0.incoming.sum { $0.amount }) }.all()
        #expect(rows.map(\.0) == [2, 1] && rows.map(\.1) == [1, 2])
        #expect(rows.map(\.2) == [7, 3])
        #expect(try await Transfer.filter { $0.from.email == "ada@b.c" && $0.to.email == "bob@b.c" }.count() == 2)
    }
}

extension Trait where Self == DatabaseTrait {
    fileprivate static var accounts: DatabaseTrait {
        DatabaseTrait(
            fixture: Fixture([Account.self, Profile.self, Transfer.self]) {
                let accounts = try await Account.insert([.init(email: "ada@b.c"), .init(email: "bob@b.c")])
                try await Profile.create(city: "Oslo", account: .init(accounts[0]))
                try await Transfer.insert([
                    .init(from: .id(1), to: .id(2), amount: 1), .init(from: .id(1), to: .id(2), amount: 2),
                    .init(from: .id(2), to: .id(1), amount: 7),
                ])
            })
    }
}
