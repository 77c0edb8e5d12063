import struct ORMTesting.SeededGenerator
import Testing

@testable import BlogSite

@Suite struct HTMLMinifierTests {
    private func minify(_ html: String) -> String {
        String(decoding: HTMLMinifier.minify(Array(html.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("<p>a  b</p>\n\n\n<p>c</p>", "<p>a b</p>\n<p>c</p>"),
        ("<p>a <!-- x --> b</p>", "<p>a b</p>"),
        ("a\t\r\n b", "a\nb"),
        ("<!-- only -->", ""),
        ("<pre> a  b\n\n<!-- c --> <b  c> </pre>  d", "<pre> a  b\n\n<!-- c --> <b c> </pre> d"),
        ("<textarea>  a\n\n b</textarea>", "<textarea>  a\n\n b</textarea>"),
        ("<script>  a // <!-- b\n\n</script>", "<script>  a // <!-- b\n\n</script>"),
        ("<style>a  {}</style>", "<style>a  {}</style>"),
        ("<a   href=\"a  b\"\n  class='x'  c = d >", "<a href=\"a  b\" class='x' c=d>"),
        ("<path d=a /><path d=a/><br  />", "<path d=a /><path d=a/><br/>"),
        ("&am<!-- -->p; <<!-- -->b> x<!-- --> y", "&am<!-- -->p; <<!-- -->b> x y"),
        (
            "<!--#include virtual=\"a\" --><!--[if IE]> x <![endif]-->",
            "<!--#include virtual=\"a\" --><!--[if IE]> x <![endif]-->"
        ),
        ("<a b='c", "<a b='c"), ("a  <", "a <"),
    ])
    func `what browsers do not show goes and all else stays`(html: String, expected: String) {
        #expect(minify(html) == expected)
    }

    @Test(arguments: 0..<300)
    func `minifying twice gives the same as once, and no tag or text is lost`(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        let pieces = [
            "<p>", "</p>", "<pre>", "</pre>", "<b  c='d  e'>", "<i x=y/>", "</b>", " ", "\n\n", "  ", "a", "&amp;",
            "&am",
            "p;", "<", "<!-- x -->", "<!---->", "<script>", "</script>", "<textarea>", "</textarea>", "<br />",
            "<!--#a -->",
            "\"", "'", ">", "=", "é",
        ]
        let html = (0..<Int.random(in: 1..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
        let once = minify(html)
        #expect(minify(once) == once, "\(html)")
        #expect(Self.tree(once) == Self.tree(html), "\(html)")
    }

    /// The tags with their attributes and the texts without their white space; comments left out.
    private static func tree(_ html: String) -> [String] {
        var tokens = HTMLTokenizer(Array(html.utf8))
        var result: [String] = []
        var text = ""
        while let token = tokens.next() {
            switch token {
            case .text(let range): text += tokens.string(range).filter { !$0.isWhitespace }
            case .comment: continue
            case .declaration(let range): result += [text, tokens.string(range)]
            case .endTag(let name, _): result += [text, "/" + name]
            case .startTag(let tag):
                result += [
                    text,
                    tag.name + tag.attributes.map { " \($0.name)=\($0.value.map(tokens.string) ?? "-")" }.joined(),
                ]
            }
            if case .text = token {} else { text = "" }
        }
        return result + [text]
    }
}
