#if Postgres
    import CPostgres
    import Dispatch
    import ORM
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    #if os(Linux)
        /// Waits for the answers to the reads of all connections of a database, on a thread for each processor. They end with this object.
        ///
        /// As a task executor it lets the thread that has received an answer go on with the task that awaits it: to wake another one for it
        /// would take about as long as the server needs for the row. Jobs that come from elsewhere run on Dispatch's threads.
        /// <https://man7.org/linux/man-pages/man7/epoll.7.html>
        final class PostgresPoller: TaskExecutor {
            private let loop: PollLoop

            /// Throws when the process has no file descriptors left, or may not have another thread.
            init() throws {
                loop = try PollLoop()
                do {
                    for _ in 0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) { try loop.start() }
                } catch {
                    loop.stop()
                    throw error
                }
            }

            deinit { loop.stop() }

            /// Has a connection receive what comes in on its socket, once. `isKnown`: it has been watched before.
            func watch(_ socket: Int32, isKnown: Bool, _ connection: PostgresConnection, _ read: PendingRead) {
                loop.watch(socket, isKnown: isKnown, PollLoop.Watch(connection: connection, read: read))
            }

            /// Takes back what ``watch(_:isKnown:_:_:)`` asked for; `false` when something has come in.
            func forget(_ socket: Int32, _ read: PendingRead) -> Bool { loop.forget(socket, read) }

            func enqueue(_ job: consuming ExecutorJob) {
                let job = UnownedJob(job)
                if PollThread.current?.take(job, self) == true { return }
                DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
            }
        }

        /// What a thread of the loop has to do after it has received an answer.
        private final class PollThread {
            private var isOpen = false
            private var job: (UnownedJob, PostgresPoller)?

            /// Takes the job of a task that goes on by what this thread has just received.
            func take(_ job: UnownedJob, _ executor: PostgresPoller) -> Bool {
                guard isOpen else { return false }
                isOpen = false
                self.job = (job, executor)
                return true
            }

            /// Has a task go on, here if it has asked for that.
            func finish(_ ending: PendingRead.Ending) {
                isOpen = true
                ending.resume()
                isOpen = false
                guard let (job, executor) = job else { return }
                self.job = nil
                job.runSynchronously(on: executor.asUnownedTaskExecutor())
            }

            // MARK: The current one

            private static let key: pthread_key_t = {
                var key = pthread_key_t()
                pthread_key_create(&key, nil)
                return key
            }()

            static var current: PollThread? {
                pthread_getspecific(key).map { Unmanaged<PollThread>.fromOpaque($0).takeUnretainedValue() }
            }

            /// Makes this the current thread's as long as it lives.
            func enter() { pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque()) }
        }

        private final class PollLoop: Sendable {
            struct Watch {
                let connection: PostgresConnection
                let read: PendingRead
            }

            private let poll: Int32
            /// Becomes readable when the loop is to end, and stays so.
            private let end: Int32
            /// Who waits, by the number of the socket. Whoever takes an entry out has the connection.
            private let watches = Mutex<[Int32: Watch]>([:])

            init() throws {
                poll = epoll_create1(Int32(EPOLL_CLOEXEC))
                end = eventfd(0, Int32(EFD_CLOEXEC))
                var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: end))
                guard poll >= 0, end >= 0, epoll_ctl(poll, EPOLL_CTL_ADD, end, &event) == 0 else {
                    close(poll)
                    close(end)
                    throw PostgresFailure.unavailable("no file descriptors are left: raise ulimit -n")
                }
            }

            deinit {
                close(poll)
                close(end)
            }

            func watch(_ socket: Int32, isKnown: Bool, _ watch: Watch) {
                watches.withLock { $0[socket] = watch }
                // For one event: until it is asked for the next time others read from the socket.
                var event = epoll_event(
                    events: EPOLLIN.rawValue | EPOLLONESHOT.rawValue, data: epoll_data_t(fd: socket))
                epoll_ctl(poll, isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event)
            }

            func forget(_ socket: Int32, _ read: PendingRead) -> Bool {
                watches.withLock { watches in
                    guard watches[socket]?.read === read else { return false }
                    watches[socket] = nil
                    return true
                }
            }

            // MARK: The threads

            func start() throws {
                var thread = pthread_t()
                let this = Unmanaged.passRetained(self)
                let code = pthread_create(
                    &thread, nil,
                    { this in
                        if let this { Unmanaged<PollLoop>.fromOpaque(this).takeRetainedValue().run() }
                        return nil
                    }, this.toOpaque())
                guard code == 0 else {
                    this.release()
                    throw PostgresFailure.unavailable("no thread is left to wait for PostgreSQL: raise ulimit -u")
                }
                pthread_detach(thread)
            }

            func stop() {
                var one: UInt64 = 1
                _ = write(end, &one, 8)
            }

            private func run() {
                let thread = PollThread()
                thread.enter()
                var event = epoll_event()
                while true {
                    // One at a time: a task that goes on here keeps nobody else waiting.
                    guard epoll_wait(poll, &event, 1, -1) == 1 else { continue }
                    if event.data.fd == end { return }
                    guard let watch = watches.withLock({ $0.removeValue(forKey: event.data.fd) }) else { continue }
                    if let ending = watch.connection.receive(watch.read) { thread.finish(ending) }
                }
            }
        }
    #else
        /// Elsewhere each connection awaits its own answers.
        final class PostgresPoller: TaskExecutor {
            func enqueue(_ job: consuming ExecutorJob) { StatementThreads.shared.enqueue(job) }
        }
    #endif
#endif
