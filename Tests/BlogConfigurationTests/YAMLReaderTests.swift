import BlogConfiguration
import Testing

@Suite struct YAMLReaderTests {
    private func read(_ text: String) throws -> DataNode? {
        try YAMLReader.read(text, of: SourceText(path: "x.yml", text: text))
    }

    private func message(_ text: String) -> String? {
        #expect(throws: Diagnostic.self) { try read(text) }?.description
    }

    @Test func `values keep their text and their place`() throws {
        let root = try #require(try read("a: 007\nb:\n  - 'x'\n  - {c: ~}\n"))
        #expect(
            root
                == DataNode(
                    .map([
                        .init(
                            key: "a", keyPlace: Place(line: 1, column: 1),
                            value: DataNode(.scalar("007", isPlain: true), at: Place(line: 1, column: 4))),
                        .init(
                            key: "b", keyPlace: Place(line: 2, column: 1),
                            value: DataNode(
                                .list([
                                    DataNode(.scalar("x", isPlain: false), at: Place(line: 3, column: 5)),
                                    DataNode(
                                        .map([
                                            .init(
                                                key: "c", keyPlace: Place(line: 4, column: 6),
                                                value: DataNode(
                                                    .scalar("~", isPlain: true), at: Place(line: 4, column: 9)))
                                        ]), at: Place(line: 4, column: 5)),
                                ]), at: Place(line: 3, column: 3))),
                    ]), at: Place(line: 1, column: 1)))
    }

    @Test func `json has sorted keys and the types of YAML's core schema`() throws {
        let text = """
            z: {b: 1, a: [true, "true", null, 1.50, 007, 2024-01-02, yes, 1e3, -4]}
            "é\\n\\u0001": "a\\"\\\\b"
            """
        #expect(
            try read(text)?.json
                == #"{"z":{"a":[true,"true",null,1.5,"007","2024-01-02","yes",1000.0,-4],"b":1},"é\n\u0001":"a\"\\b"}"#)
    }

    @Test func `an empty document is nothing`() throws {
        #expect(try read("") == nil)
        #expect(try read("# only a comment\n") == nil)
    }

    @Test func `merge keys give defaults that own keys override`() throws {
        let root = try read("base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3\n")
        #expect(root?["mine"]?.json == #"{"x":1,"y":3}"#)
    }

    @Test(arguments: [
        (
            "title: a: b",
            "x.yml:1:9: error: invalid YAML: mapping values are not allowed in this context; a text with a colon needs quotes"
        ),
        ("a: 1\nb: 2\na: 3", "x.yml:3:1: error: the key \"a\" twice"),
        ("a: \"b", "x.yml:1:6: error: invalid YAML: while scanning a quoted scalar, found unexpected end of stream"),
        ("a: *nowhere", "x.yml:1:4: error: invalid YAML: found undefined alias"),
        ("? [a]\n: b", "x.yml:1:3: error: a list or map as a key, expected text"),
        ("a: 1\nb: \u{7}", "x.yml:2:4: error: invalid YAML: control characters are not allowed"),
        (
            "a\n---\nb",
            "x.yml:2:1: error: invalid YAML: expected a single document in the stream, but found another document"
        ),
    ])
    func `a mistake is named with its place`(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test func `an alias bomb is refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(message(text)?.hasSuffix("error: more than 100000 values in one document") == true)
    }

    @Test(arguments: [200, 20_000])
    func `deep nesting is refused`(depth: Int) {
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(message(text)?.contains("error:") == true)
    }
}
