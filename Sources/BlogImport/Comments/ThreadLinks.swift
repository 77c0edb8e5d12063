/// Who answers whom in the threads of a batch of files. Pure.
struct ThreadLinks: Sendable {
    /// The comments of a folder that answer nobody, in the order of their files' names; `nil` for a file that is no comment.
    private var beginners: [String: [Int?]] = [:]
    /// What was answered to a comment, and where in that order.
    private var replies: [Int: [(position: Int, id: Int)]] = [:]
    private var positions: [Int: Int] = [:]
    /// The sources' own ids, by folder.
    var externalIDs: [String: [String: Int]] = [:]
    /// What the comments outside the batch answer, and those of it that were asked for.
    private var answers = AnswerForest()

    init() {}

    enum Answer: Sendable, Hashable {
        case comment(Int)
        /// The file names a comment that is not there.
        case missing
        /// The comment would answer itself, at once or in a circle.
        case circle
    }

    /// Notes the next file of a folder: its comment, if it is one, and whether that answers nobody.
    mutating func append(_ id: Int?, beginsThread: Bool, to thread: String) {
        if let id { positions[id] = positions.count }
        if beginsThread { beginners[thread, default: []].append(id) }
    }

    /// Notes what a comment outside the batch answers.
    mutating func note(_ id: Int, answers parent: Int) {
        _ = add(id, answers: parent)
    }

    private mutating func add(_ id: Int, answers parent: Int) -> Bool {
        guard answers.add(id, answers: parent) else { return false }
        if let position = positions[id] { replies[parent, default: []].append((position, id)) }
        return true
    }

    private func comment(_ numbers: [Int], in thread: String) -> Int? {
        guard let first = numbers.first, let comments = beginners[thread], first <= comments.count else { return nil }
        return numbers.dropFirst().reduce(comments[first - 1]) { parent, number in
            guard let parent, let found = replies[parent], number <= found.count else { return nil }
            return found.sorted { $0.position < $1.position }[number - 1].id
        }
    }

    /// What a comment of the batch answers, which is noted; `nil` for a comment that begins a thread.
    mutating func parent(of id: Int, named parent: CommentRecord.Parent?, in thread: String) -> Answer? {
        let found: Int?
        switch parent {
        case nil: return nil
        case .id(let external): found = externalIDs[thread]?[external]
        case .ordinal(let numbers): found = comment(numbers, in: thread)
        }
        guard let found else { return .missing }
        return add(id, answers: found) ? .comment(found) : .circle
    }
}
