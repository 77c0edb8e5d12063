/// A web server's log of a generated site, reproducible to the byte: readers, bots and feed readers who fetch posts, and much
/// else that is no view.
package struct AccessLog: Sendable {
    /// How lines are written.
    package enum Format: String, Sendable, CaseIterable {
        case common, combined, vhost, caddy
    }

    /// What was written.
    package struct Summary: Sendable, Equatable {
        package internal(set) var lines = 0
        package internal(set) var bytes = 0
        /// Lines that are views of posts; with the common format, that does not tell agents, bots' are among them.
        package internal(set) var views = 0
    }

    private struct Sender {
        var agent: String
        var isReader: Bool
    }

    private static let start = 1_767_225_600  // 2026-01-01T00:00:00Z

    private static let readers = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
    ]

    private static let others = [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot",
        "FreshRSS/1.27.1 (Linux; https://freshrss.org)", "curl/8.14.1", "-",
    ]

    private static let files = [
        "/assets/site.css", "/assets/site.js", "/favicon.ico", "/assets/logo.svg", "/images/cover-1280.webp",
        "/feed.xml",
        "/", "/page/3/", "/tags/swift/", "/robots.txt", "/api/v1/posts/1.json", "/wp-login.php", "/.env",
        "/search/?q=structured+concurrency&page=2",
    ]

    private let settings: CorpusSettings
    private let outlines: PostOutlines
    private let format: Format

    /// The log of the site that these settings make; see ``Corpus``.
    package init(_ settings: CorpusSettings, format: Format = .combined) {
        self.settings = settings
        self.format = format
        var random = settings.random(.site)
        outlines = PostOutlines(settings: settings, authors: CorpusAuthor.all(&random))
    }

    /// Hands so many lines to `sink`, many at a time.
    @discardableResult
    package func write(lines: Int, to sink: ([UInt8]) throws -> Void) throws -> Summary {
        var random = settings.random(.visits)
        var summary = Summary()
        // The busiest posts' paths; looking up each post for each line would take longer than everything else.
        let paths = (0..<settings.posts).map { outlines.outline(of: $0).path }
        var buffer: [UInt8] = []
        buffer.reserveCapacity(1 << 20 + 4096)
        var seconds = Self.start
        func flush() throws {
            summary.bytes += buffer.count
            try sink(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        for _ in 0..<lines {
            seconds += random.below(3)
            if append(to: &buffer, paths, seconds, &random) { summary.views += 1 }
            summary.lines += 1
            if buffer.count >= 1 << 20 { try flush() }
        }
        if !buffer.isEmpty { try flush() }
        return summary
    }

    /// Writes a line, and says whether it is a view.
    private func append(
        to buffer: inout [UInt8], _ paths: [String], _ seconds: Int, _ random: inout SplitMix64
    ) -> Bool {
        let sender =
            random.chance(70)
            ? Sender(agent: random.pick(Self.readers), isReader: true)
            : Sender(agent: random.pick(Self.others), isReader: false)
        let isPost = random.chance(35)
        // Of two draws the lower: half of the visits go to the newest third.
        let post = paths.count - 1 - min(random.below(paths.count), random.below(paths.count))
        var target = isPost ? paths[post] : random.pick(Self.files)
        if isPost {
            switch random.below(20) {
            case 0: target += "?utm_source=newsletter"
            case 1: target += "index.html"
            case 2: target = target.replacing("o", with: "%6F")
            default: break
            }
        }
        let method = random.chance(96) ? "GET" : "HEAD"
        let status = random.pick([200, 200, 200, 200, 200, 200, 200, 304, 304, isPost ? 301 : 404])
        let size = 200 + random.below(60_000)
        let address = "203.0.\(random.below(256)).\(random.below(256))"
        let referrer = random.chance(30) ? "https://search.example/?q=\(random.below(100_000))" : "-"
        let time = Timestamp(seconds: seconds)
        let request = "\"\(method) \(target) HTTP/1.1\" \(status) \(size)"
        switch format {
        case .common: buffer += "\(address) - - [\(time.logTime)] \(request)\n".utf8
        case .combined:
            buffer += "\(address) - - [\(time.logTime)] \(request) \"\(referrer)\" \"\(sender.agent)\"\n".utf8
        case .vhost:
            buffer +=
                "example.org:443 \(address) - - [\(time.logTime)] \(request) \"\(referrer)\" \"\(sender.agent)\"\n".utf8
        case .caddy:
            buffer +=
                """
                {"level":"info","ts":\(seconds).\(random.below(1000)),"logger":"http.log.access","msg":"handled request","request":\
                {"remote_ip":"\(address)","remote_port":"\(1024 + random.below(60_000))","client_ip":"\(address)","proto":"HTTP/2.0",\
                "method":"\(method)","host":"example.org","uri":"\(target)","headers":{"User-Agent":["\(sender.agent)"],\
                "Accept":["*/*"],"Referer":["\(referrer)"]}},"bytes_read":0,"duration":0.000\(random.below(1000)),\
                "size":\(size),"status":\(status),"resp_headers":{"Server":["Caddy"]}}

                """.utf8
        }
        let isCounted = sender.isReader || format == .common
        return isPost && isCounted && method == "GET" && (status == 200 || status == 304)
    }
}
