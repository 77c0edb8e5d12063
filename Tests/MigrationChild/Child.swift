import Foundation
import MigrationFixtures
import ORM
import ORMMigrations
import ORMSQLite
import Synchronization

/// Migrates a database file: `migration-child PATH at-once|by-statement TARGET [statement|microsecond NUMBER]`. It kills itself after so many
/// statements, or when so many microseconds of migrating are over. It begins when it is sent a line.
///
/// Prints what it applied, how many statements it ran and how many microseconds it took.
@main struct Child {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let (path, isAtOnce, target) = (arguments[1], arguments[2] == "at-once", arguments[3])
        let number = arguments.count > 5 ? Int(arguments[5]) ?? 0 : -1
        let counter = Counter(last: arguments.count > 5 && arguments[4] == "statement" ? number : -1)
        // Patient, because the other process may be slow on a busy machine.
        let driver: any Driver =
            isAtOnce ? SQLiteDriver(path: path, busyTimeoutMilliseconds: 120_000) : SelfCommittingDriver(path: path)
        let database = try await Database.open(driver, observers: [counter])
        let graph = try MigrationGraph(isAtOnce ? ChildMigrations.atOnce : ChildMigrations.byStatement)
        let migrator = Migrator(database, graph, clock: ContinuousClock(), journaling: .sqlite)
        _ = readLine()
        if arguments.count > 5, arguments[4] == "microsecond" { dieIn(microseconds: number) }
        let start = ContinuousClock.now
        let names = try await migrator.up(to: target).map(\.name).joined(separator: " ")
        let microseconds = (ContinuousClock.now - start) / .microseconds(1)
        print("\(names)\n\(counter.count.load(ordering: .relaxed))\n\(Int(microseconds))")
        await database.close()
    }

    private static func dieIn(microseconds: Int) {
        signal(SIGALRM) { _ in kill(getpid(), SIGKILL) }
        ualarm(UInt32(min(999_999, microseconds)), 0)
    }
}

/// Counts statements, and kills the process after the last one that it may run.
private final class Counter: QueryObserver {
    let count = Atomic(0)
    private let last: Int

    init(last: Int) { self.last = last }

    func didRun(_ query: ObservedQuery) {
        if count.add(1, ordering: .relaxed).newValue == last { kill(getpid(), SIGKILL) }
    }
}
