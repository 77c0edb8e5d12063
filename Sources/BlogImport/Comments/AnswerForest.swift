/// Who answers whom. Each answer is checked in nearly constant time, however deep a thread is. Pure.
///
/// A union-find structure (Tarjan 1975) whose representatives are the comments that answer nobody.
struct AnswerForest: Sendable {
    /// For each comment that answers one: a comment nearer to the beginning of its thread.
    private var nearer: [Int: Int] = [:]

    init() {}

    /// Notes that `comment`, which answers nobody yet, answers `parent`; `false`, and nothing is noted, when it would so
    /// answer itself, at once or in a circle.
    mutating func add(_ comment: Int, answers parent: Int) -> Bool {
        let root = root(of: parent)
        guard root != comment else { return false }
        nearer[comment] = parent
        return true
    }

    private mutating func root(of comment: Int) -> Int {
        var root = comment
        while let next = nearer[root] { root = next }
        var step = comment
        while let next = nearer[step], next != root {
            nearer[step] = root
            step = next
        }
        return root
    }
}
