import Foundation
import Testing

/// Holds the code of the catalogue to the code that is compiled here.
@Suite struct CatalogueTests {
    @Test func everyCodeBlockOfTheCatalogueIsCompiledAndTheOtherWayRound() throws {
        let compiled = try Set(
            snippets(in: folder("Tests/ORMDocumentationTests"), ending: ".swift") { text in
                Self.blocks(of: text, from: { $0.hasPrefix("// doc: ") }, to: { $0 == "// end" })
            })
        let catalogues = ["Sources/ORM/ORM.docc", "Sources/ORMMigrations/ORMMigrations.docc"]
        let documented = try Set(
            catalogues.flatMap { catalogue in
                try snippets(in: folder(catalogue), ending: ".md") { text in
                    Self.blocks(of: text, from: { $0 == "```swift" }, to: { $0 == "```" })
                }
            })
        #expect(compiled.count > 20)
        #expect(documented.subtracting(compiled).sorted() == [])
        #expect(compiled.subtracting(documented).sorted() == [])
    }

    private func folder(_ path: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: path)
    }

    private func snippets(in folder: URL, ending: String, _ blocks: (String) -> [String]) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(ending) }.sorted()
            .flatMap { blocks(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
    }

    /// The lines between two markers, without the indentation that they share.
    private static func blocks(of text: String, from: (String) -> Bool, to: (String) -> Bool) -> [String] {
        var blocks: [String] = []
        var current: [String]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let word = line.trimmingCharacters(in: .whitespaces)
            if let lines = current {
                if to(word) {
                    let shared = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
                    blocks.append(lines.map { String($0.dropFirst(shared)) }.joined(separator: "\n"))
                    current = nil
                } else {
                    current = lines + [line]
                }
            } else if from(word) {
                current = []
            }
        }
        return blocks
    }
}
