#if MySQL
    import CMariaDB
    import ORM

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// A session with the server, as libmariadb has it. Closed at the latest when nobody holds it any more.
    ///
    /// Unchecked: a connection uses it on its own executor alone, and a killer on its thread. What others may call says so.
    final class MySQLHandle: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<MYSQL>
        let server: MySQLDialect.Server
        /// The number by which the server knows the session.
        let id: UInt
        /// The socket, to be shut from any thread.
        private let socket: Int32
        private var isClosed = false

        /// Connects and logs in. Throws `.database` of kind `.unavailable`, with what is to be done about it.
        init(_ address: ServerAddress) throws {
            let password = try address.readPassword()
            switch address.tls {
            // Nobody listens in on a socket of this machine.
            case .prefer where address.host == nil:
                pointer = try Self.connect(address, password, tls: .disable)
            case .prefer:
                do {
                    pointer = try Self.connect(address, password, tls: .require)
                } catch let error as ORMError where error.database?.nativeCode == "\(CR_SSL_CONNECTION_ERROR)" {
                    pointer = try Self.connect(address, password, tls: .disable)
                }
            case let tls: pointer = try Self.connect(address, password, tls: tls)
            }
            id = UInt(mysql_thread_id(pointer))
            socket = Int32(truncatingIfNeeded: mysql_get_socket(pointer))
            let version = mysql_get_server_info(pointer).map { String(cString: $0) } ?? ""
            server = version.contains("MariaDB") ? .mariaDB : .mySQL
        }

        deinit { close() }

        /// Ends the session. Statements that were prepared in it are not to be used any more.
        func close() {
            guard !isClosed else { return }
            isClosed = true
            mysql_close(pointer)
        }

        /// Whether a transaction is open, as far as the server has said.
        var isInTransaction: Bool { pointer.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0 }

        /// Whether the server has not hung up. Nothing is sent unless something has come, such as its farewell.
        var isAlive: Bool {
            guard !isClosed else { return false }
            var event = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            return poll(&event, 1, 0) == 0 || mysql_ping(pointer) == 0
        }

        /// Cuts the connection, so that whoever waits for the server gets an error. Callable from any thread.
        func cut() { shutdown(socket, Int32(SHUT_RDWR)) }

        /// Refuses a server that is too old.
        func checkVersion(at place: String) throws {
            let version = Int(mysql_get_server_version(pointer))
            let (name, least, text) = server == .mariaDB ? ("MariaDB", 101_100, "10.11") : ("MySQL", 80_031, "8.0.31")
            guard version < least else { return }
            let found = "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
            throw ORMError(
                .configuration, "the server at \(place) is \(name) \(found): it must be \(name) \(text) or newer")
        }

        /// Runs a statement by its text and throws its rows away; `false` when it failed.
        func run(_ sql: String) -> Bool {
            var sql = sql
            let isSent = sql.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    mysql_real_query(pointer, text.baseAddress, UInt(text.count)) == 0
                }
            }
            guard isSent else { return false }
            return discardResult()
        }

        /// Throws the rows of the current result away, and what follows it; `false` when a statement has failed.
        func discardResult() -> Bool {
            while true {
                if mysql_field_count(pointer) > 0 {
                    guard let result = mysql_use_result(pointer) else { return false }
                    while mysql_fetch_row(result) != nil {}
                    let isWhole = mysql_errno(pointer) == 0
                    mysql_free_result(result)
                    guard isWhole else { return false }
                }
                guard mysql_more_results(pointer) != 0 else { return true }
                guard mysql_next_result(pointer) <= 0 else { return false }
            }
        }

        // MARK: How

        /// Before any thread uses it: <https://mariadb.com/kb/en/mysql_server_init/>
        private static let isInitialized = mysql_server_init(0, nil, nil) == 0

        private static func connect(
            _ address: ServerAddress, _ password: Secret?, tls: ServerAddress.TLS
        ) throws -> UnsafeMutablePointer<MYSQL> {
            guard isInitialized, let pointer = mysql_init(nil) else {
                throw MySQLFailure.unavailable("libmariadb cannot be used: out of memory", code: 0)
            }
            set(pointer, MYSQL_OPT_CONNECT_TIMEOUT, UInt32(clamping: max(1, address.connectTimeout.components.seconds)))
            // Files of this machine are nobody's business.
            set(pointer, MYSQL_OPT_LOCAL_INFILE, UInt32(0))
            mysql_options(pointer, MYSQL_SET_CHARSET_NAME, "utf8mb4")
            // The greatest row that the server may send; it may not be less than what it takes.
            set(pointer, MYSQL_OPT_MAX_ALLOWED_PACKET, UInt(1 << 30))
            if address.host != nil {
                // Else the library takes localhost for the socket.
                set(pointer, MYSQL_OPT_PROTOCOL, UInt32(MYSQL_PROTOCOL_TCP.rawValue))
            }
            if let name = address.applicationName {
                mysql_options4(pointer, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", name)
            }
            if tls != .disable { secure(pointer, tls, address.tlsRootCertificate) }
            let flags = UInt(CLIENT_FOUND_ROWS) | UInt(CLIENT_MULTI_RESULTS)
            let opened = mysql_real_connect(
                pointer, address.host, address.user ?? Self.account, password?.reveal, address.database,
                UInt32(address.port ?? 0), address.host == nil ? address.socket ?? Self.usualSocket : nil, flags)
            guard opened != nil else {
                let error = MySQLFailure.connecting(pointer, address)
                mysql_close(pointer)
                throw error
            }
            return pointer
        }

        private static func secure(
            _ pointer: UnsafeMutablePointer<MYSQL>, _ tls: ServerAddress.TLS, _ certificate: String?
        ) {
            set(pointer, MYSQL_OPT_SSL_ENFORCE, my_bool(1))
            let verifies = tls == .verifyCA || tls == .verifyFull
            // With a list of those who are trusted the library looks who has signed, with the other option also for whom.
            if let certificate {
                mysql_options(pointer, MYSQL_OPT_SSL_CA, certificate)
            } else if verifies {
                mysql_options(pointer, MYSQL_OPT_SSL_CAPATH, "/etc/ssl/certs")
            }
            set(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, my_bool(tls == .verifyFull ? 1 : 0))
        }

        private static func set<Value: BitwiseCopyable>(
            _ pointer: UnsafeMutablePointer<MYSQL>, _ option: mysql_option, _ value: Value
        ) {
            withUnsafePointer(to: value) { _ = mysql_options(pointer, option, $0) }
        }

        /// Who runs the program: the name by which MariaDB's socket lets in without a password.
        private static let account: String? = getpwuid(geteuid()).flatMap { String(cString: $0.pointee.pw_name) }

        /// Debian's; the library's own is another one on some systems, which it takes when this one is not there.
        private static let usualSocket: String? =
            access("/run/mysqld/mysqld.sock", F_OK) == 0 ? "/run/mysqld/mysqld.sock" : nil
    }
#endif
