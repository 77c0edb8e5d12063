#if Postgres
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// Whether a connection's statements are to stop.
    ///
    /// It only wakes the connection's own thread, which then asks the server to cancel: nobody else does, and it does so only while
    /// it waits for a statement's result. So no cancel request can come late and hit the statement after.
    final class PostgresInterruption: Sendable {
        private let raised = Atomic(false)
        private let readEnd: Int32
        private let writeEnd: Int32

        /// Throws when the process has no file descriptors left.
        init() throws {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                throw PostgresFailure.unavailable("no file descriptors are left: raise ulimit -n")
            }
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
            (readEnd, writeEnd) = (ends[0], ends[1])
        }

        deinit {
            close(readEnd)
            close(writeEnd)
        }

        var isRaised: Bool { raised.load(ordering: .relaxed) }

        func raise() {
            guard !raised.exchange(true, ordering: .sequentiallyConsistent) else { return }
            var byte: UInt8 = 1
            _ = write(writeEnd, &byte, 1)
        }

        func clear() {
            guard raised.exchange(false, ordering: .sequentiallyConsistent) else { return }
            drain()
        }

        /// Waits until a socket is ready for `events`, the interruption is raised, or so many milliseconds are over (-1 = never).
        /// Says whether the socket is ready.
        func wait(for socket: Int32, _ events: Int32, milliseconds: Int32 = -1) -> Bool {
            withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { places in
                places.initializeElement(at: 0, to: pollfd(fd: socket, events: Int16(events), revents: 0))
                // Once it is raised the pipe has said so; it is the server's turn.
                let alarm = isRaised ? -1 : readEnd
                places.initializeElement(at: 1, to: pollfd(fd: alarm, events: Int16(POLLIN), revents: 0))
                guard let start = places.baseAddress, poll(start, 2, milliseconds) > 0 else { return false }
                // A byte of an interruption that has been ended already.
                if places[1].revents != 0, !isRaised { drain() }
                return places[0].revents != 0
            }
        }

        private func drain() {
            var bytes: (UInt64, UInt64) = (0, 0)
            while read(readEnd, &bytes, 16) > 0 {}
        }
    }
#endif
