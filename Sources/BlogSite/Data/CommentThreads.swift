/// Comments as readers see them: replies under what they answer, oldest first on each level.
enum CommentThreads {
    /// A comment with its replies.
    struct Node: Sendable {
        var comment: CommentRecord
        /// 1 for a comment on the post itself.
        var depth: Int
        var replies: [Node]
    }

    /// The threads of one post. A reply deeper than `maxDepth` stands beside the one it answers; one whose parent is not
    /// among `comments` (not approved, deleted) stands at the top; a circle of replies, which only a damaged database has,
    /// is broken at its oldest comment.
    static func build(_ comments: [CommentRecord], maxDepth: Int) -> [Node] {
        let sorted = comments.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        let byID = Dictionary(sorted.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var parents: [Int: Int] = [:]
        for comment in sorted {
            guard let parent = comment.parentID, byID[parent] != nil else { continue }
            if !isAncestor(comment.id, of: parent, parents) { parents[comment.id] = parent }
        }
        var children: [Int: [CommentRecord]] = [:]
        var top: [CommentRecord] = []
        for comment in sorted {
            // Nearest first; in a thread without a limit the comment's depth would be one more than they are.
            var ancestors: [Int] = []
            while let parent = parents[ancestors.last ?? comment.id] { ancestors.append(parent) }
            let excess = max(0, ancestors.count + 1 - maxDepth)
            if excess < ancestors.count {
                children[ancestors[excess], default: []].append(comment)
            } else {
                top.append(comment)
            }
        }
        func node(_ comment: CommentRecord, _ depth: Int) -> Node {
            Node(
                comment: comment, depth: depth, replies: (children[comment.id] ?? []).map { node($0, depth + 1) })
        }
        return top.map { node($0, 1) }
    }

    private static func isAncestor(_ id: Int, of other: Int, _ parents: [Int: Int]) -> Bool {
        var current: Int? = other
        while let step = current {
            if step == id { return true }
            current = parents[step]
        }
        return false
    }
}
