@testable import Markdown
import Testing

@Suite("Highlighting")
struct HighlightingTests {
    private func code(_ info: String, _ code: String) -> String {
        var options = MarkdownOptions.commonMark
        options.highlight = true
        return MarkdownRenderer(options: options).render("```\(info)\n\(code)\n```\n").html
    }

    /// `[class|text]` for each token: easier to read than spans.
    private func tokens(_ language: String, _ source: String) -> String {
        code(language, source)
            .replacing(#/^<pre><code class="[^"]*">|\n</code></pre>\n$/#, with: "")
            .replacing(#/<span class="([a-z]+)">(.*?)</span>/#) { "[\($0.1)|\($0.2)]" }
    }

    @Test(
        "Each language has its comments, strings, words and numbers",
        arguments: [
            (
                "swift", "let x: Int = f(1) // c",
                "[keyword|let] x: [type|Int] = [function|f]([number|1]) [comment|// c]"
            ),
            (
                "swift", "@Test #if /* a /* b */ */ nil",
                "[meta|@Test] [meta|#if] [comment|/* a /* b */ */] [literal|nil]"
            ),
            ("swift", "let s = #'a'#", "[keyword|let] s = #'a'#"),
            ("c", "#include <a.h>", "[meta|#include] &lt;a.h&gt;"),
            ("cpp", "std::vector<int> v{0x1F};", "std::[type|vector]&lt;[type|int]&gt; v{[number|0x1F]};"),
            (
                "rust", "fn f<'a>(x: &'a str) { 'x' }",
                "[keyword|fn] f&lt;'a&gt;(x: &amp;'a [type|str]) { [string|'x'] }"
            ),
            ("go", "s := `a\\`", "s := [string|`a\\`]"),
            (
                "python", "@p\ndef f(): return '''a'''",
                "[meta|@p]\n[keyword|def] [function|f](): [keyword|return] [string|'''a''']"
            ),
            ("js", "x = /a[/]b/g / 2", "x = [string|/a[/]b/g] / [number|2]"),
            ("ts", "let s: string = `${a}`", "[keyword|let] s: [type|string] = [string|`${a}`]"),
            ("java", "@Override int i = 1_000;", "[meta|@Override] [type|int] i = [number|1_000];"),
            ("kotlin", "val s = \"${a}\"", "[keyword|val] s = [string|&quot;${a}&quot;]"),
            ("ruby", "def a? # c", "[keyword|def] a? [comment|# c]"),
            ("bash", "echo $HOME ${x#y} # c", "[keyword|echo] [property|$HOME] [property|${x#y}] [comment|# c]"),
            ("sql", "SELECT 'it''s' -- c", "[keyword|SELECT] [string|'it'][string|'s'] [comment|-- c]"),
            (
                "html", "<a href=\"x\">&amp;</a>",
                "[tag|&lt;a] [property|href]=[string|&quot;x&quot;][tag|&gt;][literal|&amp;amp;][tag|&lt;/a][tag|&gt;]"
            ),
            ("css", "a { color: #fff; }", "a { [property|color]: [property|#fff]; }"),
            ("json", "{\"a\": [true, 1]}", "{[property|&quot;a&quot;]: [[literal|true], [number|1]]}"),
            ("yaml", "a-b: it's # c", "[property|a-b]: it's [comment|# c]"),
            ("toml", "a = 'b' # c", "[property|a] = [string|'b'] [comment|# c]"),
            ("diff", "@@ 1\n+a\n-b\n c", "[meta|@@ 1]\n[inserted|+a]\n[deleted|-b]\n c"),
        ])
    func languages(language: String, source: String, expected: String) {
        #expect(tokens(language, source) == expected)
    }

    @Test(
        "An unknown language and broken code are still the code", arguments: ["unknown", "swift", "js", "html", "yaml"])
    func unbroken(language: String) {
        let source = "\"abc ' ` /* <!-- ${ \\( #[ \n& é <x a=\"\n"
        let plain = code(language, source).replacing(#/<[^>]*>/#, with: "")
        #expect(
            plain == "\"abc ' ` /* <!-- ${ \\( #[ \n& é <x a=\"\n\n".replacing("&", with: "&amp;")
                .replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;") + "\n")
    }

    @Test("Random code in any language comes out unchanged but for spans")
    func randomCode() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "\"", "'", "`", "/*", "*/", "//", "#", "--", "<!--", "<a ", ">", "\\", "\\(", "${", ")", "}", "[", "]",
            "r#\"", "\n", "a", "1e+", "é", "$", "@x", "&", "'''", "\"\"\"", ":", "=",
        ]
        for language in Language.all {
            for _ in 0..<50 {
                let source = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                for suffix in ["", " {1,3-4}"] {
                    var out = HTMLBuffer()
                    CodeWriter.write(
                        Array(source.utf8), info: CodeInfo(Array((language.names[0] + suffix).utf8)[...]), to: &out)
                    var expected = HTMLBuffer()
                    expected.escaped(source)
                    #expect(
                        out.string.replacing(#/</?span[^>]*>/#, with: "") == expected.string,
                        "\(language.names[0]): \(source)")
                }
            }
        }
    }

    @Test("Marked lines and line numbers; a token over several lines is closed on each")
    func lines() {
        #expect(
            code("swift {2} showLineNumbers", "a /* b\nc */ d\ne") == """
                <pre class="numbered"><code class="language-swift"><span class="line">a <span class="comment">/* b</span></span>
                <span class="line marked"><span class="comment">c */</span> d</span>
                <span class="line">e</span>
                </code></pre>

                """)
    }

    @Test(
        "Info strings are read in the spellings of four generators",
        arguments: [
            ("go {hl_lines=[2,\"5-7\"] linenos=true}", "go", [2...2, 5...7], true),
            ("rust,linenos,hl_lines=1 3-5", "rust", [1...1, 3...5], true),
            ("swift {1,3-5}", "swift", [1...1, 3...5], false),
            ("{.python .numberLines}", "python", [], true),
            ("rust,ignore", "rust", [], false),
            ("js{9-3}", "js", [], false),
            ("", "", [], false),
        ])
    func info(info: String, language: String, lines: [ClosedRange<Int>], numbers: Bool) {
        let parsed = CodeInfo(Array(info.utf8)[...])
        #expect(parsed.language == language)
        #expect(parsed.highlightedLines == lines)
        #expect(parsed.numbersLines == numbers)
    }

    @Test("Every colour has a contrast of 4.5:1 with its background and with marked lines")
    func contrast() throws {
        for scheme in [CodePalette.light, CodePalette.dark] {
            #expect(scheme.colors.count == Token.allCases.count)
            for background in [scheme.background, scheme.markedLine] {
                for color in scheme.colors.values + [scheme.text] {
                    let lights = try [luminance(color), luminance(background)].sorted()
                    #expect((lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, "\(color) on \(background)")
                }
            }
        }
    }

    /// WCAG 2.2's definition of relative luminance.
    private func luminance(_ color: String) throws -> Double {
        let value = try #require(Int(color.dropFirst(), radix: 16))
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
            let part = Double(part) / 255
            return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// x to the power of 2.4, as the square times the fifth root of the square.
    private func power(_ x: Double) -> Double {
        var root = x
        for _ in 0..<60 { root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root) }
        return x * x * root
    }
}
