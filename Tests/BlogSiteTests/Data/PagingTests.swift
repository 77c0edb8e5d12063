import Testing

@testable import BlogSite

@Suite struct PagingTests {
    @Test(arguments: 0...25, [1, 2, 5, 10])
    func `every entry is on exactly one page and pages go from the oldest to the newest`(count: Int, size: Int) {
        let paging = Paging(count: count, size: size)
        var seen: [Int] = []
        for number in stride(from: paging.filledPages, through: 1, by: -1) {
            let positions = paging.positions(onPage: number)
            #expect(!positions.isEmpty && positions.count <= size)
            for position in positions { #expect(paging.page(ofPosition: position) == number) }
            seen += positions
        }
        #expect(seen == Array(0..<count))
    }

    @Test(arguments: 1...25, [1, 2, 5, 10])
    func `a full page is the same whatever comes after it`(count: Int, size: Int) {
        let before = Paging(count: count, size: size)
        for number in stride(from: 1, through: count / size, by: 1) {
            for more in 1...12 {
                let after = Paging(count: count + more, size: size)
                // Positions count from the newest, so they move by the number of new entries.
                let moved = before.positions(onPage: number)
                #expect(after.positions(onPage: number) == moved.lowerBound + more..<moved.upperBound + more)
                #expect(after.newer(than: number) == before.newer(than: number))
                #expect(after.older(than: number) == before.older(than: number))
            }
        }
    }

    @Test(arguments: 0...25)
    func `each link leads to a page that is there`(count: Int) {
        let paging = Paging(count: count, size: 5)
        let pages = Set(1...max(1, paging.filledPages)).union(paging.emptyPage.map { [$0] } ?? [])
        for number in stride(from: 1, through: paging.filledPages, by: 1) {
            if let newer = paging.newer(than: number) { #expect(pages.contains(newer)) }
            if let older = paging.older(than: number) { #expect(pages.contains(older)) }
        }
    }
}
