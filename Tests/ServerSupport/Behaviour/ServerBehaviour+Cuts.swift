import ORM
import ORMTesting
import Testing

extension ServerBehaviour {
    /// Connections that the server ends.
    static let cuts: [ServerBehaviour] = [
        ServerBehaviour(
            "a connection that is cut in mid-transaction loses nothing else",
            aConnectionThatIsCutInMidTransactionLosesNothingElse),
        ServerBehaviour(
            "a connection that is cut while rows stream ends the stream",
            aConnectionThatIsCutWhileRowsStreamEndsTheStream),
        ServerBehaviour(
            "a connection that died while it was idle is replaced", aConnectionThatDiedWhileItWasIdleIsReplaced),
    ]

    private static func aConnectionThatIsCutInMidTransactionLosesNothingElse(_ test: Context) async throws {
        let db = test.db
        let error = await ormError {
            try await db.transaction { _ in
                try await Tag.create(name: "lost")
                try await test.sessions.end(try await test.session())
                try await Tag.create(name: "never")
            }
        }
        #expect(error?.database?.kind == .unavailable)
        #expect(error?.message.contains(test.sessions.lostMessage) == true)
        #expect(try await Tag.count() == 0)
        try await db.transaction { _ in _ = try await Tag.create(name: "after") }
        #expect(try await Tag.all().map(\.name) == ["after"])
        try await test.expectNoMoreConnectionsThanThePoolHas()
    }

    private static func aConnectionThatIsCutWhileRowsStreamEndsTheStream(_ test: Context) async throws {
        try await Tag.insert((0..<5_000).map { Tag.New(name: "\($0)") })
        let seen = Shared(0)
        let error = await ormError {
            try await Tag.query.stream(batch: 100) { tags in
                for try await _ in tags {
                    seen.change { $0 += 1 }
                    if seen.value == 250 { try await test.sessions.end(try await test.session()) }
                }
            }
        }
        #expect(error?.database?.kind == .unavailable)
        #expect(seen.value >= 250 && seen.value <= 300)
        #expect(try await Tag.count() == 5_000)
        try await test.expectNoMoreConnectionsThanThePoolHas()
    }

    private static func aConnectionThatDiedWhileItWasIdleIsReplaced(_ test: Context) async throws {
        for round in 0..<3 {
            let session = try await test.session()
            try await test.sessions.end(session)
            try await Tag.create(name: "\(round)")
            #expect(try await test.session() != session)
        }
        #expect(try await Tag.count() == 3)
    }
}
