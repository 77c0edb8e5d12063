import Foundation
import ORMSQLite
import ORMTesting
import Testing

/// What every driver must do, on SQLite in memory and on a file.
@Suite struct SQLiteBehaviourTests {
    @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases.filter { !$0.opensTwice })
    func inMemory(_ behaviour: DriverBehaviour) async throws {
        try await behaviour.run(on: SQLiteDriver.inMemory)
    }

    @Test(.timeLimit(.minutes(10)), arguments: DriverBehaviour.cases)
    func onAFile(_ behaviour: DriverBehaviour) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "orm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await behaviour.run(on: SQLiteDriver(path: folder.appending(path: "test.sqlite3").path))
    }
}
