import ORMTesting
import Testing

@testable import ORM

@Suite struct RelatedRowsTests {
    /// Owners by their keys, the keys of the rows as the database gives them, and the ids of the rows that each owner gets. The
    /// rows are numbered from 0.
    @Test(arguments: [
        ([], [], []),
        ([1, 2], [], [[], []]),
        ([1], [1, 1, 1], [[0, 1, 2]]),
        ([1, 2, 3], [1, 1, 2, 3], [[0, 1], [2], [3]]),
        // Some have none: the first, one between others, the last.
        ([1, 2, 3, 4, 5], [2, 2, 4], [[], [0, 1], [], [2], []]),
        // Another order than that of the rows.
        ([3, 1, 2], [1, 2, 2, 3], [[3], [0], [1, 2]]),
        ([2, 1], [1, 1], [[], [0, 1]]),
        // An owner that is there twice, beside itself and further on.
        ([1, 1, 2], [1, 1, 2], [[0, 1], [0, 1], [2]]),
        ([1, 2, 1], [1, 2, 2], [[0], [1, 2], [0]]),
    ])
    func eachOwnerGetsItsRows(_ owners: [Int], _ keys: [Int], _ expected: [[Int]]) {
        var related = RelatedRows(keys: keys, rows: tags(keys.indices))
        var given = [[Int]?](repeating: nil, count: owners.count)
        related.handOut(to: owners) { index, rows in given[index] = rows.map(\.id) }
        #expect(given == expected)
    }

    @Test func foreignKeysAreTakenOnceEach() {
        var keys = ForeignKeys<Int>()
        for key in [7, 3, nil, 7, 3, 9] { keys.append(key) }
        #expect(keys.distinct == [7, 3, 9])
        #expect(keys.positions == [0, 1, nil, 0, 1, 2])
        // A row that is gone, and one that nobody asked for.
        #expect(keys.relations(to: tags([9, 4, 7])).map { $0?.loaded?.id } == [7, nil, 9])
    }

    private func tags(_ ids: some Sequence<Int>) -> [Tag] {
        ids.compactMap { Tag.New(name: "tag \($0)").stored(id: $0, now: Timestamp(microseconds: 0)) }
    }
}
