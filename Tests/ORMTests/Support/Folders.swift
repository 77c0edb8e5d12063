import Foundation

/// Runs `body` with an empty folder of its own, removed afterwards.
func withFolder(_ body: nonisolated(nonsending) (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "orm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}
