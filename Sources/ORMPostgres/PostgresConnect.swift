#if Postgres
    import CPostgres
    import FoundationEssentials
    import ORM

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    extension PostgresLink {
        /// Connects and brings the session into the state that everything here relies on.
        static func open(_ address: ServerAddress, _ interruption: PostgresInterruption) throws -> PostgresLink {
            let handle = try begin(address)
            // With codes in the messages: of an attempt that fails there is no result to ask for them.
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            do {
                try complete(handle, address, interruption)
            } catch {
                PQfinish(handle)
                throw error
            }
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            let link = PostgresLink(handle, interruption)
            try link.checkServer(address)
            let script = settings(of: address)
            _ = try link.run(script) { PQsendQuery($0, script) }
            return link
        }

        private static func begin(_ address: ServerAddress) throws -> OpaquePointer {
            let password = try address.readPassword()
            let options: [(String, String?)] = [
                ("host", address.host ?? address.socket), ("port", address.port.map(String.init)),
                ("user", address.user), ("password", password?.reveal), ("dbname", address.database),
                ("sslmode", address.tls.rawValue), ("sslrootcert", try rootCertificate(address)),
                ("application_name", address.applicationName),
                ("fallback_application_name", programName), ("client_encoding", "UTF8"),
                // A server that vanishes without a word is noticed within a minute and a half, and not after two hours.
                ("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
                ("tcp_user_timeout", "60000"),
            ]
            let given = options.filter { $0.1 != nil }
            let texts = given.flatMap { [strdup($0.0), strdup($0.1 ?? "")] }
            defer {
                for text in texts {
                    // The password is in no memory that somebody gets next.
                    if let text { memset(text, 0, strlen(text)) }
                    free(text)
                }
            }
            var keywords: [UnsafePointer<CChar>?] = given.indices.map { UnsafePointer(texts[$0 * 2]) }
            var values: [UnsafePointer<CChar>?] = given.indices.map { UnsafePointer(texts[$0 * 2 + 1]) }
            keywords.append(nil)
            values.append(nil)
            guard let handle = PQconnectStartParams(keywords, values, 0) else {
                throw PostgresFailure.unavailable("there is not enough memory to connect")
            }
            return handle
        }

        /// Waits for the connection; the steps are libpq's. <https://www.postgresql.org/docs/15/libpq-connect.html>
        private static func complete(
            _ handle: OpaquePointer, _ address: ServerAddress, _ interruption: PostgresInterruption
        ) throws {
            let start = ContinuousClock.now
            var state = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
            while state != PGRES_POLLING_OK {
                guard state != PGRES_POLLING_FAILED else { throw refusal(handle, address) }
                if interruption.isRaised { throw CancellationError() }
                let rest = address.connectTimeout - start.duration(to: .now)
                guard rest > .zero else {
                    throw PostgresFailure.unavailable(
                        "PostgreSQL at \(address.place) did not answer within \(address.connectTimeout): is it the right place, and does a firewall let the program through?",
                        code: "08001")
                }
                let milliseconds = Int32(clamping: rest.components.seconds * 1000 + 1000)
                let events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
                guard interruption.wait(for: PQsocket(handle), Int32(events), milliseconds: min(milliseconds, 500))
                else {
                    continue
                }
                state = PQconnectPoll(handle)
            }
        }

        /// The certificates that are trusted, where any are asked for: the system's own when no file is named.
        private static func rootCertificate(_ address: ServerAddress) throws -> String? {
            if let path = address.tlsRootCertificate { return path }
            guard address.tls == .verifyCA || address.tls == .verifyFull else { return nil }
            let usual = [
                "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
            ]
            guard let path = usual.first(where: { access($0, R_OK) == 0 }) else {
                throw ORMError(
                    .configuration,
                    "tls=\(address.tls.rawValue) needs certificates to trust, and this system has none where they usually are: name a file by tls_root_certificate"
                )
            }
            return path
        }

        private static var programName: String {
            CommandLine.arguments.first.flatMap { $0.split(separator: "/").last }.map(String.init) ?? "orm"
        }

        private static func settings(of address: ServerAddress) -> String {
            func milliseconds(_ duration: Duration?) -> Int64 {
                guard let duration else { return 0 }
                let (seconds, attoseconds) = duration.components
                return max(1, min(seconds * 1000 + attoseconds / 1_000_000_000_000_000, Int64(Int32.max)))
            }
            return """
                SET TIME ZONE 'UTC'; SET standard_conforming_strings = on; SET client_min_messages = warning; \
                SET statement_timeout = \(milliseconds(address.statementTimeout)); \
                SET lock_timeout = \(milliseconds(address.lockTimeout))
                """
        }

        private func checkServer(_ address: ServerAddress) throws {
            guard PQserverVersion(handle) >= 130_000 else {
                throw ORMError(
                    .configuration,
                    "the server at \(address.place) is older than PostgreSQL 13, from which on this program works")
            }
            let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) }
            guard encoding == "UTF8" else {
                throw ORMError(
                    .configuration,
                    "the database \(address.database) is not in UTF-8: make it by createdb --encoding=UTF8 --template=template0"
                )
            }
        }

        // MARK: Refusals

        /// Why an attempt failed. libpq has it as text alone: `…: FATAL:  28P01: password authentication failed for user "ada"`.
        private static func refusal(_ handle: OpaquePointer, _ address: ServerAddress) -> ORMError {
            let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
            guard let (code, message) = serverError(in: text) else {
                return PostgresFailure.unavailable(
                    "no PostgreSQL answers at \(address.place): is it running there? (\(PostgresFailure.firstLine(of: text)))",
                    code: "08001")
            }
            let reason = PostgresFailure.explanation(of: code) ?? "the server refuses the connection"
            return PostgresFailure.unavailable("PostgreSQL at \(address.place): \(reason) (\(message))", code: code)
        }

        /// The code and the message of the last error of the server's in a text, whatever its language.
        static func serverError(in text: String) -> (code: String, message: String)? {
            for line in text.split(whereSeparator: \.isNewline).reversed() {
                var rest = line[...]
                while let range = rest.firstRange(of: ":  ") {
                    rest = rest[range.upperBound...]
                    let code = rest.prefix(5)
                    let isCode =
                        code.utf8.count == 5
                        && code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
                    guard isCode, rest.dropFirst(5).hasPrefix(": ") else { continue }
                    return (String(code), String(rest.dropFirst(7)))
                }
            }
            return nil
        }
    }
#endif
