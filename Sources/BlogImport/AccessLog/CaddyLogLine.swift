/// Reads a line of Caddy's access log: one JSON object, of which the fields below count.
///
///     {"ts":1771000000.5,"request":{"method":"GET","host":"example.org","uri":"/posts/hello/","headers":{"User-Agent":["…"]}},
///      "status":200}
///
/// The time is seconds since 1970, or what Caddy's `time_format` makes of it: milli- or nanoseconds, RFC 3339 and its kin.
/// Format: <https://caddyserver.com/docs/logging>.
enum CaddyLogLine {
    /// `nil` for JSON that is broken or lacks time, status or request.
    static func read(_ line: LogBytes, _ time: (LogBytes) -> Int?) -> LogRequest? {
        var request = LogRequest(target: line.bytes(0, 0))
        request.escaping = .json
        request.agent = line.bytes(0, 0)
        var (hasTime, hasStatus, hasTarget) = (false, false, false)
        var scanner = JSONScanner(line)
        let isWhole = scanner.object { key, scanner in
            if key.equals("ts") {
                guard let value = scanner.scalar(), let hour = time(value) else { return false }
                request.hour = hour
                hasTime = true
            } else if key.equals("status") {
                guard let status = scanner.scalar()?.decimal else { return false }
                request.status = status
                hasStatus = true
            } else if key.equals("request") {
                return readRequest(&scanner, &request, &hasTarget)
            } else {
                return scanner.skip()
            }
            return true
        }
        return isWhole && scanner.isAtEnd && hasTime && hasStatus && hasTarget ? request : nil
    }

    private static func readRequest(
        _ scanner: inout JSONScanner, _ request: inout LogRequest, _ hasTarget: inout Bool
    ) -> Bool {
        scanner.object { key, scanner in
            if key.equals("method") {
                guard let method = scanner.scalar() else { return false }
                request.isGet = method.equals("GET")
            } else if key.equals("host") {
                guard let host = scanner.scalar() else { return false }
                request.host = host
            } else if key.equals("uri") {
                guard let target = scanner.scalar() else { return false }
                request.target = target
                hasTarget = true
            } else if key.equals("headers") {
                return readHeaders(&scanner, &request)
            } else {
                return scanner.skip()
            }
            return true
        }
    }

    /// Chrome says `Sec-Purpose: prefetch;prerender`, Safari and older ones `Purpose: prefetch`, Firefox `X-Moz: prefetch`.
    private static func readHeaders(_ scanner: inout JSONScanner, _ request: inout LogRequest) -> Bool {
        scanner.object { name, scanner in
            if name.equals("User-Agent") {
                guard let agent = scanner.firstOfList() else { return false }
                request.agent = agent
            } else if name.equals("Referer") {
                guard let referrer = scanner.firstOfList() else { return false }
                request.referrer = referrer
            } else if name.equals("Sec-Purpose") || name.equals("Purpose") || name.equals("X-Moz")
                || name.equals("X-Purpose")
            {
                guard let purpose = scanner.firstOfList() else { return false }
                if purpose.starts(with: "prefetch") || purpose.equals("preview") { request.isPrefetch = true }
            } else {
                return scanner.skip()
            }
            return true
        }
    }
}
