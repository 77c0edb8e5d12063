import BlogConfiguration
import Testing

struct TOMLReaderTests {
    @Test(
        arguments: [
            ("a = 1\nb = \"x\"", #"{"a":1,"b":"x"}"#),
            ("# only a comment\n\n", "{}"),
            ("z = 1_000\ny = 0xFF\nx = 1e3\nw = -0.5 # tail", #"{"w":-0.5,"x":1000.0,"y":255,"z":1000}"#),
            ("a = [\n  1, # one\n  2,\n]", #"{"a":[1,2]}"#),
            (
                "[taxonomies]\ntags = ['rust', \"c\"]\n[extra.deep]\nk = true",
                #"{"extra":{"deep":{"k":true}},"taxonomies":{"tags":["rust","c"]}}"#
            ),
            ("[[r]]\nn = 1\n[[r]]\nn = 2", #"{"r":[{"n":1},{"n":2}]}"#),
            ("a.b.c = 1\na.b.d = 2", #"{"a":{"b":{"c":1,"d":2}}}"#),
            ("p = { x = 1, y.z = 'q' }", #"{"p":{"x":1,"y":{"z":"q"}}}"#),
            ("\"a b\" = 'C:\\x'", #"{"a b":"C:\\x"}"#),
            ("s = \"\"\"\none\ntwo \\\n   three\"\"\"\"", #"{"s":"one\ntwo three\""}"#),
            ("s = \"\\u00e9\\U0001F600\\t\"", "{\"s\":\"é😀\\t\"}"),
            (
                "d = 2024-04-09 10:11:12.5+02:00\ne = 2024-04-09",
                #"{"d":"2024-04-09 10:11:12.5+02:00","e":"2024-04-09"}"#
            ),
        ])
    func `TOML is read as it is written`(toml: String, json: String) throws {
        let node = try TOMLReader.read(toml, of: SourceText(path: "x.toml", text: toml))
        #expect(node.json == json)
    }

    @Test(arguments: [
        ("a = 1\nb = x\n", "x.toml:2:5: error: invalid TOML: \"x\" is no value; text needs quotes"),
        ("a = \"x", "x.toml:1:5: error: invalid TOML: the quotes never close"),
        ("é = 1", "x.toml:1:1: error: invalid TOML: expected a key"),
        ("t = \"é\" x", "x.toml:1:9: error: invalid TOML: expected the end of the line"),
        ("a = 1\na = 2", "x.toml:2:1: error: the key \"a\" twice"),
        ("[a]\n[a]", "x.toml:2:2: error: the key \"a\" twice"),
        ("a = {b = 1}\n[a.c]", "x.toml:2:2: error: the key \"a\" twice"),
        ("a = [1, 2", "x.toml:1:10: error: invalid TOML: expected \",\" or \"]\""),
        ("a = 01", "x.toml:1:5: error: invalid TOML: \"01\" is no value; text needs quotes"),
        ("a = \"\\x\"", "x.toml:1:6: error: invalid TOML: an unknown escape"),
        ("a =", "x.toml:1:4: error: invalid TOML: expected a value"),
    ])
    func `a mistake is named at its place`(toml: String, message: String) {
        let error = #expect(throws: Diagnostic.self) {
            try TOMLReader.read(toml, of: SourceText(path: "x.toml", text: toml))
        }
        #expect(error?.description == message)
    }

    @Test func `places are those of the whole file`() throws {
        let source = SourceText(path: "x", text: "+++\nt = [\"é\", 5]\n+++\n")
        let node = try TOMLReader.read("t = [\"é\", 5]\n", of: source, lineOffset: 1)
        #expect(node["t"]?.list?.map(\.place) == [Place(line: 2, column: 6), Place(line: 2, column: 11)])
    }

    @Test func `ten thousand levels are refused, not followed`() {
        let nested = "a = " + String(repeating: "[", count: 10_000)
        let dotted = String(repeating: "a.", count: 10_000) + "a = 1"
        for toml in [nested, dotted] {
            #expect(throws: Diagnostic.self) { try TOMLReader.read(toml, of: SourceText(path: "x", text: toml)) }
        }
    }
}
