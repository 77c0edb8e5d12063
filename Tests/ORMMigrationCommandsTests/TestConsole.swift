import ArgumentParser
import Foundation
import ORMMigrationCommands
import Synchronization

/// A folder of its own, and what commands print there.
final class TestConsole: MigrationConsole {
    @TaskLocal static var current = TestConsole()
    static var standard: TestConsole { current }

    let currentDirectory = FileManager.default.temporaryDirectory.appending(path: "migrate-\(UUID().uuidString)").path
    var environment: [String: String] { ["DATABASE_URL": "sqlite://\(currentDirectory)/test.sqlite3"] }
    private let output = Mutex("")
    private let notes = Mutex("")

    init() { try? FileManager.default.createDirectory(atPath: currentDirectory, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: currentDirectory) }

    func write(_ text: String) { output.withLock { $0 += text.hasSuffix("\n") ? text : text + "\n" } }
    func note(_ text: String) { notes.withLock { $0 += text.hasSuffix("\n") ? text : text + "\n" } }

    struct Run: Equatable {
        var status: Int32
        var output: String
        var notes: String
    }

    func migrate<Project: MigrationProject>(_ project: Project.Type, _ arguments: String...) async -> Run {
        await migrate(project, arguments)
    }

    /// Runs `migrate` as a program of the project would.
    func migrate<Project: MigrationProject>(_ project: Project.Type, _ arguments: [String]) async -> Run {
        output.withLock { $0 = "" }
        notes.withLock { $0 = "" }
        let status = await Self.$current.withValue(self) {
            do {
                var command = try MigrateCommand<Project>.parseAsRoot(arguments)
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
                return Int32(0)
            } catch {
                return MigrateCommand<Project>.exitCode(for: error).rawValue
            }
        }
        return Run(status: status, output: output.withLock { $0 }, notes: notes.withLock { $0 })
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(currentDirectory)/\(path)"), encoding: .utf8)
    }
}
