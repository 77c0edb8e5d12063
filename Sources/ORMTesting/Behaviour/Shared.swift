import ORM
import Synchronization

/// A value that several tasks of a test write to.
package final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    package init(_ value: Value) { state = Mutex(value) }

    package var value: Value { state.withLock { $0 } }

    @discardableResult
    package func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        state.withLock { value in
            // A copy, because a mutex wants its value disconnected from what the closure may capture.
            var copy = value
            let result = body(&copy)
            value = copy
            return result
        }
    }
}
