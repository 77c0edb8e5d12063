import BlogConfiguration
import BlogModels

/// A comment's file with the row that it is or becomes.
struct CommentTarget: Sendable {
    var path: String
    var stamp: FileStamp
    var digest: String
    var record: CommentRecord
    var match: IdentityMatcher.Match
    var id: Int
    var thread: String
    var postID: Int?
    var authorID: Int?
    var parentID: Int?
    /// The file names a parent that is not there (yet): it is to be read again.
    var lacksParent = false

    var isNew: Bool { match == .new }
}

/// Who answers whom in the threads of a batch. Pure.
struct ThreadLinks: Sendable {
    /// The comments of a folder in the order of their files' names; `nil` for a file that is no comment.
    var order: [String: [Int?]] = [:]
    /// The sources' own ids, by folder.
    var externalIDs: [String: [String: Int]] = [:]
    /// What each comment answers already.
    var parents: [Int: Int] = [:]

    init() {}

    enum Answer: Sendable, Hashable {
        case comment(Int)
        /// The file names a comment that is not there.
        case missing
        /// The comment would answer itself, at once or in a circle.
        case circle
    }

    /// What a comment answers, which is noted; `nil` for a comment that begins a thread.
    mutating func parent(of id: Int, named parent: CommentRecord.Parent?, in thread: String) -> Answer? {
        parents[id] = nil
        let found: Int?
        switch parent {
        case nil: return nil
        case .id(let external): found = externalIDs[thread]?[external]
        case .ordinal(let number):
            let comments = order[thread] ?? []
            found = number <= comments.count ? comments[number - 1] : nil
        }
        guard let found else { return .missing }
        var ancestor: Int? = found
        while let current = ancestor {
            if current == id { return .circle }
            ancestor = parents[current]
        }
        parents[id] = found
        return .comment(found)
    }
}
