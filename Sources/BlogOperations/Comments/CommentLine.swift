package import BlogModels
package import FoundationEssentials
import ORM

/// A comment as whoever moderates sees it.
package struct CommentLine: Sendable, Hashable {
    package var id: Int
    /// As the commenter wrote it: hostile input.
    package var content: String
    package var status: CommentStatus
    /// `nil` for an orphan, which waits for the post that ``thread`` names.
    package var post: PostName?
    package var thread: String
    package var parentID: Int?
    /// One of the blog's users, if it is one.
    package var author: PostLine.Author?
    package var name: String
    package var url: String?
    /// Private: for moderation only.
    package var email: String?
    package var createdAt: Date

    package struct PostName: Sendable, Hashable {
        package var id: Int
        package var slug: String
        package var title: String
    }
}

extension CommentLine {
    /// Comments as lines.
    static func select(_ comments: Query<Comment>) -> MappedRows<
        CommentLine, Int, String, CommentStatus, Int?, String?, String?, String, Int?, Int?, String?, String, String?,
        String?, Date
    > {
        comments.select(into: CommentLine.init(columns:_:_:_:_:_:_:_:_:_:_:_:_:_:)) {
            (
                $0.id, $0.content, $0.status, $0.post.id, $0.post.slug, $0.post.title, $0.threadKey, $0.parent.id,
                $0.author.id, $0.author.username, $0.authorName, $0.authorURL, $0.authorEmail, $0.createdAt
            )
        }
    }

    private init(
        columns id: Int, _ content: String, _ status: CommentStatus, _ postID: Int?, _ slug: String?, _ title: String?,
        _ thread: String, _ parentID: Int?, _ authorID: Int?, _ username: String?, _ name: String, _ url: String?,
        _ email: String?, _ createdAt: Date
    ) {
        var post: PostName?
        if let postID, let slug, let title { post = PostName(id: postID, slug: slug, title: title) }
        var author: PostLine.Author?
        if let authorID, let username { author = PostLine.Author(id: authorID, username: username) }
        self.init(
            id: id, content: content, status: status, post: post, thread: thread, parentID: parentID, author: author,
            name: name, url: url, email: email, createdAt: createdAt)
    }
}

/// A comment with the answers to it, oldest first.
package struct CommentThread: Sendable, Hashable {
    package var comment: CommentLine
    package var replies: [CommentThread]

    /// The threads of some comments, which come in the order of their time. One whose parent is not among them begins a thread;
    /// so does the oldest of a circle of answers, which only a damaged database has.
    package static func build(_ comments: [CommentLine]) -> [CommentThread] {
        let ids = Set(comments.map(\.id))
        var left = comments
        var children: [Int: [CommentLine]] = [:]
        for comment in comments {
            if let parent = comment.parentID, ids.contains(parent) { children[parent, default: []].append(comment) }
        }
        func take(_ comment: CommentLine) -> CommentThread {
            left.removeAll { $0.id == comment.id }
            var replies: [CommentThread] = []
            for child in children[comment.id] ?? [] where left.contains(where: { $0.id == child.id }) {
                replies.append(take(child))
            }
            return CommentThread(comment: comment, replies: replies)
        }
        var threads: [CommentThread] = []
        for comment in comments where comment.parentID.map(ids.contains) != true { threads.append(take(comment)) }
        while let oldest = left.first { threads.append(take(oldest)) }
        return threads
    }
}
