import BenchmarkWork
import ORM

/// Many tasks that each read one row by its key, over and over, on the connections of one pool.
enum PoolBench {
    static let tasks = 64

    static func run(_ driver: any Driver, seconds: Int, posts: Int) async throws {
        let db = try await Database.open(driver)
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        let reads = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    try await db.use {
                        var (reads, id) = (0, 1 + task * 104_729 % posts)
                        while clock.now < end {
                            id = 1 + (id + 7_919) % posts
                            _ = try await Post.get(id)
                            reads += 1
                        }
                        return reads
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        let (whole, rest) = start.duration(to: clock.now).components
        await db.close()
        print("\(Int(Double(reads) / (Double(whole) + Double(rest) / 1e18))) reads a second, \(tasks) tasks")
    }
}
