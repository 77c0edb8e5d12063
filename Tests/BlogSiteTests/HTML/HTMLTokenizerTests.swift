import Testing

@testable import BlogSite

@Suite struct HTMLTokenizerTests {
    /// One line for each token.
    private func tokens(_ html: String) -> [String] {
        var tokenizer = HTMLTokenizer(Array(html.utf8))
        var result: [String] = []
        var end = 0
        while let token = tokenizer.next() {
            let range: Range<Int>
            switch token {
            case .text(let place):
                range = place
                result.append("text \(tokenizer.string(place))")
            case .comment(let place):
                range = place
                result.append("comment \(tokenizer.string(place))")
            case .declaration(let place):
                range = place
                result.append("declaration \(tokenizer.string(place))")
            case .endTag(let name, let place):
                range = place
                result.append("end \(name)")
            case .startTag(let tag):
                range = tag.range
                let attributes = tag.attributes.map {
                    " \($0.name)" + ($0.value.map { "=\(tokenizer.string($0))" } ?? "")
                }
                result.append("start \(tag.name)\(attributes.joined())\(tag.isSelfClosing ? " /" : "")")
            }
            #expect(range.lowerBound == end, "a gap in \(html)")
            end = range.upperBound
        }
        #expect(end == html.utf8.count)
        return result
    }

    @Test(arguments: [
        ("", []),
        ("a < b", ["text a < b"]),
        ("<P Class=X>a</P >", ["start p class=X", "text a", "end p"]),
        ("<a href = 'x' b=\"y\" c=z/ d>", ["start a href=x b=y c=z/ d"]),
        ("<br/><a b=c/><a b='c'/>", ["start br /", "start a b=c/", "start a b=c /"]),
        (
            "<!DOCTYPE html><!-- a > b --><!--><!--->c<!-- d --!>e",
            [
                "declaration <!DOCTYPE html>", "comment <!-- a > b -->", "comment <!-->", "comment <!--->", "text c",
                "comment <!-- d --!>", "text e",
            ]
        ),
        ("<script>a<b></scripty></SCRIPT>x", ["start script", "text a<b></scripty>", "end script", "text x"]),
        ("<textarea></textarea>", ["start textarea", "end textarea"]),
        ("<title>a<b></title>", ["start title", "text a<b>", "end title"]),
        ("<style>", ["start style"]), ("<style>a", ["start style", "text a"]),
        ("<![CDATA[a>b]]>c", ["declaration <![CDATA[a>b]]>", "text c"]), ("<?x?>y", ["declaration <?x?>", "text y"]),
        ("<a =b c= >d", ["start a =b c", "text d"]), ("<a", ["start a"]), ("<a b='c", ["start a b=c"]),
        ("</", ["text </"]), ("<!--", ["comment <!--"]), ("<!-- a", ["comment <!-- a"]), ("<", ["text <"]),
        ("a<1<b>", ["text a<1", "start b"]),
    ])
    func `tags, texts and comments are told apart as browsers do`(html: String, expected: [String]) {
        #expect(tokens(html) == expected)
    }
}
