import Foundation
import Testing

@testable import BlogImport

/// What single lines say, and which of them are views.
@Suite struct LogLineTests {
    /// A counter for a site at https://example.org/blog/ with three posts.
    static func counter() -> LogCounter {
        let paths = PostPaths(
            basePath: "/blog/",
            [
                ("/posts/hello/", .init(post: 1, isAlias: false)), ("/posts/übung/", .init(post: 2, isAlias: false)),
                ("/2024/page.html", .init(post: 3, isAlias: false)), ("/old/hello/", .init(post: 1, isAlias: true)),
            ])
        return LogCounter(paths: paths, host: "example.org", timeZone: .gmt)
    }

    static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    static func combined(
        _ target: String = "/blog/posts/hello/", time: String = "13/Feb/2026:10:20:30 +0000", method: String = "GET",
        status: Int = 200, referrer: String = "-", agent: String = browser, start: String = "192.0.2.1 - -"
    ) -> String {
        "\(start) [\(time)] \"\(method) \(target) HTTP/1.1\" \(status) 512 \"\(referrer)\" \"\(agent)\""
    }

    /// The views of some lines as `post hour count`, in order.
    static func views(_ lines: String...) -> [String] {
        var counter = counter()
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        _ = text.withUnsafeBufferPointer { counter.count($0) }
        return counter.views.sorted { ($0.key.post, $0.key.hour) < ($1.key.post, $1.key.hour) }
            .map {
                "\($0.key.post) \(Date(timeIntervalSince1970: Double($0.key.hour) * 3600).ISO8601Format()) \($0.value)"
            }
    }

    static func tally(_ lines: String...) -> LogTally {
        var counter = counter()
        let text = Array(lines.joined(separator: "\n").utf8)
        _ = text.withUnsafeBufferPointer { counter.count($0) }
        return counter.tally
    }

    @Test(arguments: [
        combined(), combined("/blog/posts/hello"), combined("/blog/posts/hello/index.html"),
        combined("/blog/posts/hello/?a=b"),
        combined("/blog/posts/hello#part"), combined("/blog/posts/h%65llo/"), combined("/blog/posts/hello//"),
        combined("http://example.org/blog/posts/hello/?x"), combined("/blog/old/hello/"), combined(status: 304),
        combined("/blog/posts/\\x68ello/"), combined(start: "192.0.2.1 - John [the] Doe"),
        combined(start: "example.org:443 192.0.2.1 - -"), combined(start: "WWW.Example.ORG 192.0.2.1 - -"),
        combined(agent: "Mozilla \\\"quoted\\\" Firefox"), combined() + " \"203.0.113.7\" 0.005", combined() + "\r",
        "2001:db8::1 - - [13/Feb/2026:10:20:30 +0000] \"GET /blog/posts/hello/\" 200 -",
    ])
    func `a view is a GET of a post's path, however it is written`(line: String) {
        #expect(Self.views(line) == ["1 2026-02-13T10:00:00Z 1"])
    }

    @Test func `paths with other letters and file names are found`() {
        #expect(
            Self.views(Self.combined("/blog/posts/%C3%BCbung"), Self.combined("/blog/2024/page.html?q")) == [
                "2 2026-02-13T10:00:00Z 1", "3 2026-02-13T10:00:00Z 1",
            ])
        #expect(Self.views(Self.combined("/blog/posts/\\xC3\\xBCbung/")) == ["2 2026-02-13T10:00:00Z 1"])
    }

    @Test(arguments: [
        combined("/posts/hello/"), combined("/blog/posts/"), combined("/blog/posts/hell"), combined(method: "POST"),
        combined(method: "HEAD"), combined(status: 404), combined(status: 206), combined("/blog/posts/hello/image.png"),
        combined("/blog/posts/hello/index.htm"), combined("*"),
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"-\" 408 0 \"-\" \"-\"",
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"\\x16\\x03\\x01\" 400 150 \"-\" \"-\"",
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"\" 400 0 \"-\" \"-\"",
    ])
    func `other requests are no views and no faults`(line: String) {
        var expected = LogTally()
        (expected.lines, expected.others) = (1, 1)
        #expect(Self.tally(line) == expected)
    }

    @Test(arguments: [
        "nonsense", "\u{0}\u{1}\u{2}", "[13/Feb/2026:10:20:30 +0000] \"GET / HTTP/1.1\" 200 1",
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"GET /blog/posts/hello/",
        combined(time: "31/Feb/2026:10:20:30 +0000"),
        combined(time: "13/Fev/2026:10:20:30 +0000"), combined(time: "13/Feb/2026:24:20:30 +0000"),
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"GET / HTTP/1.1\" 20", "{\"ts\":1771000000", "{}",
        "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000]", "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"",
    ])
    func `a line that is cut off or of another format is unreadable`(line: String) {
        var expected = LogTally()
        (expected.lines, expected.unreadable) = (1, 1)
        #expect(Self.tally(line) == expected)
    }

    @Test func `hours are those of UTC, also from zones with half hours`() {
        let views = Self.views(
            Self.combined(time: "13/Feb/2026:10:29:59 +0530"), Self.combined(time: "13/Feb/2026:10:30:00 +0530"),
            Self.combined(time: "01/Jan/2026:00:59:59 +0100"), Self.combined(time: "31/Dec/2025:20:00:00 -0400"),
            Self.combined(time: "29/Feb/2024:23:59:60 +0000"))
        #expect(
            views == [
                "1 2024-02-29T23:00:00Z 1", "1 2025-12-31T23:00:00Z 1", "1 2026-01-01T00:00:00Z 1",
                "1 2026-02-13T04:00:00Z 1", "1 2026-02-13T05:00:00Z 1",
            ])
    }

    @Test func `bots, feed readers, nameless programs and other hosts are counted apart`() {
        let tally = Self.tally(
            Self.combined(), Self.combined(agent: "-"), Self.combined(agent: ""),
            Self.combined(agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
            Self.combined(agent: "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers)"),
            Self.combined(start: "other.org:80 192.0.2.1 - -"),
            "192.0.2.1 - - [13/Feb/2026:10:20:30 +0000] \"GET /blog/posts/hello/ HTTP/1.0\" 200 7")
        var expected = LogTally()
        expected.lines = 7
        expected.views = 2
        expected.bots = 3
        expected.feedReaders = 1
        expected.otherHosts = 1
        expected.viewsWithoutAgent = 1
        #expect(tally == expected)
    }

    @Test func `a reader whom a former path led on is counted once`() {
        let tally = Self.tally(
            Self.combined("/blog/old/hello/", referrer: "https://search.example/"),
            Self.combined("/blog/posts/hello/", referrer: "https://example.org/blog/old/hello/"),
            Self.combined("/blog/posts/hello/", referrer: "https://example.org/blog/posts/hello/"))
        #expect((tally.views, tally.redirects) == (2, 1))
    }

    @Test func `Caddy's lines are read whatever the order and form of their fields`() {
        func line(_ ts: String, _ more: String = "", uri: String = "/blog/posts/hello/") -> String {
            "{\"level\":\"info\",\"ts\":\(ts),\"logger\":\"http.log.access\",\"msg\":\"handled request\",\"request\":{\"remote_ip\":\"192.0.2.1\",\"proto\":\"HTTP/2.0\",\"method\":\"GET\",\"host\":\"example.org:443\",\"uri\":\"\(uri)\",\"headers\":{\"Accept\":[\"*/*\",\"a\"],\"User-Agent\":[\"\(Self.browser)\"]\(more)},\"tls\":{\"resumed\":false}},\"duration\":0.0009,\"size\":10900,\"status\":200,\"resp_headers\":{\"Etag\":[\"\\\"x\\\"\"]}}"
        }
        #expect(
            Self.views(
                line("1770978030.5241024"), line("1770978030"), line("1770978030524"), line("1770978030524000000"),
                line("\"2026-02-13T10:20:30.5Z\""), line("\"2026/02/13 10:20:30\""), line("1.770978030e+09"),
                line("1770978030", uri: "/blog/posts/\\u0068ello/?q=\\\"")) == ["1 2026-02-13T10:00:00Z 8"])
        let others = Self.tally(
            line("1770978030", ",\"Sec-Purpose\":[\"prefetch;prerender\"]"),
            line("1770978030", ",\"X-Moz\":[\"prefetch\"]"),
            line("1770978030").replacing(Self.browser, with: "curl/8.5.0"),
            line("1770978030").replacing("example.org:443", with: "other.org"))
        var expected = LogTally()
        (expected.lines, expected.prefetches, expected.bots, expected.otherHosts) = (4, 2, 1, 1)
        #expect(others == expected)
        let nested = "{\"ts\":1,\"status\":200,\"x\":" + String(repeating: "[", count: 100_000)
        #expect(Self.tally(nested).unreadable == 1)
    }

    @Test func `empty lines are none`() {
        #expect(Self.tally("", "\r", "", Self.combined(), "").lines == 1)
    }
}

@Suite struct AgentClassTests {
    /// The list that the program holds, in the words of the file.
    @Test func `the list in the program is that of the file`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Data/user-agents.txt")
        var lists: [String: [String]] = [:]
        var section = ""
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line)
            } else {
                lists[section, default: []].append(String(line))
            }
        }
        #expect(
            lists == [
                "[bots]": EmbeddedAgents.bots, "[feed readers]": EmbeddedAgents.feedReaders,
                "[people]": EmbeddedAgents.people,
            ], "run Scripts/embed-agents")
    }

    private func classify(_ agent: String) -> AgentClass {
        var classes = AgentClasses()
        return Array(agent.utf8).withUnsafeBufferPointer { bytes in
            // Twice: the second answer is the kept one.
            let first = classes.classify(bytes)
            return classes.classify(bytes) == first ? first : .bot
        }
    }

    @Test(arguments: [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 Mobile Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 YaBrowser/24.1 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Twitter for iPhone/10.10",
        "Mozilla/5.0 (Linux; Android 13; SM-G991B) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6) AppleWebKit/605.1.15 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
        "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18",
        "Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1",
    ])
    func `browsers are people`(agent: String) {
        #expect(classify(agent) == .person)
    }

    @Test(arguments: [
        "", "-", "curl/8.5.0", "Wget/1.21", "python-requests/2.31.0", "Go-http-client/1.1", "okhttp/4.9", "Java/17.0.1",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)", "facebookexternalhit/1.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
        "DuckDuckGo-Favicons-Bot/1.0", "CCBot/2.0 (https://commoncrawl.org/faq/)", "ClaudeBot/1.0", "UptimeRobot/2.0",
        "WhatsApp/2.23.20 A", "Slackbot-LinkExpanding 1.0", "AHREFSBOT/7.0",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
    ])
    func `crawlers, libraries and what hides its name are bots`(agent: String) {
        #expect(classify(agent) == .bot)
    }

    @Test(arguments: [
        "Feedbin feed-id:1 - 10 subscribers", "FreshRSS/1.24 (Linux; https://freshrss.org)", "NetNewsWire (RSS Reader)",
        "Miniflux/2.2", "Tiny Tiny RSS/23.0", "Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers)",
        "Mozilla/5.0 (compatible; inoreader.com; bot)", "NewsBlur Feed Fetcher - 5 subscribers",
    ])
    func `feed readers are told from bots`(agent: String) {
        #expect(classify(agent) == .feedReader)
    }

    @Test func `words are found wherever they begin within one another`() {
        var classes = AgentClasses(bots: ["abcd", "bce"], feedReaders: ["bc f"], people: ["ab"])
        func kind(_ text: String) -> AgentClass {
            Array(text.utf8).withUnsafeBufferPointer { classes.classify($0) }
        }
        #expect(kind("xaBce") == .person)
        #expect(kind("xbce") == .bot)
        #expect(kind("bcbcbce") == .bot)
        #expect(kind("aabc f") == .feedReader)
        #expect(kind("bcd") == .person)
    }
}
