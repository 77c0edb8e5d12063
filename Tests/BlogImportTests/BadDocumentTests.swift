import BlogConfiguration
import BlogImport
import BlogModels
import Foundation
import ORM
import Testing

/// Documents that are no text, no files, or too much.
@Suite struct BadDocumentTests {
    @Test func `a truncated, ill-formed or endless front matter is refused with its place`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("+++\ntitle = \"a\"\ndate = 2017-02-29\n+++\n", to: "content/posts/date.md")
        try site.folder.write("+++\ntitle = \"a\"\n", to: "content/posts/open.md")
        try site.folder.write("+++\na = [1\n+++\n", to: "content/posts/array.md")
        try site.folder.write("{\"title\": \"a\", \"date\": \"2024-13-01\"}\nText\n", to: "content/posts/json.md")
        try site.folder.write("{\"title\": \"a\n", to: "content/posts/cut.md")
        let levels = String(repeating: "[", count: 10_000)
        try site.folder.write("---\na: \(levels)\n---\n", to: "content/posts/yaml.md")
        try site.folder.write("+++\na = \(levels)\n+++\n", to: "content/posts/toml.md")
        try site.folder.write("{\"a\": \(levels)", to: "content/posts/levels.md")
        try site.post("good.md", "author: x")
        let report = try await site.run()
        let start = report.refusals.map { String($0.description.prefix(90)) }
        #expect(
            start == [
                "content/posts/array.md:3:1: error: invalid TOML: expected \",\" or \"]\"",
                "content/posts/cut.md:1:13: error: invalid JSON: a line break or control character inside q",
                "content/posts/date.md:3:8: error: \"date\": \"2017-02-29\" is no date: February 2017 has 28 da",
                "content/posts/json.md:1:24: error: \"date\": \"2024-13-01\" is no date: months go from 1 to 12",
                "content/posts/levels.md:1:107: error: values nested more than 100 deep",
                "content/posts/open.md:1:1: error: the front matter that starts here never ends; put a line",
                "content/posts/toml.md:2:105: error: invalid TOML: values nested more than 100 deep",
                "content/posts/yaml.md:2:5: error: invalid YAML: while parsing, Maximum nesting level reach",
            ])
        #expect(try await site.slugs() == ["good"])
    }

    @Test(arguments: ["> ", "- ", "1. ", "*", "[", "<div>\n"])
    func `ten thousand levels in a body are a post`(level: String) async throws {
        let site = try await ImportFixture()
        try site.post("deep.md", "author: x", body: String(repeating: level, count: 10_000) + "text\n")
        let report = try await site.run()
        #expect(report.refusals == [])
        #expect(try await site.slugs() == ["deep"])
    }

    @Test func `encodings are named`() async throws {
        let site = try await ImportFixture()
        let text = "---\ntitle: Café\n---\n"
        try site.folder.write([UInt8](text.data(using: .isoLatin1) ?? Data()), to: "content/posts/latin.md")
        try site.folder.write(Array("x ".utf8) + [0x93, 0x61, 0x94], to: "content/posts/windows.md")
        try site.folder.write([UInt8](text.data(using: .utf16BigEndian) ?? Data()), to: "content/posts/utf16be.md")
        try site.folder.write([0xEF, 0xBB, 0xBF] + Array(text.utf8), to: "content/posts/mark.md")
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/posts/latin.md:2:11: error: invalid UTF-8: byte 0xE9 at byte 14; if the file is Latin-1 or Windows-1252, save it as UTF-8",
                "content/posts/utf16be.md:1: error: the file is UTF-16 (big-endian), expected UTF-8; save it as UTF-8",
                "content/posts/windows.md:1:3: error: invalid UTF-8: byte 0x93 at byte 2; if the file is Latin-1 or Windows-1252, save it as UTF-8",
            ])
        #expect(try await site.slugs() == ["mark"])
    }

    @Test func `two gigabytes are refused by their size`() async throws {
        let site = try await ImportFixture()
        try site.folder.write("x", to: "content/posts/big.md")
        let file = try FileHandle(forWritingTo: URL(filePath: site.folder.path + "/content/posts/big.md"))
        try file.truncate(atOffset: 2 << 30)
        try file.close()
        let report = try await site.run()
        #expect(
            report.refusals.map(\.description) == [
                "content/posts/big.md: error: 2147483648 bytes, expected at most 67108864"
            ])
    }
}
