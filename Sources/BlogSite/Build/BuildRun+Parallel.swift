extension BuildRun {
    /// Splits `items` among the workers and waits for all; the first error ends the others.
    func inSlices<Item: Sendable>(
        _ items: [Item], _ process: @escaping @Sendable (ArraySlice<Item>) throws -> Void
    ) async throws {
        // Slices much smaller than a worker's share, because pages differ in size.
        let size = max(1, min(32, items.count / (workers * 4)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running = 0
            for start in stride(from: 0, to: items.count, by: size) {
                if running == workers * 2 {
                    try await group.next()
                    running -= 1
                }
                let slice = items[start..<min(start + size, items.count)]
                group.addTask(executorPreference: executor) { try process(slice) }
                running += 1
            }
            try await group.waitForAll()
        }
    }

    /// Reads what batches of `items` need while other batches are processed, and processes their items on all cores.
    ///
    /// - Parameter process: gets a buffer that it may use as it likes; its storage is kept for the next item.
    func inBatches<Item: Sendable, Data: Sendable>(
        _ items: [Item], done: @escaping @Sendable (Int) -> Void = { _ in },
        read: @Sendable (ArraySlice<Item>) async throws -> Data,
        process: @escaping @Sendable (Item, Data, inout [UInt8]) throws -> Void
    ) async throws {
        let size = max(1, min(Self.batchSize, (items.count + workers - 1) / workers))
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running = 0
            for start in stride(from: 0, to: items.count, by: size) {
                // One batch more than there are workers, so that none waits for the database.
                if running > workers {
                    try await group.next()
                    running -= 1
                }
                let batch = items[start..<min(start + size, items.count)]
                let data = try await read(batch)
                group.addTask(executorPreference: executor) {
                    var buffer: [UInt8] = []
                    for item in batch {
                        try Task.checkCancellation()
                        try process(item, data, &buffer)
                    }
                    done(batch.count)
                }
                running += 1
            }
            try await group.waitForAll()
        }
    }
}
