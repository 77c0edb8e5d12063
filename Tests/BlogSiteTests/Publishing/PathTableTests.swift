import ORMTesting
import Testing

@testable import BlogSite

@Suite struct PathTableTests {
    @Test(arguments: 1...4)
    func `a path has one place for good, whichever others come`(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        var table = PathTable()
        var expected: [String] = []
        for _ in 0..<500 {
            let folder = Int.random(in: 0..<3, using: &random)
            let path = ["", "posts/", "posts/é/"][folder] + "\(Int.random(in: 0..<100, using: &random))"
            let known = expected.firstIndex(of: path)
            #expect(table.place(of: path) == known)
            let (place, isNew) = table.insert(path)
            #expect(isNew == (known == nil))
            #expect(place == known ?? expected.count)
            if isNew { expected.append(path) }
        }
        #expect((0..<table.count).map { table.string(at: $0) } == expected)
        #expect(
            table.sorted.map { expected[$0] } == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `paths of the same characters but other bytes are others, and one may be empty`() {
        var table = PathTable()
        #expect(table.place(of: "") == nil)
        let places = ["\u{E9}", "e\u{301}", "", "\u{E9}"].map { table.insert($0).place }
        #expect(places == [0, 1, 2, 0])
        #expect(table.sorted == [2, 1, 0])
    }

    @Test func `a folder that is removed is known no more until it is made again`() {
        var folders = KnownFolders()
        let steps = [folders.insert("a"), folders.insert("a"), folders.contains("a")]
        #expect(steps == [true, false, true])
        folders.remove("a")
        folders.remove("never")
        #expect(!folders.contains("a"))
        let isNew = folders.insert("a")
        #expect(isNew && folders.contains("a"))
    }
}
