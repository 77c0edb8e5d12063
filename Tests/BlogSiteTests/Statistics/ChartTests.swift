import Testing

@testable import BlogSite

@Suite struct ChartTests {
    private func points(_ counts: [Int]) -> [SiteStatistics.Point] {
        counts.enumerated().map { .init(start: Instant(microseconds: $0.offset), count: $0.element) }
    }

    @Test func `columns stand on one line and are as high as their counts`() throws {
        let chart = try #require(ColumnChart(points([0, 5, 10, 1])))
        #expect(
            chart.bars == [
                .init(x: 56, y: 208, width: 164, height: 0), .init(x: 222, y: 111, width: 164, height: 97),
                .init(x: 388, y: 14, width: 164, height: 194), .init(x: 554, y: 189, width: 164, height: 19),
            ])
        #expect(chart.ticks.map(\.value) == [0, 2, 4, 6, 8, 10])
        #expect(chart.ticks.map(\.y) == [208, 170, 131, 92, 53, 14])
        #expect(chart.marks == [0, 1, 2, 3])
        #expect(chart.peak == 2)
    }

    @Test(arguments: [
        (1, [0, 1]), (3, [0, 1, 2, 3]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (26, [0, 10, 20, 30]),
        (100, [0, 20, 40, 60, 80, 100]), (101, [0, 50, 100, 150]),
        (999_999, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
    ])
    func `a scale has few lines at round numbers`(highest: Int, lines: [Int]) throws {
        let chart = try #require(ColumnChart(points([highest])))
        #expect(chart.ticks.map(\.value) == lines)
        #expect(chart.bars[0].y >= 14)
    }

    @Test func `many columns become narrow and few of them have names`() throws {
        let chart = try #require(ColumnChart(points(Array(repeating: 7, count: 300))))
        #expect(chart.bars.allSatisfy { $0.width >= 1 && $0.x + $0.width <= 720 })
        #expect(chart.marks.count == 8)
        #expect(chart.marks[1] == 38)
    }

    @Test func `a small count beside a huge one is still there`() throws {
        let chart = try #require(ColumnChart(points([1, 1_000_000])))
        #expect(chart.bars[0].height == 1)
        #expect(
            RankChart([.init(label: "a", path: "/", count: 1_000_000), .init(label: "b", path: "/", count: 1)])?.bars
                .map(\.width) == [400, 1])
    }

    @Test func `there is no chart of nothing`() {
        #expect(ColumnChart([]) == nil)
        #expect(ColumnChart(points([0, 0])) == nil)
        #expect(RankChart([]) == nil)
    }
}
