import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Rows as values in conditions.
    static let rowKeys: [DriverBehaviour] = [
        DriverBehaviour("a relation is compared with a row", aRelationIsComparedWithARow),
        DriverBehaviour("two paths lead to the same row", twoPathsLeadToTheSameRow),
    ]

    private static func aRelationIsComparedWithARow(_: BehaviourContext) async throws {
        let (ada, first) = (try await User.get(1), try await Comment.get(1))
        #expect(try await Post.filter { $0.author == ada }.ids() == [1, 2])
        #expect(try await Post.exclude { $0.author == ada }.ids() == [3, 4])
        #expect(try await Comment.filter { $0.parent == first }.ids() == [2, 3])
        #expect(try await Comment.filter { $0.parent != first }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent == .init(first) && $0.author == ada }.ids() == [2])
    }

    private static func twoPathsLeadToTheSameRow(_: BehaviourContext) async throws {
        #expect(try await Comment.filter { $0.author == $0.post.author }.ids() == [2])
        #expect(try await Comment.filter { $0.author != $0.post.author }.ids() == [1, 3, 4])
        #expect(try await Comment.filter { $0.parent.author == $0.author }.ids() == [])
        #expect(try await Comment.filter { $0.parent.post == $0.post }.ids() == [2, 3])
        // Both lead nowhere.
        #expect(try await Comment.filter { $0.parent.author == $0.parent.parent.author }.ids() == [1, 4])
        #expect(try await Comment.filter { $0.parent.author != $0.parent.parent.author }.ids() == [2, 3])
    }
}
