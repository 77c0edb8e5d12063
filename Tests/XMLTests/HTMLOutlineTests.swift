import Testing
import XML

@Suite struct HTMLOutlineTests {
    @Test func `blocks are lines and white space is one space`() {
        let outline = HTMLOutline(
            "<h2 id=a>One &amp; two</h2>\n<p>First <em>words</em>,\n and<br>more.</p><ul><li>x<li>y</ul>loose<script>no</script>"
        )
        #expect(outline.text == "One & two\nFirst words, and more.\nx\ny\nloose")
        #expect(outline.firstParagraph == "First words, and more.")
        #expect(outline.headings == [.init(level: 2, id: "a", text: "One & two")])
    }

    @Test(arguments: [
        ("", ""), ("plain  text\n", "plain text"), ("a &lt;b&gt; c", "a <b> c"), ("<p> </p>", ""),
        ("<p><img src=x></p><p>two</p>", "two"), ("<h1>only a heading</h1>", "only a heading"),
    ]) func `the first paragraph is the first with a text`(html: String, text: String) {
        #expect(HTMLOutline(html).firstParagraph == text)
    }

    @Test func `bytes are found wherever they stand`() {
        let needles: [StaticString] = ["<", "<!", "<!--more-->", "<!-- a comment longer than a vector -->"]
        for needle in needles {
            for before in 0..<40 {
                // With the needle's ends, but not the needle, before it.
                let start = String("<!--x-->".prefix(before % 9).dropFirst()) + String(repeating: "x", count: before)
                for after in [0, 1, 17] {
                    let text = "é\(start)\(needle)" + String(repeating: "<", count: after)
                    let found = text.byteRange(of: needle)
                    #expect(found.map { text.utf8[..<$0.lowerBound].count } == start.utf8.count + 2)
                    #expect(found.map { String(text[$0]) } == "\(needle)")
                }
                #expect("\(start)".byteRange(of: "<!--more-->") == nil)
            }
        }
        #expect("".byteRange(of: "<") == nil)
    }

    @Test func `lines become escaped paragraphs`() {
        #expect(HTMLOutline.paragraphs("a < b\n\nc & d") == "<p>a &lt; b</p>\n<p>c &amp; d</p>\n")
    }
}
