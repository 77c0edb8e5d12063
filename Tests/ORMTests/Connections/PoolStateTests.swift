@testable import ORM
import ORMTesting
import Testing

@Suite struct PoolStateTests {
    typealias State = PoolState<Int>

    @Test func anEmptyPoolOpensUpToItsLimitAndThenLetsWait() {
        var state = State(.init(maximum: 2))
        #expect(!state.wouldWait)
        #expect(state.acquire(1) == .open)
        #expect(state.acquire(2) == .open)
        #expect(state.wouldWait)
        #expect(state.acquire(3) == .wait)
        #expect(state.busy == 2)
        #expect(state.waiters == [3])
    }

    @Test func aReleasedConnectionIsKeptAndLeasedAgain() {
        var state = State(.init(maximum: 1))
        _ = state.acquire(1)
        #expect(state.release(7) == .nothing)
        #expect(state.idle == [7])
        #expect(state.acquire(2) == .lease(7))
        #expect(state.idle == [])
        #expect(state.busy == 1)
    }

    @Test func theConnectionUsedLastIsLeasedFirst() {
        var state = State(.init(maximum: 2))
        _ = (state.acquire(1), state.acquire(2))
        _ = (state.release(7), state.release(8))
        #expect(state.acquire(3) == .lease(8))
        #expect(state.acquire(4) == .lease(7))
    }

    @Test func waitersAreServedInTheOrderTheyCame() {
        var state = State(.init(maximum: 1))
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        #expect(state.release(7) == .lease(7, to: 2))
        #expect(state.release(7) == .lease(7, to: 3))
        #expect(state.release(7) == .nothing)
        #expect(state.busy == 0)
    }

    @Test func aLostConnectionGivesItsPlaceToTheNextWaiter() {
        var state = State(.init(maximum: 1))
        _ = (state.acquire(1), state.acquire(2))
        #expect(state.discard() == .open(for: 2))
        #expect(state.busy == 1)
        #expect(state.discard() == .nothing)
        #expect(state.busy == 0)
    }

    @Test func whoeverGivesUpIsPassedOver() {
        var state = State(.init(maximum: 1))
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        let gaveUp = state.giveUp(2)
        #expect(gaveUp)
        let again = state.giveUp(2)
        #expect(!again)
        #expect(state.release(7) == .lease(7, to: 3))
    }

    @Test func closingTurnsEverybodyAwayAndClosesWhatComesBack() {
        var state = State(.init(maximum: 2))
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
        var state = State(.init(maximum: 2))
        _ = (state.acquire(1), state.release(7))
        #expect(state.close().idle == [7])
        #expect(state.close().idle == [])
    }

    @Test func aConnectionIsReplacedAfterItsUses() {
        var state = State(.init(maximum: 1, uses: 3))
        _ = state.acquire(1)
        #expect(state.release(7, uses: 2) == .nothing)
        #expect(state.acquire(2) == .lease(7))
        #expect(state.release(7, uses: 3) == .close(7))
        #expect((state.idle, state.busy) == ([], 0))
        #expect(state.acquire(3) == .open)
    }

    @Test func aWornConnectionGivesItsPlaceToTheNextWaiter() {
        var state = State(.init(maximum: 1, uses: 3))
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        #expect(state.release(7, uses: 5) == .replace(7, for: 2))
        #expect((state.busy, state.waiters) == (1, [3]))
        #expect(state.release(8, uses: 1) == .lease(8, to: 3))
    }

    @Test func connectionsIdleTooLongExpireAndTheMinimumStays() {
        var state = State(.init(minimum: 1, maximum: 3, idleLifetime: .seconds(10)))
        #expect(state.nextExpiry == nil)
        _ = (state.acquire(1), state.acquire(2), state.acquire(3))
        _ = state.release(7, at: .seconds(1))
        _ = state.release(8, at: .seconds(2))
        _ = state.release(9, at: .seconds(3))
        #expect(state.nextExpiry == .seconds(11))
        #expect(state.expire(at: .seconds(10)) == [])
        #expect(state.expire(at: .seconds(11)) == [7])
        #expect(state.nextExpiry == .seconds(12))
        #expect(state.expire(at: .seconds(100)) == [8])
        #expect(state.nextExpiry == nil)
        #expect(state.expire(at: .seconds(1000)) == [])
        #expect(state.idle == [9])
    }

    @Test func aConnectionThatIsTakenInTimeDoesNotExpire() {
        var state = State(.init(maximum: 2, idleLifetime: .seconds(10)))
        _ = (state.acquire(1), state.release(7, at: .zero))
        #expect(state.acquire(2) == .lease(7))
        #expect(state.nextExpiry == nil)
        #expect(state.expire(at: .seconds(10)) == [])
        _ = state.release(7, at: .seconds(11))
        #expect(state.nextExpiry == .seconds(21))
    }

    @Test func withoutALifetimeNothingExpires() {
        var state = State(.init(maximum: 1))
        _ = (state.acquire(1), state.release(7, at: .zero))
        #expect(state.nextExpiry == nil)
        #expect(state.expire(at: .seconds(1_000_000)) == [])
    }

    @Test func aClosedPoolHasNothingToExpire() {
        var state = State(.init(maximum: 1, idleLifetime: .seconds(10)))
        _ = (state.acquire(1), state.release(7), state.close())
        #expect(state.nextExpiry == nil)
    }

    @Test(arguments: 1...20)
    func aRandomWalkKeepsItsInvariants(seed: UInt64) {
        var random = SeededGenerator(seed)
        let limit = Int.random(in: 1...4, using: &random)
        var state = State(.init(maximum: limit))
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
            case .close, .replace: Issue.record("nobody has closed it, and it does not wear out")
            case .nothing: break
            }
        }
    }
}
