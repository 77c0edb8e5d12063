/// Who answers whom in the threads of a batch of files. Pure.
struct ThreadLinks: Sendable {
    /// The comments of a folder in the order of their files' names; `nil` for a file that is no comment.
    var order: [String: [Int?]] = [:]
    /// The sources' own ids, by folder.
    var externalIDs: [String: [String: Int]] = [:]
    /// What the comments outside the batch answer, and those of it that were asked for.
    var answers = AnswerForest()

    init() {}

    enum Answer: Sendable, Hashable {
        case comment(Int)
        /// The file names a comment that is not there.
        case missing
        /// The comment would answer itself, at once or in a circle.
        case circle
    }

    /// What a comment of the batch answers, which is noted; `nil` for a comment that begins a thread.
    mutating func parent(of id: Int, named parent: CommentRecord.Parent?, in thread: String) -> Answer? {
        let found: Int?
        switch parent {
        case nil: return nil
        case .id(let external): found = externalIDs[thread]?[external]
        case .ordinal(let number):
            let comments = order[thread] ?? []
            found = number <= comments.count ? comments[number - 1] : nil
        }
        guard let found else { return .missing }
        return answers.add(id, answers: found) ? .comment(found) : .circle
    }
}
