@testable import ORM
import Testing

@Suite struct PoolStateTests {
    typealias State = PoolState<Int>

    @Test func anEmptyPoolOpensUpToItsLimitAndThenLetsWait() {
        var state = State(limit: 2)
        #expect(!state.wouldWait)
        #expect(state.acquire(1) == .open)
        #expect(state.acquire(2) == .open)
        #expect(state.wouldWait)
        #expect(state.acquire(3) == .wait)
        #expect(state.busy == 2)
        #expect(state.waiters == [3])
    }

    @Test func aReleasedConnectionIsKeptAndLeasedAgain() {
        var state = State(limit: 1)
        _ = state.acquire(1)
        #expect(state.release(7) == .nothing)
        #expect(state.idle == [7])
        #expect(state.acquire(2) == .lease(7))
        #expect(state.idle == [])
        #expect(state.busy == 1)
    }

    @Test func theConnectionUsedLastIsLeasedFirst() {
        var state = State(limit: 2)
        _ = (state.acquire(1), state.acquire(2))
        _ = (state.release(7), state.release(8))
        #expect(state.acquire(3) == .lease(8))
        #expect(state.acquire(4) == .lease(7))
    }

    @Test func waitersAreServedInTheOrderTheyCame() {
        var state = State(limit: 1)
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        #expect(state.release(7) == .lease(7, to: 2))
        #expect(state.release(7) == .lease(7, to: 3))
        #expect(state.release(7) == .nothing)
        #expect(state.busy == 0)
    }

    @Test func aLostConnectionGivesItsPlaceToTheNextWaiter() {
        var state = State(limit: 1)
        _ = (state.acquire(1), state.acquire(2))
        #expect(state.discard() == .open(for: 2))
        #expect(state.busy == 1)
        #expect(state.discard() == .nothing)
        #expect(state.busy == 0)
    }

    @Test func whoeverGivesUpIsPassedOver() {
        var state = State(limit: 1)
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        let gaveUp = state.giveUp(2)
        #expect(gaveUp)
        let again = state.giveUp(2)
        #expect(!again)
        #expect(state.release(7) == .lease(7, to: 3))
    }

    @Test func closingTurnsEverybodyAwayAndClosesWhatComesBack() {
        var state = State(limit: 2)
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        let closed = state.close()
        #expect(closed.idle == [])
        #expect(closed.waiters == [3])
        #expect(state.acquire(4) == .closed)
        #expect(!state.wouldWait)
        #expect(state.release(7) == .close(7))
        #expect(state.discard() == .nothing)
        #expect(state.busy == 0)
    }

    @Test func closingGivesTheIdleConnectionsToClose() {
        var state = State(limit: 2)
        _ = (state.acquire(1), state.release(7))
        #expect(state.close().idle == [7])
        #expect(state.close().idle == [])
    }

    @Test(arguments: 1...20)
    func aRandomWalkKeepsItsInvariants(seed: UInt64) {
        var random = SeededGenerator(seed)
        let limit = Int.random(in: 1...4, using: &random)
        var state = State(limit: limit)
        var (leased, opening, waiting, ticket, name) = (Set<Int>(), 0, [Int](), 0, 0)
        for _ in 0..<2000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                ticket += 1
                switch state.acquire(ticket) {
                case .lease(let connection): #expect(leased.insert(connection).inserted)
                case .open: opening += 1
                case .wait: waiting.append(ticket)
                case .closed: Issue.record("nobody has closed it")
                }
            case 4, 5:  // an opened connection is there, or could not be opened
                guard opening > 0 else { continue }
                opening -= 1
                if Bool.random(using: &random) {
                    name += 1
                    leased.insert(name)
                } else {
                    follow(state.discard())
                }
            case 6, 7:
                guard let connection = leased.randomElement(using: &random) else { continue }
                leased.remove(connection)
                follow(state.release(connection))
            case 8:
                guard let connection = leased.randomElement(using: &random) else { continue }
                leased.remove(connection)
                follow(state.discard())
            default:
                guard let one = waiting.randomElement(using: &random) else { continue }
                let gaveUp = state.giveUp(one)
                #expect(gaveUp)
                waiting.removeAll { $0 == one }
            }
            #expect(state.busy == leased.count + opening)
            #expect(state.busy + state.idle.count <= limit)
            #expect(state.waiters == waiting)
            #expect(waiting.isEmpty || state.busy == limit, "nobody waits while there is room")
            #expect(leased.isDisjoint(with: state.idle))
        }

        func follow(_ action: State.Release) {
            switch action {
            case .lease(let connection, let next):
                #expect(next == waiting.removeFirst())
                leased.insert(connection)
            case .open(let next):
                #expect(next == waiting.removeFirst())
                opening += 1
            case .close: Issue.record("nobody has closed it")
            case .nothing: break
            }
        }
    }
}
