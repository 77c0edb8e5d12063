#if THREAD_SANITIZER
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// Stands in for `Synchronization.Mutex` where the thread sanitizer watches (`make tsan`): on Linux that one waits by futex inside
    /// a library that is not instrumented, so that each contended lock looks like a race. The sanitizer knows this lock.
    ///
    /// Five lines show it: threads that count under a `Mutex`, with a right sum and "Swift access race" after "Swift access race".
    package final class Mutex<Value>: @unchecked Sendable {
        private let lock: UnsafeMutablePointer<pthread_mutex_t>
        /// Protected by `lock`.
        private var value: Value

        package init(_ value: consuming sending Value) {
            self.value = value
            lock = .allocate(capacity: 1)
            pthread_mutex_init(lock, nil)
        }

        deinit {
            pthread_mutex_destroy(lock)
            lock.deallocate()
        }

        package func withLock<Result, Failure: Error>(
            _ body: (inout Value) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            return try body(&value)
        }
    }
#endif
