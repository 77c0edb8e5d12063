import ORM
import Testing

extension DriverBehaviour {
    /// Nothing that a value holds means anything to the engine.
    static let texts: [DriverBehaviour] = [
        DriverBehaviour("a value is never part of the statement", .withTags(hostile), aValueIsNeverPartOfTheStatement),
        DriverBehaviour(
            "lists of fifty thousand values are exact, and so are their opposites",
            listsOfFiftyThousandValuesAreExactAndSoAreTheirOpposites),
        DriverBehaviour(
            "equality knows case and spaces", .withTags(["a", "A", "a ", "ä", "a\u{308}"]), equalityKnowsCaseAndSpaces),
    ]

    private static func aValueIsNeverPartOfTheStatement(_: BehaviourContext) async throws {
        for (index, text) in hostile.enumerated() {
            #expect(try await Tag.filter { $0.name == text }.ids() == [index + 1])
            #expect(try await Tag.filter { $0.name.isIn([text]) }.ids() == [index + 1])
            #expect(try await Tag.filter { $0.name.contains(text) }.ids().contains(index + 1))
            #expect(try await Rows<Int>.raw("SELECT id FROM tags WHERE name = \(text)").all() == [index + 1])
            try await Tag.filter { $0.name == text }.update(.set(\.name, text + "!"))
            #expect(try await Tag.get(index + 1).name == text + "!")
        }
        #expect(try await Tag.count() == hostile.count)
    }

    private static func listsOfFiftyThousandValuesAreExactAndSoAreTheirOpposites(_: BehaviourContext) async throws {
        let numbers = Array(3...50_002)
        #expect(try await Post.filter { $0.id.isIn(numbers) }.order { $0.id.desc }.limit(5).ids() == [4, 3])
        #expect(try await Post.exclude { $0.id.isIn(numbers) }.ids() == [1, 2])
        let names = numbers.map { "user \($0)" } + ["bob", "it's"]
        #expect(try await User.filter { $0.username.isIn(names) }.ids() == [2])
        #expect(try await User.exclude { $0.username.isIn(names) }.count() == 2)
    }

    private static func equalityKnowsCaseAndSpaces(_: BehaviourContext) async throws {
        for (index, name) in ["a", "A", "a ", "ä", "a\u{308}"].enumerated() {
            let found = try await Tag.filter { $0.name == name }.all()
            #expect(found.map(\.id) == [index + 1])
        }
    }

    private static let hostile = [
        "'; DROP TABLE tags; --", "\" OR 1 = 1 --", "\\'", "%", "_", "?", "$1", "@p1", "${name}", "\\u0027", "🦄'",
        "'' OR ''=''", "*/", "/*", "\r\n", "\u{1a}",
    ]
}
