/// The comments of a source that keeps many in one file, known by their own ids: which row each is, and whom it answers. Pure.
///
/// Comments are added in the order of the source, without their texts, then ``link()`` finds who answers whom. What is here
/// of a comment is a few words, so that a million of them fit into little memory.
struct CommentPlan: Sendable {
    /// A comment, in the order of the source.
    struct Entry: Sendable {
        var rowID: Int
        var isNew: Bool
        /// The index of the thread that it is in.
        var thread: Int
        var parentID: Int?
        /// The same comment comes again, and what is said last counts.
        var isSuperseded = false
        /// It is deleted and has answers that are not: it must be there as a stub, or they would stand alone.
        var isStub = false

        fileprivate var isHidden: Bool
        fileprivate var parent: String?
    }

    private(set) var entries: [Entry] = []
    /// Comments that name one to answer that is not there, not in their thread, or answers them.
    private(set) var looseAnswers = 0
    /// Comments that came more than once.
    private(set) var repetitions = 0
    /// The lowest id of a new comment.
    let firstNewID: Int

    private var ids: IDSequence
    /// Rows of earlier imports that nothing has claimed yet.
    private var known: [String: Int]
    private var positions: [String: Int] = [:]

    /// - `known`: the rows that the source's comments have, by their ids.
    init(known: [String: Int], ids: IDSequence) {
        self.known = known
        self.ids = ids
        firstNewID = ids.upcoming
    }

    /// Rows whose comment the source has no more.
    var vanishedRows: [Int] { known.values.sorted() }

    /// Adds the next comment. `isHidden`: the source says that it is deleted.
    mutating func add(_ externalID: String, answers parent: String?, in thread: Int, isHidden: Bool) {
        let rowID: Int
        let isNew: Bool
        if let earlier = positions[externalID] {
            entries[earlier].isSuperseded = true
            rowID = entries[earlier].rowID
            isNew = entries[earlier].isNew
            repetitions += 1
        } else if let row = known.removeValue(forKey: externalID) {
            (rowID, isNew) = (row, false)
        } else {
            (rowID, isNew) = (ids.next(), true)
        }
        positions[externalID] = entries.count
        entries.append(Entry(rowID: rowID, isNew: isNew, thread: thread, isHidden: isHidden, parent: parent))
    }

    /// Finds who answers whom, and which deleted comments are needed. To be called once, after the last comment.
    mutating func link() {
        var forest = AnswerForest()
        var positionsByRow: [Int: Int] = [:]
        for index in entries.indices where !entries[index].isSuperseded {
            guard let parent = entries[index].parent else { continue }
            entries[index].parent = nil
            guard let position = positions[parent], entries[position].thread == entries[index].thread,
                forest.add(entries[index].rowID, answers: entries[position].rowID)
            else {
                looseAnswers += 1
                continue
            }
            entries[index].parentID = entries[position].rowID
            positionsByRow[entries[position].rowID] = position
        }
        for index in entries.indices where !entries[index].isSuperseded && !entries[index].isHidden {
            var parent = entries[index].parentID
            while let row = parent, let position = positionsByRow[row], entries[position].isHidden,
                !entries[position].isStub
            {
                entries[position].isStub = true
                parent = entries[position].parentID
            }
        }
        positions = [:]
    }
}
