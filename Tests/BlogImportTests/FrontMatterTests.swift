import BlogConfiguration
import BlogImport
import Testing

@Suite struct FrontMatterTests {
    private func read(_ text: String) throws -> FrontMatter {
        try FrontMatter.read(SourceText(path: "a.md", text: text))
    }

    @Test(arguments: [
        ("---\ntitle: A\n---\nBody\n", #"{"title":"A"}"#, "Body\n", 4),
        ("---\ntitle: A\n...\n\n\n    code\n", #"{"title":"A"}"#, "    code\n", 6),
        ("\n---  \ntitle: A\n--- \nBody", #"{"title":"A"}"#, "Body", 5),
        ("---\n---\nBody", "{}", "Body", 3), ("---\n# nothing\n---\n", "{}", "", 4),
        ("---\na: 1\n---", #"{"a":1}"#, "", 4),
        (
            "{\"title\": \"A\",\n \"n\": {\"x\": [1, true, null, \"\\ud83d\\ude00\"]}}\n\nBody",
            #"{"n":{"x":[1,true,null,"😀"]},"title":"A"}"#, "Body", 4
        ),
        ("{}\nBody", "{}", "Body", 2), ("---\na: |\n  ---x\n  b\n---\nBody", #"{"a":"---x\nb\n"}"#, "Body", 6),
    ])
    func `a block and the body below it are told apart`(text: String, json: String, body: String, line: Int) throws {
        let frontMatter = try read(text)
        #expect(DataNode.json(of: frontMatter.entries) == json)
        #expect(frontMatter.body == body)
        #expect(frontMatter.bodyLine == line)
        #expect(frontMatter.isPresent)
    }

    @Test(arguments: [
        "# Title\n\nBody", "{% include x %}\n", "{{ x }}", "{: .class}", "----\nx\n----\n", "", "{ not json",
    ])
    func `a file without a block is all body`(text: String) throws {
        let frontMatter = try read(text)
        #expect(frontMatter.body == text)
        #expect(frontMatter.entries.isEmpty)
        #expect(!frontMatter.isPresent)
    }

    @Test(arguments: [
        (
            "---\ntitle: A\nBody\n",
            "a.md:1:1: error: the front matter that starts here never ends; put a line with --- below it"
        ),
        (
            "\n\n---\ntitle: A\n",
            "a.md:3:1: error: the front matter that starts here never ends; put a line with --- below it"
        ),
        (
            "+++\ntitle = 'A'\ndate = soon\n+++\n",
            "a.md:3:8: error: invalid TOML: \"soon\" is no value; text needs quotes"
        ),
        ("---\n- a\n---\n", "a.md:2:1: error: the front matter is a list, expected keys and values"),
        ("---\njust text\n---\n", "a.md:2:1: error: the front matter is \"just text\", expected keys and values"),
        (
            "---\ntitle: A: B\n---\n",
            "a.md:2:9: error: invalid YAML: mapping values are not allowed in this context; a text with a colon needs quotes"
        ),
        ("---\na: 1\nb: 2\na: 3\n---\n", "a.md:4:1: error: the key \"a\" twice"),
        ("{\"a\": 1,\n \"a\": 2}", "a.md:2:2: error: the key \"a\" twice"),
        ("{\"a\": 1\n \"b\": 2}", "a.md:2:2: error: invalid JSON: expected \",\" or \"}\""),
        ("{\"a\": 'x'}", "a.md:1:7: error: invalid JSON: expected a value"),
        ("{\"a\": \"\\ud83d\"}", "a.md:1:8: error: invalid JSON: an unknown escape"),
        ("{\"a\": [1, 2", "a.md:1:12: error: invalid JSON: the file ends inside it"),
    ])
    func `a broken block is refused with its place`(text: String, message: String) {
        #expect(#expect(throws: Diagnostic.self) { try read(text) }?.description == message)
    }

    @Test func `the message shows the line with a caret`() {
        let error = #expect(throws: Diagnostic.self) { try read("---\ntitle: A: B\n---\n") }
        #expect(
            error?.detailed == """
                a.md:2:9: error: invalid YAML: mapping values are not allowed in this context; a text with a colon needs quotes
                 2 | title: A: B
                   |         ^
                """)
    }

    @Test func `JSON with a hundred thousand values takes linear time`() throws {
        let text = "{\"a\": [" + Array(repeating: "1", count: 100_000).joined(separator: ",") + "]}"
        #expect(try read(text).entries.first?.value.list?.count == 100_000)
    }
}
