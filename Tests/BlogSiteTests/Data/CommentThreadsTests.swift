import Testing

@testable import BlogSite

@Suite struct CommentThreadsTests {
    private func comment(_ id: Int, _ parent: Int? = nil, at second: Int? = nil) -> CommentRecord {
        CommentRecord(
            id: id, postID: 1, parentID: parent, authorName: "n", content: "c",
            createdAt: Instant(microseconds: (second ?? id) * 1_000_000))
    }

    /// `1(2(3) 4)` with each comment's depth behind a colon.
    private func shape(_ nodes: [CommentThreads.Node]) -> String {
        nodes.map { node in
            "\(node.comment.id):\(node.depth)" + (node.replies.isEmpty ? "" : "(\(shape(node.replies)))")
        }.joined(separator: " ")
    }

    @Test func `replies stand under what they answer and the oldest comes first`() {
        let comments = [comment(4), comment(3, 2), comment(2, 1), comment(1), comment(5, 1, at: 0)]
        #expect(shape(CommentThreads.build(comments, maxDepth: 6)) == "1:1(5:2 2:2(3:3)) 4:1")
    }

    @Test(arguments: [
        (1, "1:1 2:1 3:1 4:1 5:1"), (2, "1:1(2:2 3:2 4:2 5:2)"), (3, "1:1(2:2(3:3 4:3 5:3))"),
        (5, "1:1(2:2(3:3(4:4(5:5))))"),
    ])
    func `a reply deeper than the limit stands at the limit`(limit: Int, expected: String) {
        let chain = [comment(1), comment(2, 1), comment(3, 2), comment(4, 3), comment(5, 4)]
        #expect(shape(CommentThreads.build(chain, maxDepth: limit)) == expected)
    }

    @Test func `a reply to a comment that is not shown stands at the top`() {
        #expect(shape(CommentThreads.build([comment(2, 1), comment(3, 2)], maxDepth: 6)) == "2:1(3:2)")
    }

    @Test func `a circle of replies loses no comment`() {
        let circle = [comment(1, 3), comment(2, 1), comment(3, 2), comment(4, 4)]
        #expect(shape(CommentThreads.build(circle, maxDepth: 6)) == "3:1(1:2(2:3)) 4:1")
    }

    @Test func `a chain of ten thousand replies is shown`() {
        let chain = (1...10_000).map { comment($0, $0 == 1 ? nil : $0 - 1) }
        let threads = CommentThreads.build(chain, maxDepth: 6)
        #expect(threads.count == 1)
        #expect(threads.first?.replies.first?.replies.first?.replies.first?.replies.first?.replies.count == 9_995)
    }
}
