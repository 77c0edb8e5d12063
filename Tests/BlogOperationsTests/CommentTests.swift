import BlogModels
import ORM
import Testing

@testable import BlogOperations

@Suite struct CommentTests {
    /// A comment by a guest, an answer to it by Ada, an answer to that, and one more comment.
    private func fill(_ database: Database) async throws {
        var guest = NewComment(post: "one", content: "  Nice. ")
        guest.name = "Guest"
        guest.email = "guest@example.org"
        try await guest.add(on: database)
        var answer = NewComment(post: "one", content: "Thanks")
        answer.user = "ada"
        answer.parent = 1
        try await answer.add(on: database)
        answer.content = "Welcome"
        answer.parent = 2
        try await answer.add(on: database)
        guest.content = "Spam!"
        guest.status = .pending
        try await guest.add(on: database)
    }

    @Test func `comments come from guests and from users, and answers stand below`() async throws {
        try await withBlogDatabase { database in
            try await fill(database)
            var list = CommentList()
            list.post = "one"
            let threads = try await list.threads(on: database)
            #expect(threads.total == 2)
            #expect(threads.items[0].comment.content == "Nice.")
            #expect(threads.items[0].comment.author == nil)
            #expect(threads.items[0].replies.map(\.comment.name) == ["Ada"])
            #expect(threads.items[0].replies.map(\.comment.author?.username) == ["ada"])
            #expect(threads.items[0].replies[0].replies.map(\.comment.content) == ["Welcome"])
            #expect(try await UserList().page(on: database).total == 2, "guests are no users")
        }
    }

    @Test func `a comment that makes no sense is refused`() async throws {
        try await withBlogDatabase { database in
            try await fill(database)
            func error(_ post: String, _ change: (inout NewComment) -> Void) async -> OperationError? {
                var new = NewComment(post: post, content: "x")
                new.name = "G"
                change(&new)
                let comment = new
                return await #expect(throws: OperationError.self) { try await comment.add(on: database) }
            }
            #expect(await error("one", { $0.content = " \n" })?.field == "content")
            #expect(await error("one", { $0.name = nil })?.field == "name")
            #expect(await error("one", { $0.email = "no" })?.field == "email")
            #expect(await error("one", { $0.url = "javascript:alert(1)" })?.field == "url")
            #expect(await error("one", { $0.parent = 99 })?.code == .missing)
            #expect(await error("two", { $0.parent = 1 })?.message == "the comment 1 is on another post than two")
            #expect(await error("nine", { _ in })?.code == .missing)
            #expect(try await Comment.count() == 4)
        }
    }

    @Test func `moderation is for all that are named or for none`() async throws {
        try await withBlogDatabase { database in
            try await fill(database)
            await #expect(throws: OperationError(.missing, "there is no comment 99")) {
                try await Moderation.spam.apply(to: [4, 99], on: database)
            }
            #expect(try await Comment.get(4).status == .pending)
            let outcome = try await Moderation.approve.apply(to: [4, 4, 1], on: database)
            #expect(outcome.changed == 1)
            #expect(outcome.comments.map(\.id) == [4, 1])
            #expect(try await LocalFields.owned(.comment, row: 4, on: database).map(\.fileValue) == ["pending"])
        }
    }

    @Test func `a deletion takes the answers along, and the rows stay`() async throws {
        try await withBlogDatabase { database in
            try await fill(database)
            let outcome = try await Moderation.delete.apply(to: [1], on: database)
            #expect(outcome.comments.map(\.id) == [1, 2, 3])
            #expect(outcome.changed == 3)
            #expect(try await CommentList().page(on: database).items.map(\.id) == [4])
            var list = CommentList()
            list.status = .deleted
            #expect(try await list.page(on: database).total == 3)
        }
    }

    @Test func `a circle of answers is broken at its oldest`() {
        func line(_ id: Int, _ parent: Int) -> CommentLine {
            CommentLine(
                id: id, content: "", status: .approved, thread: "x", parentID: parent, name: "G", createdAt: january(id)
            )
        }
        let threads = CommentThread.build([line(1, 2), line(2, 1)])
        #expect(threads.map(\.comment.id) == [1])
        #expect(threads[0].replies.map(\.comment.id) == [2])
    }
}
