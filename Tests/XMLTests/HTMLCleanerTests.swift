import Foundation
import Testing
import XML

@Suite("HTML cleaner")
struct HTMLCleanerTests {
    private func clean(_ html: String, _ change: (inout HTMLCleaner.Options) -> Void = { _ in }) -> String {
        var options = HTMLCleaner.Options()
        change(&options)
        return HTMLCleaner(options).clean(html).html
    }

    @Test(
        "Markup of the allow-list stays, well-formed and without attributes that are not on it",
        arguments: [
            ("Hello", "<p>Hello</p>\n"), ("", ""), (" \n ", ""),
            (
                "<P CLASS=x onclick='a()'>One <B style=\"color:red\">two</B></P>", "<p>One <b>two</b></p>\n"
            ),
            ("<p>One<p>Two<br>three", "<p>One</p>\n<p>Two<br />\nthree</p>\n"),
            ("<p>a <b>b <i>c</b> d</i></p>", "<p>a <b>b <i>c</i></b> d</p>\n"),
            ("<ul><li>a<li>b</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("<ol start=3 type=a><li>c</ol>", "<ol start=\"3\">\n<li>c</li>\n</ol>\n"),
            ("<blockquote>a<p>b</blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n"),
            (
                "<pre><code class='x language-c++ y'>\n\n  a\n &lt;b&gt;</code></pre>",
                "<pre><code class=\"language-c++\">\n\n  a\n &lt;b&gt;</code></pre>\n"
            ),
            (
                "<strike>a</strike> <tt>b</tt> <acronym title='c'>d</acronym>",
                "<p><s>a</s> <code>b</code> <abbr title=\"c\">d</abbr></p>\n"
            ),
            ("a<hr>b", "<p>a</p>\n<hr />\n<p>b</p>\n"),
            ("<h1>a</h1><h3>b</h3>", "<h2>a</h2>\n<h4>b</h4>\n"), ("<h2 id=top>a</h2>", "<h2>a</h2>\n"),
            (
                "<table><tr><th scope=col>a<th></tr><tr><td colspan=2 rowspan=9999>b</table>",
                "<table>\n<tr>\n<th scope=\"col\">a</th>\n<th></th>\n</tr>\n<tr>\n<td colspan=\"2\">b</td>\n</tr>\n</table>\n"
            ),
            ("1 < 2 && 3 > 2 \"q\"", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;q&quot;</p>\n"),
            ("&lt;script&gt; &amp;amp; &#39;&eacute;", "<p>&lt;script&gt; &amp;amp; 'é</p>\n"),
        ])
    func allowed(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "Blocks leave paragraphs and inline elements, which go on behind them",
        arguments: [
            (
                "<a href='http://a.b'>a<blockquote>b</blockquote>c</a>",
                "<p><a href=\"http://a.b\" rel=\"nofollow ugc\">a</a></p>\n<blockquote>\n<p><a href=\"http://a.b\" rel=\"nofollow ugc\">b</a></p>\n</blockquote>\n<p><a href=\"http://a.b\" rel=\"nofollow ugc\">c</a></p>\n"
            ),
            ("<p>a<ul><li>b</li></ul>c</p>", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>\n"),
            ("<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>\n"),
            ("<h2>a<blockquote>b</blockquote></h2>", "<h2>a</h2>\n<blockquote>\n<p>b</p>\n</blockquote>\n"),
            ("<li>a</li><td>b</td>", "<p>a</p>\n<p>b</p>\n"),
            ("<ul>a<p>b</p><li>c</li></ul>", "<ul>\n<li>a\n<p>b</p>\n</li>\n<li>c</li>\n</ul>\n"),
            ("<dl>a<dt>b<dd>c</dl>", "<dl>\n<dd>a</dd>\n<dt>b</dt>\n<dd>c</dd>\n</dl>\n"),
            (
                "<a href='http://a.b'>x<a href='http://c.d'>y</a></a>",
                "<p><a href=\"http://a.b\" rel=\"nofollow ugc\">x</a><a href=\"http://c.d\" rel=\"nofollow ugc\">y</a></p>\n"
            ),
        ])
    func contentModel(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "Scripts and what else is no text go; unknown elements leave their text",
        arguments: [
            ("<script>alert(1)</script>safe", "<p>safe</p>\n"), ("<SCRIPT src=x>a</sCrIpT >b", "<p>b</p>\n"),
            ("<style>p{}", ""), ("<img src=x onerror=alert(1)>x", "<p>x</p>\n"),
            ("<svg><script>a</script><text>b</text></svg>c", "<p>c</p>\n"),
            ("<iframe src=x>a</iframe>b", "<p>b</p>\n"), ("<object><p>a</object>b", "<p>b</p>\n"),
            ("<noscript><p title=\"</noscript><img src=x onerror=a>\"></noscript>b", "<p>b</p>\n"),
            ("<blink>a</blink> <big>b</big> <font color=red>c</font>", "<p>a b c</p>\n"),
            ("<!-- <b> -->x<!--", "<p>x</p>\n"), ("<?php a ?>b", "<p>b</p>\n"),
            ("<![CDATA[a]]>b", "<p>&lt;![CDATA[a]]&gt;b</p>\n"),
            ("a<unclosed", "<p>a</p>\n"), ("</p>x</div>", "<p>x</p>\n"), ("a</body></html>b", "<p>a</p>\n<p>b</p>\n"),
            ("<title>a</title><base href=x><meta http-equiv=refresh content=0><link rel=x>b", "<p>b</p>\n"),
            ("<form action=x>a<input value=b><button>c</button></form>", "<p>a</p>\n"),
            ("<math><mtext><table><mglyph><style><img src=x>", ""), ("a\0b", "<p>a\u{FFFD}b</p>\n"),
            ("<x onclick=a>\"<b \"onclick=c>d", "<p>&quot;<b>d</b></p>\n"),
        ])
    func dropped(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test(
        "Only http, https and mailto links stay links",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:x", "\u{1}javascript:x",
            "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.org", "/relative", "#a", "",
            "ftp://x",
            "http:relative", "https:/x", "file:///etc/passwd",
        ])
    func forbiddenLinks(address: String) {
        #expect(clean("<a href=\"\(address)\" onclick=x>a</a>") == "<p>a</p>\n")
    }

    @Test(
        "Allowed links pass on no rank and say so, and their addresses cannot leave the attribute",
        arguments: [
            ("http://x.org/?a=1&b=2", "http://x.org/?a=1&amp;b=2"), ("HTTPS://x.org", "HTTPS://x.org"),
            ("mailto:m@x.org", "mailto:m@x.org"), (" ht\ntp://x.org/ a ", "http://x.org/%20a"),
            ("http://x.org/'&quot;<b>\u{1}é", "http://x.org/'%22%3Cb%3E%01%C3%A9"),
        ])
    func allowedLinks(address: String, expected: String) {
        #expect(
            clean("<a target=_blank href=\"\(address)\" title='t\"'>a</a>")
                == "<p><a href=\"\(expected)\" title=\"t&quot;\" rel=\"nofollow ugc\">a</a></p>\n")
    }

    @Test("Images show their alternative text, or themselves where they are allowed")
    func images() {
        let source = "<img src='https://x.org/i.png' alt='A \"cat\"' width=3 height=x onload=y><img alt=b src=data:x>"
        #expect(clean(source) == "<p>A &quot;cat&quot;b</p>\n")
        #expect(
            clean(source) { $0.images = true }
                == "<p><img src=\"https://x.org/i.png\" alt=\"A &quot;cat&quot;\" width=\"3\" loading=\"lazy\" />b</p>\n"
        )
    }

    @Test(
        "Line feeds mean something where nothing else does",
        arguments: [
            ("one\r\n\r\ntwo\nthree", "<p>one</p>\n<p>two<br />\nthree</p>\n"),
            ("a <b>b</b>\n<i>c</i>\n\n\n d ", "<p>a <b>b</b><br />\n<i>c</i></p>\n<p>d </p>\n"),
            ("<blockquote>a\n\nb</blockquote>\nc", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>\n"),
            ("<p>a\n\nb</p>", "<p>a  b</p>\n"), ("a<br>\nb", "<p>a<br />\nb</p>\n"),
            ("<ul>\n<li>a\nb</li>\n</ul>\n", "<ul>\n<li>a<br />\nb</li>\n</ul>\n"),
        ])
    func lineFeeds(html: String, expected: String) {
        #expect(clean(html) == expected)
    }

    @Test("Deep nesting loses markup and keeps text; bottomless nesting is cut and says so")
    func nesting() {
        let deep = clean(String(repeating: "<blockquote>", count: 50) + "text")
        #expect(deep.split(separator: "<blockquote>", omittingEmptySubsequences: false).count == 13)
        #expect(deep.contains("text"))
        let lists = clean(String(repeating: "<ul><li>", count: 20) + "text")
        #expect(lists.split(separator: "<ul>", omittingEmptySubsequences: false).count == 7)
        let bottomless = HTMLCleaner().clean(String(repeating: "<i>", count: 5_000) + "text")
        #expect(bottomless.isTruncated)
    }

    @Test("A long text is cut at a character and the result says so")
    func size() {
        let long = HTMLCleaner().clean(String(repeating: "é", count: 40_000))
        #expect(long.isTruncated)
        #expect(long.html == "<p>" + String(repeating: "é", count: 32_768) + "</p>\n")
        #expect(!HTMLCleaner().clean("é").isTruncated)
    }

    /// SplitMix64: the same documents on every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static let pieces = [
        "<p>", "</p>", "<b>", "</b>", "<i class=x>", "</i>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>",
        "<tr>", "<td>",
        "</td>", "</table>", "<th>", "<tbody>", "<caption>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<h1>",
        "</h1>",
        "<div>", "</div>", "<a href='http://a.b'>", "</a>", "<a href='javascript:x'>", "<script>", "</script>",
        "<style>",
        "<img src=x onerror=y>", "<br>", "<hr>", "<dl>", "<dt>", "<dd>", "<!--", "-->", "<", ">", "\"", "'", "&lt;",
        "&", "\n",
        "\n\n", " ", "text", "é", "\0", "<svg>", "</svg>", "<template>", "<textarea>", "<x y=\"", "=", "<form>",
        "<input>",
        "<title>", "</body>", "<html>", "<body onload=x>", "<![CDATA[", "]]>", "<?", "<noscript>", "<select>",
        "<option>",
    ]

    @Test(
        "Whatever the source, the result is on the allow-list, well-formed, and stays as it is when cleaned again",
        arguments: 0..<8)
    func wellFormed(seed: UInt64) throws {
        var generator = Generator(state: seed)
        for _ in 0..<300 {
            let count = Int.random(in: 1...30, using: &generator)
            let source = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            let result = clean(source) { $0.maximumNesting = 40 }
            let reader = XMLReader("<root>\(result)</root>", named: "result")
            do {
                while let event = try reader.next() {
                    guard case .start(let element) = event else { continue }
                    let names = element.attributes.map(\.name.local)
                    #expect(names == [] || names == ["href", "rel"], "\(source.debugDescription) → \(result)")
                    #expect(!["script", "style", "svg", "img", "input", "div"].contains(element.name.local))
                }
            } catch {
                Issue.record("\(source.debugDescription) → \(result): \(error)")
            }
            let again = clean(result) { $0.maximumNesting = 40 }
            // But for white space at the ends of elements.
            #expect(words(again) == words(result), "\(source.debugDescription)")
        }
    }

    private func words(_ html: String) -> String { html.filter { !$0.isWhitespace } }

    @Test(
        "Cleaning costs no more than linear time",
        arguments: ["<b>", "<a href=x ", "a=b ", "<p><b>", "</p>", "<table>", "&lt", "\n\n", "<li>"])
    func linear(unit: String) {
        // The time of this thread alone: what else runs on the machine does not count.
        func now() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        func time(_ count: Int) -> Duration {
            let source = "<x " + String(repeating: unit, count: count)
            return (0..<3).map { _ in
                let start = now()
                _ = HTMLCleaner().clean(source)
                return now() - start
            }.min() ?? .zero
        }
        let once = time(4_000)
        let four = time(16_000)
        #expect(four < once * 10 + .milliseconds(20), "\(once) and \(four)")
    }
}
