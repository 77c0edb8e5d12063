/// Those who wait their turn, each known by a ticket. It lives inside a mutex; continuations are resumed outside it.
///
/// A ticket is drawn before the task suspends, so that a cancellation or a timeout that comes before the task has sat down
/// finds it too. Who is next is somebody else's business: ``PoolState``'s, or ``FIFOGate``'s.
struct WaitingRoom<Seat> {
    private enum Visitor {
        case arriving
        case left(any Error)
        case seated(Seat)
    }

    private var visitors: [Int: Visitor] = [:]
    private var lastTicket = 0

    /// A task is about to wait.
    mutating func arrive() -> Int {
        let ticket = draw()
        visitors[ticket] = .arriving
        return ticket
    }

    /// A ticket for somebody who sits down at once.
    mutating func draw() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// The error of a visitor who left before sitting down; such a ticket is used up.
    mutating func departure(of ticket: Int) -> (any Error)? {
        guard case .left(let error) = visitors[ticket] else { return nil }
        visitors[ticket] = nil
        return error
    }

    /// An arriving task waits from now on.
    mutating func sit(_ ticket: Int, _ seat: Seat) { visitors[ticket] = .seated(seat) }

    /// An arriving task need not wait after all.
    mutating func forget(_ ticket: Int) { visitors[ticket] = nil }

    /// A visitor's turn has come: the seat to resume.
    mutating func call(_ ticket: Int) -> Seat? {
        guard case .seated(let seat) = visitors[ticket] else { return nil }
        visitors[ticket] = nil
        return seat
    }

    /// A visitor gives up. The seat to resume with the error, if the visitor sits; one who has been served keeps what it got.
    mutating func leave(_ ticket: Int, with error: any Error) -> Seat? {
        switch visitors[ticket] {
        case .seated(let seat):
            visitors[ticket] = nil
            return seat
        case .arriving: visitors[ticket] = .left(error)
        case .left, nil: break
        }
        return nil
    }
}
