import ORM
import ORMTesting
import Testing

extension ServerBehaviour {
    /// Statements that end before they are done.
    static let cancellation: [ServerBehaviour] = [
        // Long enough for the statements that make the tables, on a machine that is busy.
        ServerBehaviour(
            "a statement that takes too long is ended", statementTimeout: .seconds(1),
            aStatementThatTakesTooLongIsEnded),
        ServerBehaviour("a cancelled statement stops on the server", aCancelledStatementStopsOnTheServer),
        ServerBehaviour(
            "a cancellation never hits the statement after", connections: 1, aCancellationNeverHitsTheStatementAfter),
    ]

    private static func aStatementThatTakesTooLongIsEnded(_ test: Context) async throws {
        let error = await ormError { _ = try await test.sessions.sleep.all() }
        #expect(error?.message.contains("the statement took longer than statement_timeout allows") == true)
        #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
    }

    private static func aCancelledStatementStopsOnTheServer(_ test: Context) async throws {
        let sessions = test.sessions
        let task = Task { _ = try await sessions.sleep.all() }
        while try await sessions.sleepers.get() == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await sessions.sleepers.get() == 0)
        #expect(try await Rows<Int>.raw("SELECT 1").get() == 1)
    }

    private static func aCancellationNeverHitsTheStatementAfter(_ test: Context) async throws {
        let work = test.sessions.work
        var outcomes = (cancelled: 0, finished: 0)
        for round in 0..<300 {
            let task = Task { try await work.get() }
            for _ in 0..<(round * 7 % 60) { await Task.yield() }
            task.cancel()
            switch await task.result {
            case .success: outcomes.finished += 1
            case .failure(let error):
                #expect(error is CancellationError)
                outcomes.cancelled += 1
            }
            #expect(try await Rows<Int>.raw("SELECT \(round)").get() == round)
        }
        #expect(outcomes.cancelled > 0)
    }
}
