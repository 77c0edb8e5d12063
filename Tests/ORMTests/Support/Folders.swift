import Foundation

/// Runs `body` with an empty folder of its own, removed afterwards.
func withFolder(_ body: nonisolated(nonsending) (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}

/// Runs `body` with the path of a database file that does not exist yet, in a folder of its own that is removed afterwards.
func withFile(_ body: nonisolated(nonsending) (String) async throws -> Void) async throws {
    try await withFolder { folder in try await body(folder + "/test.sqlite3") }
}
