/// Reads a line of the common or combined log format, with or without a virtual host before it:
///
///     192.0.2.1 - - [13/Feb/2026:10:20:30 +0100] "GET /posts/hello/ HTTP/1.1" 200 512
///     192.0.2.1 - ada [13/Feb/2026:10:20:30 +0100] "GET /posts/hello/ HTTP/1.1" 200 512 "https://…" "Mozilla/5.0 …"
///     example.org:443 192.0.2.1 - - [13/Feb/2026:10:20:30 +0100] "GET /posts/hello/ HTTP/1.1" 200 512 "-" "Mozilla/5.0 …"
///
/// What follows the agent is left alone: servers are often told to log more.
/// Format: <https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#examples>,
/// <https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format>.
enum CommonLogLine {
    /// `nil` for a line of another format. A request that is no HTTP (`"-"`, the first bytes of a TLS handshake) is a request
    /// that is no GET, not a bad line: servers log what they get.
    static func read(_ line: LogBytes, _ clock: inout LogClock) -> LogRequest? {
        // A user's name may have spaces and brackets, so the time is what looks like one.
        var bracket = line.index(of: UInt8(ascii: "["))
        while let place = bracket, !LogClock.isTime(line, at: place + 1) {
            bracket = line.index(of: UInt8(ascii: "["), from: place + 1)
        }
        guard let bracket, bracket > 0, let hour = clock.hour(of: line.bytes(bracket + 1, bracket + 27)) else {
            return nil
        }
        let open = bracket + 29
        guard open < line.count, line[open - 1] == UInt8(ascii: " "), line[open] == UInt8(ascii: "\""),
            let close = endOfQuotes(line, from: open + 1)
        else { return nil }
        // `" 200 512`
        guard close + 4 < line.count, line[close + 1] == UInt8(ascii: " "),
            let status = line.bytes(close + 2, close + 5).decimal,
            close + 5 == line.count || line[close + 5] == UInt8(ascii: " ")
        else { return nil }
        var request = LogRequest(target: line.bytes(open + 1, close))
        request.status = status
        request.hour = hour
        request.readMethod()
        request.host = virtualHost(line, before: bracket)
        request.readSender(line, from: close + 5)
        return request
    }

    /// The closing quotation mark: the first that no backslash escapes.
    @inline(__always)
    fileprivate static func endOfQuotes(_ line: LogBytes, from start: Int) -> Int? {
        var place = start
        while let quote = line.index(of: UInt8(ascii: "\""), from: place) {
            var backslashes = 0
            while quote - backslashes > start, line[quote - backslashes - 1] == UInt8(ascii: "\\") { backslashes += 1 }
            if backslashes.isMultiple(of: 2) { return quote }
            place = quote + 1
        }
        return nil
    }

    /// The first word, where the second is an address: in the other formats the second word is a dash (nobody has asked identd
    /// for decades).
    @inline(__always)
    private static func virtualHost(_ line: LogBytes, before bracket: Int) -> LogBytes? {
        guard let first = line.index(of: UInt8(ascii: " ")), first + 2 < bracket,
            !(line[first + 1] == UInt8(ascii: "-") && line[first + 2] == UInt8(ascii: " ")),
            let second = line.index(of: UInt8(ascii: " "), from: first + 1), second + 2 < bracket,
            line[second + 1] == UInt8(ascii: "-"), line[second + 2] == UInt8(ascii: " ")
        else { return nil }
        return line.bytes(0, first)
    }
}

extension LogRequest {
    /// Makes of `GET /path HTTP/1.1` its target. A path may have spaces: what ends it is the last one before `HTTP/`.
    @inline(__always)
    fileprivate mutating func readMethod() {
        guard target.starts(with: "GET ") else { return }
        isGet = true
        var end = target.count
        var space = end - 1
        while space > 3, target[space] != UInt8(ascii: " ") { space -= 1 }
        if space > 3, target.bytes(from: space + 1).starts(with: "HTTP/") { end = space }
        target = target.bytes(4, end)
    }

    /// The two fields in quotes that follow the number of bytes.
    @inline(__always)
    fileprivate mutating func readSender(_ line: LogBytes, from start: Int) {
        guard let open = line.index(of: UInt8(ascii: "\""), from: start),
            let close = CommonLogLine.endOfQuotes(line, from: open + 1),
            let agentOpen = line.index(of: UInt8(ascii: "\""), from: close + 1),
            let agentClose = CommonLogLine.endOfQuotes(line, from: agentOpen + 1)
        else { return }
        referrer = line.bytes(open + 1, close)
        agent = line.bytes(agentOpen + 1, agentClose)
    }
}
