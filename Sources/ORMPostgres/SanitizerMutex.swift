#if Postgres && THREAD_SANITIZER
    import ORM

    /// See there.
    typealias Mutex = ORM.Mutex
#endif
