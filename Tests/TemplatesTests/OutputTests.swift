import Synchronization
import Templates
import Testing

/// What Jinja2 does not have or does otherwise: output kinds, dates, the site's filters and functions, lazy values.
@Suite struct OutputTests {
    private let context: [(String, Value)] = [
        ("text", .string("<a href=\"x\">'&'\u{1}\n\\</a>")), ("html", .markup("<b>\"bold\"</b>")),
        ("n", .int(1_234_567)),
        ("yes", .bool(true)), ("nothing", .none), ("day", .date(1_739_442_030)), ("old", .date(-1)),
        ("list", .list([.int(1), .string("é")])),
    ]

    @Test(arguments: [
        (
            "a.html", "{{ text }}|{{ html }}",
            "&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;\u{1}\n\\&lt;/a&gt;|<b>\"bold\"</b>"
        ),
        (
            "a.xml", "{{ text }}|{{ html }}|{{ html | xmlescape }}",
            "&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;\u{FFFD}\n\\&lt;/a&gt;|<b>\"bold\"</b>|&lt;b&gt;&#34;bold&#34;&lt;/b&gt;"
        ),
        ("a.txt", "{{ text }}|{{ html }}|{{ yes }}", "<a href=\"x\">'&'\u{1}\n\\</a>|<b>\"bold\"</b>|True"),
        (
            "a.json",
            "{\"t\": \"{{ text }}\", \"h\": \"{{ html }}\", \"n\": {{ n }}, \"y\": {{ yes }}, \"z\": {{ nothing }}, \"l\": {{ list | tojson }}, \"s\": {{ \"[1]\" | safe }}}",
            "{\"t\": \"<a href=\\\"x\\\">'&'\\u0001\\n\\\\</a>\", \"h\": \"<b>\\\"bold\\\"</b>\", \"n\": 1234567, \"y\": true, \"z\": null, \"l\": [1, \"\\u00e9\"], \"s\": [1]}"
        ),
    ])
    func `values are escaped for the kind of the page's file`(_ name: String, _ source: String, _ expected: String)
        throws
    {
        #expect(try render(source, name: name) == expected)
    }

    @Test(arguments: [
        ("\"", "&#34;", "&#34;"), ("&", "&amp;", "&amp;"), ("'", "&#39;", "&#39;"), ("<", "&lt;", "&lt;"),
        (">", "&gt;", "&gt;"),
        ("\u{0}", "\u{0}", "\u{FFFD}"), ("\u{8}", "\u{8}", "\u{FFFD}"), ("\u{1F}", "\u{1F}", "\u{FFFD}"),
        ("\u{FFFE}", "\u{FFFE}", "\u{FFFD}"), ("\u{FFFF}", "\u{FFFF}", "\u{FFFD}"),
        ("\u{FFFD}", "\u{FFFD}", "\u{FFFD}"),
        ("\u{FFBF}", "\u{FFBF}", "\u{FFBF}"), ("\t", "\t", "\t"), ("\n", "\n", "\n"), ("\r", "\r", "\r"),
        (" ", " ", " "), ("!", "!", "!"),
        ("%", "%", "%"), ("=", "=", "="), ("?", "?", "?"), ("|", "|", "|"), ("é", "é", "é"),
    ])
    func `a character is escaped wherever it stands`(_ character: String, _ html: String, _ xml: String) throws {
        let templates = try TemplateSet(
            ["html", "xml"].map {
                TemplateFile(name: "a.\($0)", path: "a.\($0)", source: "{{ t }}{{ m }}")
            })
        func render(_ kind: String, _ text: String) throws -> String {
            var output: [UInt8] = []
            try templates.render(
                "a.\(kind)", [("t", .string(text)), ("m", .markup(text))], page: "/", into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        // What XML does not allow in markup either.
        let inMarkup = xml == "\u{FFFD}" ? xml : character
        for before in 0..<36 {
            for after in [0, 1, 2, 15, 16, 33] {
                let (start, end) = (String(repeating: "x", count: before), String(repeating: "é", count: after))
                let text = start + character + end + character
                #expect(try render("html", text) == start + html + end + html + text)
                #expect(
                    try render("xml", text) == start + xml + end + xml + start + inMarkup + end + inMarkup)
            }
        }
    }

    @Test func `an included or imported file escapes as the page does`() throws {
        let templates = try TemplateSet([
            TemplateFile(
                name: "a.html", path: "a.html", source: "{% include 'b.txt' %}{% from 'm.txt' import m %}{{ m(text) }}"),
            TemplateFile(name: "b.txt", path: "b.txt", source: "{{ text }}"),
            TemplateFile(name: "m.txt", path: "m.txt", source: "{% macro m(x) %}[{{ x }}]{% endmacro %}"),
        ])
        var output: [UInt8] = []
        try templates.render("a.html", [("text", .string("<"))], page: "/", into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "&lt;[&lt;]")
    }

    @Test func `a filter block whose result is no markup is escaped`() throws {
        #expect(try render("{% filter striptags %}<p>{{ '<script>' }}</p>{% endfilter %}") == "&lt;script&gt;")
    }

    @Test(arguments: [
        ("iso", "2025-02-13T10:20:30Z"), ("rfc822", "Thu, 13 Feb 2025 10:20:30 +0000"),
        ("%-d %B %Y", "13 February 2025"), ("%A, %a %b %d %e %F %T", "Thursday, Thu Feb 13 13 2025-02-13 15:50:30"),
        ("%H:%M:%S %I %p %z %-I", "15:50:30 03 PM +0530 3"),
        ("%j %-j %u %w %V %G %y %m %-m %%", "044 44 4 4 07 2025 25 02 2 %"),
        ("", ""), ("é %Y年", "é 2025年"),
    ])
    func `a date is printed in the site's zone`(_ format: String, _ expected: String) throws {
        let environment = RenderEnvironment(utcOffset: { _ in 19_800 })
        #expect(try render("{{ day | date('\(format)') }}", environment: environment) == expected)
    }

    @Test(arguments: [
        (-1.0, "Wed 1969-12-31 23:59:59 365 1 1970"), (951_782_400, "Tue 2000-02-29 00:00:00 060 9 2000"),
        (-2_208_988_800, "Mon 1900-01-01 00:00:00 001 1 1900"), (1_230_768_000, "Thu 2009-01-01 00:00:00 001 1 2009"),
        (1_262_304_000, "Fri 2010-01-01 00:00:00 001 53 2009"),
        (253_402_300_799, "Fri 9999-12-31 23:59:59 365 52 9999"),
    ])
    func `the calendar is right at its edges`(_ seconds: Double, _ expected: String) throws {
        let page = try render("{{ d | date('%a %F %T %j %-V %G') }}", context: [("d", .date(seconds))])
        #expect(page == expected)
    }

    @Test func `dates compare and sort`() throws {
        #expect(
            try render(
                "{{ old < day }} {{ day == day }} {{ [day, old] | sort | first == old }} {{ [day, old] | max == day }}")
                == "True True True True")
    }

    @Test(arguments: [
        (
            "{{ 1 | plural('comment') }} {{ 2 | plural('comment') }} {{ 0 | plural('reply', 'replies') }}",
            "comment comments replies"
        ),
        (
            "{{ n | number }} {{ 999 | number }} {{ -1000 | number }} {{ 1234.5 | number }} {{ 1234.5 | number(2) }} {{ 1e15 | number }} {{ 12 | number(1) }}",
            "1,234,567 999 -1,000 1,234.5 1,234.50 1,000,000,000,000,000 12.0"
        ),
        ("{{ \"Ça va? It's Été №2\" | slugify }}", "ça-va-its-été-2"),
        ("{{ 'a<b' | markdown }}", "<p>a&lt;b</p>\n"),
        (
            "{{ url('/x/') }} {{ '/x/' | absolute_url }} {{ asset('a.css') }}",
            "/blog/x/ https://example.org/x/ /blog/assets/a.123.css"
        ),
    ])
    func `the site's own filters and functions`(_ source: String, _ expected: String) throws {
        let environment = RenderEnvironment(
            url: { "/blog" + $0 }, asset: { $0 == "a.css" ? "/blog/assets/a.123.css" : nil },
            absoluteURL: { "https://example.org" + $0 })
        #expect(try render(source, environment: environment) == expected)
    }

    @Test func `the address of a literal is asked for once, when the templates are loaded`() throws {
        let asked = Mutex<[String]>([])
        let environment = RenderEnvironment(url: { path in
            asked.withLock { $0.append(path) }
            return "/blog" + path
        })
        let templates = try TemplateSet(
            [
                TemplateFile(
                    name: "a.html", path: "a.html", source: "{{ url('/x/') }} {{ url(p) }} {{ url('/' ~ 'y') }}")
            ],
            environment: environment)
        #expect(asked.withLock { $0 } == ["/x/", "/y"])
        for page in 1...2 {
            var output: [UInt8] = []
            try templates.render("a.html", [("p", .string("/p\(page)"))], page: "/", into: &output)
            #expect(String(decoding: output, as: UTF8.self) == "/blog/x/ /blog/p\(page) /blog/y")
        }
        #expect(asked.withLock { $0 } == ["/x/", "/y", "/p1", "/p2"])
    }

    @Test func `another language has its own names and signs`() throws {
        var language = LanguageNames.english
        language.months[1] = "Februar"
        language.groupSeparator = "."
        language.decimalSeparator = ","
        let environment = RenderEnvironment(language: language)
        #expect(
            try render(
                "{{ day | date('%-d. %B') }} {{ 1234.5 | number }} {{ day | date('rfc822') }}", environment: environment
            ) == "13. Februar 1.234,5 Thu, 13 Feb 2025 10:20:30 +0000")
    }

    @Test func `a lazy value that nobody reads is not computed`() throws {
        let never = Value.lazy { preconditionFailure("computed") }
        let page = try render(
            "{{ used }}{{ used }}{% if false %}{{ unused }}{% endif %}{{ dict.a }}",
            context: [
                ("used", .lazy { .lazy { .string("<u>") } }), ("unused", never),
                ("dict", .dict(.init([("a", .lazy { .int(1) }), ("b", never)]))),
            ])
        #expect(page == "&lt;u&gt;&lt;u&gt;1")
    }

    @Test func `one set renders on many threads at once`() async throws {
        let templates = try TemplateSet([
            TemplateFile(
                name: "a.html", path: "a.html",
                source: "{% macro m(x) %}{{ x }}{% endmacro %}{% for i in range(50) %}{{ m(i * k) }},{% endfor %}")
        ])
        let pages = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for k in 0..<64 {
                group.addTask {
                    var output: [UInt8] = []
                    try templates.render("a.html", [("k", .int(k))], page: "/\(k)/", into: &output)
                    return (k, String(decoding: output, as: UTF8.self))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for k in 0..<64 { #expect(pages[k] == (0..<50).map { "\($0 * k)," }.joined()) }
    }

    private func render(
        _ source: String, name: String = "a.html", context: [(String, Value)]? = nil,
        environment: RenderEnvironment = RenderEnvironment()
    ) throws -> String {
        let templates = try TemplateSet(
            [TemplateFile(name: name, path: name, source: source)], environment: environment)
        var output: [UInt8] = []
        try templates.render(name, context ?? self.context, page: "/", into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
