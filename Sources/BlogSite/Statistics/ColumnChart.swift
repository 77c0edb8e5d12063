/// Where the parts of a chart of columns stand, in the units of its drawing. Integers, so that every machine draws the same.
struct ColumnChart: Sendable {
    struct Bar: Sendable, Hashable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
    }

    static let width = 720
    static let height = 240
    /// Where the columns begin, behind the numbers of the scale.
    static let left = 56
    /// Where they stand.
    static let base = 208
    private static let top = 14

    let points: [SiteStatistics.Point]
    let bars: [Bar]
    /// Lines across the chart with their values, from 0 upwards.
    let ticks: [(y: Int, value: Int)]
    /// Places of the points whose names stand below the columns; more would run into each other.
    let marks: [Int]
    /// The place of the first of the highest.
    let peak: Int

    /// Nil when there is nothing to draw.
    init?(_ points: [SiteStatistics.Point]) {
        guard let highest = points.map(\.count).max(), highest > 0,
            let peak = points.firstIndex(where: { $0.count == highest })
        else { return nil }
        self.points = points
        self.peak = peak
        let step = Self.step(highest)
        let scale = (highest + step - 1) / step * step
        let (width, height) = (Self.width - Self.left, Self.base - Self.top)
        ticks = stride(from: 0, through: scale, by: step).map { (Self.base - $0 * height / scale, $0) }
        let slot = width / points.count
        let gap = slot > 7 ? 2 : slot > 3 ? 1 : 0
        bars = points.enumerated().map { place, point in
            let x = place * width / points.count
            let next = (place + 1) * width / points.count
            // A count that is not 0 must not look like one.
            let tall = point.count == 0 ? 0 : max(1, point.count * height / scale)
            return Bar(x: Self.left + x, y: Self.base - tall, width: max(1, next - x - gap), height: tall)
        }
        marks = Array(stride(from: 0, to: points.count, by: (points.count + 7) / 8))
    }

    /// The distance of lines: 1, 2 or 5 times a power of ten, so that at most five are needed.
    private static func step(_ highest: Int) -> Int {
        var power = 1
        while true {
            for factor in [1, 2, 5] where highest <= factor * power * 5 { return factor * power }
            power *= 10
        }
    }
}

/// Where the parts of a chart of ranks stand: a name on one line, a bar with its value on the next.
struct RankChart: Sendable, Hashable {
    struct Bar: Sendable, Hashable {
        var y: Int
        var width: Int
    }

    static let width = 480
    /// Of one entry with both its lines.
    static let rowHeight = 46
    /// The longest bar leaves room for the value behind it.
    private static let longest = 400

    let ranks: [SiteStatistics.Rank]
    let bars: [Bar]

    var height: Int { ranks.count * Self.rowHeight }

    /// Nil when there is nothing to draw.
    init?(_ ranks: [SiteStatistics.Rank]) {
        guard let highest = ranks.map(\.count).max(), highest > 0 else { return nil }
        self.ranks = ranks
        bars = ranks.enumerated().map { place, rank in
            Bar(y: place * Self.rowHeight, width: max(1, rank.count * Self.longest / highest))
        }
    }
}
