import Foundation
import ORM
import ORMMigrations
import ORMSQLite
import Testing

/// Processes that are killed while they migrate a database file, and two that migrate one at once.
@Suite struct InterruptionTests {
    /// A folder of its own, gone afterwards.
    private func withFolder(_ body: nonisolated(nonsending) (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "migrations-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do { try await body(folder) } catch {
            try FileManager.default.removeItem(at: folder)
            throw error
        }
        try FileManager.default.removeItem(at: folder)
    }

    /// All that a file holds: definitions, rows, history.
    private func snapshot(_ path: String) async throws -> [String] {
        try await withDatabase(SQLiteDriver(path: path)) { database in
            let tables = try await texts(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'orm_%' ORDER BY name", database)
            var all = try await definitions(database) + texts("PRAGMA integrity_check", database)
            for table in tables { all += try await contents(table, database) }
            if try await database.hasTable("orm_migration_journal") {
                all += try await contents("orm_migration_journal", database)
            }
            return all + (try await texts("SELECT name FROM orm_migrations", database))
        }
    }

    private func copy(_ file: String, to other: String) throws {
        for ending in ["", "-wal", "-shm"] {
            if FileManager.default.fileExists(atPath: other + ending) {
                try FileManager.default.removeItem(atPath: other + ending)
            }
        }
        try FileManager.default.copyItem(atPath: file, toPath: other)
    }

    @Test func aKilledMigrationHasHappenedOrNot() async throws {
        try await withFolder { folder in
            let (old, new, file) = (folder.path() + "old", folder.path() + "new", folder.path() + "file")
            #expect(try ChildProcess.run(old, "at-once", "0001_items").names == ["0001_items"])
            try copy(old, to: new)
            let whole = try ChildProcess.run(new, "at-once", "0002_change")
            #expect(whole.names == ["0002_change"])
            try #require(whole.statements > 0)
            let states = (old: try await snapshot(old), new: try await snapshot(new))
            #expect(states.old.count > 800 && states.old != states.new)
            var outcomes: [String: Int] = [:]
            for round in 0..<100 {
                try copy(old, to: file)
                let isStatement = round % 2 == 0
                let moment = Int.random(in: 1...(isStatement ? whole.statements : whole.microseconds))
                let killed = try ChildProcess.run(
                    file, "at-once", "0002_change", isStatement ? "statement" : "microsecond", "\(moment)")
                #expect(killed.wasKilled || !isStatement, "statement \(moment)")
                let state = try await snapshot(file)
                #expect(
                    state == states.old || state == states.new, "\(isStatement ? "statement" : "microsecond") \(moment)"
                )
                outcomes[state == states.old ? "old" : "new", default: 0] += 1
                let rest = try ChildProcess.run(file, "at-once", "0002_change")
                #expect(rest.names == (state == states.old ? ["0002_change"] : []))
                #expect(try await snapshot(file) == states.new)
            }
            #expect(outcomes["old", default: 0] > 0)
        }
    }

    @Test func aKilledMigrationWithoutTransactionsGoesOnWhereItStopped() async throws {
        try await withFolder { folder in
            let (old, new, file) = (folder.path() + "old", folder.path() + "new", folder.path() + "file")
            #expect(try ChildProcess.run(old, "by-statement", "0001_items").names == ["0001_items"])
            try copy(old, to: new)
            let whole = try ChildProcess.run(new, "by-statement", "0002_change")
            try #require(whole.statements > 0)
            let states = (old: try await snapshot(old), new: try await snapshot(new))
            #expect(states.old != states.new)
            for moment in 1...whole.statements {
                try copy(old, to: file)
                let killed = try ChildProcess.run(file, "by-statement", "0002_change", "statement", "\(moment)")
                #expect(killed.wasKilled, "statement \(moment)")
                let rest = try ChildProcess.run(file, "by-statement", "0002_change")
                #expect(rest.status == 0, "statement \(moment)")
                #expect(try await snapshot(file) == states.new, "statement \(moment)")
            }
        }
    }

    @Test(arguments: 1...10) func twoProcessesApplyEachMigrationOnce(round: Int) async throws {
        try await withFolder { folder in
            let file = folder.path() + "file"
            let children = [
                try ChildProcess(file, "at-once", "0002_change"), try ChildProcess(file, "at-once", "0002_change"),
            ]
            for child in children { try child.begin() }
            let outcomes = try children.map { try $0.finish() }
            #expect(outcomes.map(\.status) == [0, 0])
            #expect(outcomes.flatMap(\.names).sorted() == ["0001_items", "0002_change"])
            #expect(try await snapshot(file).suffix(2) == ["0001_items", "0002_change"])
        }
    }
}
