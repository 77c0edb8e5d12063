extension Field {
    /// The ten fields. Their order is part of the corpus: a seed gives other bytes when it changes.
    static let all: [Field] = [databases, swift, web, operations, performance, testing, writing, security, data, teams]

    static let databases = Field(
        tags: ["sqlite", "postgresql", "indexes", "migrations", "transactions", "orm"],
        subjects: [
            "index design", "a composite key", "the query planner", "a covering index", "schema migration",
            "the N+1 query",
            "a savepoint", "the write-ahead log", "a foreign key", "connection pooling", "a soft delete", "the upsert",
        ],
        parts: [
            "rows", "indexes", "transactions", "prepared statements", "joins", "foreign keys", "page caches", "locks",
            "migrations", "snapshots",
        ],
        tools: [
            "SQLite", "PostgreSQL", "`EXPLAIN QUERY PLAN`", "WAL mode", "`ANALYZE`", "a read replica",
            "a check constraint",
        ],
        troubles: [
            "a lock held for too long", "a full table scan", "an index nobody reads",
            "a transaction that spans a network call",
            "a migration without a way back", "one query per row", "a column that means two things",
        ],
        remedies: [
            "shorten the transaction", "read the query plan first", "move the condition into the join",
            "give the index the columns in the order of the query", "write the rows in one statement",
            "test the migration on a copy of the real data", "let the database do the counting",
        ],
        languages: ["sql", "swift", "bash"])

    static let swift = Field(
        tags: ["swift", "concurrency", "macros", "generics", "packages", "compilers"],
        subjects: [
            "a typed key path", "structured concurrency", "the actor model", "a parameter pack", "an attached macro",
            "the type checker", "a package trait", "strict sendability", "an opaque result", "a non-copyable type",
            "the module boundary", "a result builder",
        ],
        parts: [
            "actors", "generics", "existentials", "closures", "protocols", "tasks", "value types", "overloads",
            "key paths",
            "executors",
        ],
        tools: [
            "Swift", "the compiler", "`swift-syntax`", "`Mutex`", "a task group", "`swift build`",
            "the package manager",
        ],
        troubles: [
            "an expression too complex to type-check", "a hop between executors", "a protocol with one conformance",
            "a retain in the inner loop", "a macro that hides control flow", "an unchecked conformance",
            "a task nobody awaits",
        ],
        remedies: [
            "spell the type out", "keep the state in a value and the lock around it", "make the closure synchronous",
            "prefer `some` in parameters", "move the decision into a pure function", "emit less code from the macro",
            "split the target in two",
        ],
        languages: ["swift", "bash", "json"])

    static let web = Field(
        tags: ["html", "css", "accessibility", "http", "feeds", "static-sites"],
        subjects: [
            "a static site", "the skip link", "a strict content policy", "an honest cache header", "semantic markup",
            "the print stylesheet", "a permanent link", "a feed without surprises", "responsive type", "the focus ring",
            "a page without scripts", "the alt text",
        ],
        parts: [
            "pages", "headings", "landmarks", "stylesheets", "requests", "redirects", "feeds", "forms", "images",
            "media queries",
        ],
        tools: ["a screen reader", "HTML", "CSS", "`curl`", "an RSS reader", "a validator", "nginx"],
        troubles: [
            "a link that moved", "text that cannot be enlarged", "a script that blocks the page",
            "a heading level left out",
            "a colour without contrast", "a cache that never expires", "a form that forgets what was typed",
        ],
        remedies: [
            "use the element that means it", "serve the bytes as a file", "leave an alias behind",
            "set the size of every image",
            "try the page with the keyboard alone", "send the right type", "remove a stylesheet",
        ],
        languages: ["html", "css", "javascript"])

    static let operations = Field(
        tags: ["linux", "cron", "backups", "monitoring", "deployment", "containers"],
        subjects: [
            "a quiet cron job", "the restore drill", "an atomic deployment", "a systemd timer", "log rotation",
            "the lock file",
            "a small server", "the staging machine", "an exit code", "a rolling restart", "the disk that filled up",
            "a build without network",
        ],
        parts: [
            "timers", "backups", "logs", "alerts", "containers", "hosts", "release folders", "symbolic links", "quotas",
            "units",
        ],
        tools: ["systemd", "`rsync`", "`flock`", "cron", "`strace`", "a container image", "the journal"],
        troubles: [
            "a backup nobody restored", "two runs at the same time", "a full disk on a Sunday",
            "an alert everyone ignores",
            "a deployment that stops half-way", "a clock that jumps", "a script that succeeds when it fails",
        ],
        remedies: [
            "write to a temporary file and rename it", "take a lock before the first read",
            "restore a backup every month",
            "let the command print one line", "make the second run do nothing", "fail loudly and early",
            "keep the last three releases",
        ],
        languages: ["bash", "yaml", "python"])

    static let performance = Field(
        tags: ["performance", "profiling", "caching", "memory", "benchmarks", "algorithms"],
        subjects: [
            "an honest benchmark", "the flame graph", "a bounded cache", "the cost of a copy", "a hot loop",
            "branch prediction",
            "peak memory", "a streaming parser", "the second run", "tail latency", "a batch of a thousand",
            "the cold start",
        ],
        parts: [
            "allocations", "caches", "copies", "samples", "buffers", "system calls", "batches", "hash tables",
            "percentiles",
            "cache lines",
        ],
        tools: [
            "`perf`", "a profiler", "`valgrind`", "a histogram", "`/usr/bin/time -v`", "a ring buffer",
            "a micro-benchmark",
        ],
        troubles: [
            "a cache that only grows", "a copy in the inner loop", "an average that hides the tail",
            "a benchmark of the wrong thing",
            "work done twice", "a quadratic loop behind a short name", "an allocation per byte",
        ],
        remedies: [
            "measure before and after", "reuse the buffer", "do the work once and keep the result",
            "bound the cache by bytes",
            "read the input as a stream", "sort first", "report the median and the worst case",
        ],
        languages: ["swift", "rust", "bash"])
}
