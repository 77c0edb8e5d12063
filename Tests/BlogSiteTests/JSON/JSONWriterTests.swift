import Foundation
import Testing

@testable import BlogSite

@Suite struct JSONWriterTests {
    @Test func `a document keeps the order of its keys and ends with one line feed`() {
        var json = JSONWriter()
        json.object {
            $0.field("b", 1)
            $0.field("a", "x")
            $0.field("none", String?.none)
            $0.field("flag", true)
            $0.field("half", 0.5)
            $0.field("list", [[1], [], [2, 3]]) { json, row in json.array(row) { $0.number($1) } }
            $0.field("inner") { $0.field("at", Instant(microseconds: 0)) }
            $0.field("objects", [1, 2]) { json, id in json.object { $0.field("id", id) } }
        }
        json.finish()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"b":1,"a":"x","none":null,"flag":true,"half":0.5,"list":[[1],[],[2,3]],"#
                + #""inner":{"at":"1970-01-01T00:00:00Z"},"objects":[{"id":1},{"id":2}]}"# + "\n")
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("", #""""#), ("\"\\/", #""\"\\/""#), ("\n\r\t\u{8}\u{c}", #""\n\r\t\b\f""#),
        ("\u{0}\u{1f}", #""\u0000\u001f""#), ("é 🎉 </script>\u{7f}", "\"é 🎉 </script>\u{7f}\""),
    ])
    func `text is escaped exactly where JSON requires it`(text: String, expected: String) throws {
        var json = JSONWriter()
        json.string(text)
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
        let read = try JSONSerialization.jsonObject(with: Data(json.bytes), options: .fragmentsAllowed)
        #expect(read as? String == text)
    }

    @Test(arguments: [(0.0, "0.0"), (2.5, "2.5"), (1e21, "1e+21"), (.infinity, "null"), (.nan, "null")])
    func `a double is a JSON number or null`(value: Double, expected: String) {
        var json = JSONWriter()
        json.number(value)
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    @Test func `a reused buffer starts empty`() {
        var json = JSONWriter(reusing: [1, 2, 3])
        json.null()
        #expect(json.bytes == Array("null".utf8))
    }
}
