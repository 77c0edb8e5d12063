import ORM
import ORMTesting
import Testing

@Suite(.withTags(["swift-6", "Ärger", "ärger", "a.b", "axb", "line\nbreak", ""])) struct PatternTests {
    @Test func aPatternIsAPOSIXExtendedRegularExpression() async throws {
        #expect(try await Tag.filter { $0.name.matches("^[a-z]+-[0-9]$") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.matches("a\\.b") }.ids() == [4])
        #expect(try await Tag.filter { $0.name.matches("^a.b$") }.ids() == [4, 5])
        #expect(try await Tag.filter { $0.name.matches("^(line|swift)") }.ids() == [1, 6])
        #expect(try await Tag.filter { $0.name.matches("^$") }.ids() == [7])
        #expect(try await Tag.filter { $0.name.matches("") }.ids() == [1, 2, 3, 4, 5, 6, 7])
        #expect(try await Tag.exclude { $0.name.matches("[aä]") }.ids() == [1, 2, 7])
    }

    @Test func aCharacterOfSeveralBytesIsOneCharacter() async throws {
        #expect(try await Tag.filter { $0.name.matches("^.rger$") }.ids() == [2, 3])
        #expect(try await Tag.filter { $0.name.matches("^[äö]") }.ids() == [3])
    }

    @Test func theCaseOfAllOfUnicodeCanBeIgnored() async throws {
        #expect(try await Tag.filter { $0.name.imatches("^ÄRG") }.ids() == [2, 3])
        #expect(try await Tag.filter { $0.name.imatches("^SWIFT") }.ids() == [1])
        #expect(try await Tag.filter { $0.name.matches("^SWIFT") }.ids() == [])
    }

    @Test(.blog) func nullMatchesNothing() async throws {
        #expect(try await User.filter { $0.fullName.matches(".*") }.ids() == [1])
        #expect(try await User.exclude { $0.fullName.matches(".*") }.ids() == [2, 3])
        #expect(
            try User.exclude { $0.fullName.matches("x") }.sql().hasSuffix(
                #"WHERE (orm_matches(t0."full_name", ?) IS NOT TRUE) ORDER BY t0."id""#))
        #expect(try await User.select { $0.fullName.matches("A") }.all() == [true, false, false])
    }

    @Test func aPatternThatIsNoneIsAnErrorThatSaysWhy() async throws {
        let error = await ormError { _ = try await Tag.filter { $0.name.matches("(") }.all() }
        #expect(error?.code == .database)
        #expect(error?.message.hasPrefix("invalid regular expression: ") == true)
    }

    @Test func twoPatternsInOneQueryAreKeptApart() async throws {
        #expect(try await Tag.filter { $0.name.matches("^a") && $0.name.matches("b$") }.ids() == [4, 5])
        #expect(try await Tag.filter { $0.name.matches("^a") != $0.name.matches("b$") }.ids() == [])
    }
}
