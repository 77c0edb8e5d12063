import FoundationEssentials
import ORM
import ORMTesting
import Testing

@Suite(.tables(Sample.self, LoginSession.self)) struct StoredValueTests {
    @Test(arguments: [
        ("a", "'text'", "a of the result holds text of another form where an integer was expected"),
        ("a", "1.5", "a of the result holds a real number where an integer was expected"),
        ("n", "x'00'", "n of the result holds a blob where an integer was expected"),
        ("flag", "2", "flag of the result holds an integer where 0 or 1 was expected"),
        ("text", "x'ff'", "text of the result holds a blob where text was expected"),
        ("text", "CAST(x'ff' AS TEXT)", "text of the result holds text of another form where valid UTF-8 was expected"),
        ("real", "'many'", "real of the result holds text of another form where a number was expected"),
        (
            "day", "'yesterday'",
            "day of the result holds text of another form where an instant such as 2025-02-13T10:20:30.000000Z was expected"
        ),
        (
            "day", "17",
            "day of the result holds an integer where an instant such as 2025-02-13T10:20:30.000000Z was expected"
        ),
        ("small", "3000000000", "small of the result holds another number where a number that fits Int32 was expected"),
        ("mood", "'sad'", "mood of the result holds another value where one of happy, grumpy was expected"),
    ])
    func aStoredValueOfAnotherTypeIsAnErrorThatNamesTheColumn(_ column: String, _ value: String, _ message: String)
        async throws
    {
        // The tables have no types that SQLite would enforce: https://sqlite.org/flexibletypegood.html
        try await execute("CREATE TABLE loose AS SELECT * FROM samples")
        try await execute("DROP TABLE samples")
        try await execute(
            "CREATE TABLE samples (id INTEGER PRIMARY KEY, a, b, text, n DEFAULT 0, flag DEFAULT 0, real, day, small, mood)"
        )
        // What a file may hold that was made before the column had its range.
        try await execute("PRAGMA ignore_check_constraints = ON")
        try await execute("INSERT INTO samples (\(column)) VALUES (\(value))")
        let error = await ormError { _ = try await Sample.all() }
        #expect(error?.code == .database)
        #expect(error?.message == "the column \(message)")
    }

    @Test func uuidsAreStoredAsText() async throws {
        let id = UUID(uuidString: "6F9619FF-8B86-D011-B42D-00C04FC964FF") ?? UUID()
        try await LoginSession.create(id: id, token: [])
        #expect(
            try await rows(of: "SELECT id FROM sessions", TupleDecoder<String>()) == [
                "6F9619FF-8B86-D011-B42D-00C04FC964FF"
            ])
        #expect(try await LoginSession.find(id) != nil)
        try await execute("UPDATE sessions SET id = 'no uuid'")
        #expect(await ormError { _ = try await LoginSession.all() }?.code == .database)
    }
}
