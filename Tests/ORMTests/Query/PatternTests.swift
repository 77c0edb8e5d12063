import ORM
import ORMTesting
import Testing

@Suite(.withTags(["swift-6", "Ärger", "ärger", "a.b", "axb", "line\nbreak", ""])) struct PatternTests {
    @Test(.blog) func nullMatchesNothing() async throws {
        #expect(try await User.filter { $0.fullName.matches(".*") }.ids() == [1])
        #expect(try await User.exclude { $0.fullName.matches(".*") }.ids() == [2, 3])
        #expect(
            try User.exclude { $0.fullName.matches("x") }.sql().hasSuffix(
                #"WHERE (orm_matches(t0."full_name", ?) IS NOT TRUE) ORDER BY t0."id""#))
        #expect(try await User.select { $0.fullName.matches("A") }.all() == [true, false, false])
    }
}
