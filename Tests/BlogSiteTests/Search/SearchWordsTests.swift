import Foundation
import Testing

@testable import BlogSite

@Suite struct SearchWordsTests {
    /// `Scripts/check-search` holds the script of the search page against the same file.
    @Test func `the words are those of the examples that the script has too`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "words.json")
        let examples = try JSONDecoder().decode([Example].self, from: Data(contentsOf: file))
        #expect(examples.count > 20)
        for example in examples {
            #expect(
                SearchWords.all(in: example.text).map { Array($0.unicodeScalars) }
                    == example.words.map { Array($0.unicodeScalars) }, "\(example.text)")
        }
    }

    /// `["text", ["word", …]]`
    private struct Example: Decodable {
        var text: String
        var words: [String]

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            text = try container.decode(String.self)
            words = try container.decode([String].self)
        }
    }

    @Test(arguments: [
        ("<p>One <b>tw</b>o</p><p>three</p>", " One two  three "),
        ("a &amp; b &#233;&#xE9; &nbsp;c &x", "a   b éé  c  x"),
        ("<img alt=\"a > b\" src='x'>after", " after"), ("<!-- don't > --> text", " text"), ("<", " "), ("<p", " "),
        ("&#x110000;&#0;", " \u{0}"),
    ])
    func `text is what stands between tags`(html: String, text: String) {
        #expect(String(decoding: PlainText.make(of: html), as: UTF8.self) == text)
    }
}
