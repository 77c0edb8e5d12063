import Foundation
import Testing

@testable import BlogSite

@Suite struct DocumentStoreTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func store(scope: String = "scope") throws -> DocumentStore {
        try DocumentStore(stateFolder: folder.path, scope: ContentHash(of: scope))
    }

    private func document(_ text: String) -> RenderedDocument {
        RenderedDocument(
            html: "<p>\(text)</p>", summaryHTML: text, summaryText: text, wordCount: 1, readingMinutes: 1,
            headings: [.init(level: 2, id: "a", text: "Ä")])
    }

    private func row(_ id: Int, revision: Int = 1) -> DocumentStore.Row {
        .init(kind: .post, id: id, revision: revision)
    }

    private func add(_ id: Int, revision: Int = 1, _ text: String, to store: DocumentStore) throws -> Bool {
        var isRendered = false
        try store.add(row(id, revision: revision), source: ContentHash(of: text)) {
            isRendered = true
            return (document(text), uses: BodyUses())
        }
        return isRendered
    }

    @Test func `a body is found again by its row and revision`() throws {
        let first = try store()
        #expect(try add(1, "one", to: first))
        #expect(first.document(row(1)) == document("one"))
        try first.save()
        let second = try store()
        #expect(second.contains(row(1)))
        #expect(!second.contains(row(1, revision: 2)))
        #expect(second.document(row(1)) == document("one"))
    }

    @Test func `bodies are found whether they wait or are in the file already`() throws {
        let first = try store()
        // Several portions of those that are written together.
        let texts = (0..<90).map { String(repeating: "text \($0) ", count: 1_500) }
        for (id, text) in texts.enumerated() {
            #expect(try add(id, text, to: first))
            #expect(first.document(row(id)) == document(text))
        }
        let isWritten = try Data(contentsOf: URL(filePath: folder.full("documents.pack"))).count > 512 << 10
        #expect(isWritten)
        for (id, text) in texts.enumerated() {
            #expect(first.document(row(id)) == document(text))
            #expect(first.summary(row(id)) == document(text).summary)
        }
        try first.save()
        try first.check()
        let second = try store()
        for (id, text) in texts.enumerated() { #expect(second.document(row(id)) == document(text)) }
    }

    @Test func `the same source is rendered once even for another database`() throws {
        let first = try store()
        _ = try add(1, "one", to: first)
        try first.save()
        let other = try store(scope: "another database")
        #expect(!other.contains(row(1)))
        #expect(try !add(7, "one", to: other))
        #expect(other.document(row(7)) == document("one"))
    }

    @Test func `what a build does not use is forgotten and the pack shrinks`() throws {
        let first = try store()
        for id in 1...100 { _ = try add(id, "text \(id)", to: first) }
        try first.save()
        let size = try Data(contentsOf: URL(filePath: folder.full("documents.pack"))).count
        let second = try store()
        for id in 90...100 { #expect(second.contains(row(id))) }
        try second.save()
        #expect(try Data(contentsOf: URL(filePath: folder.full("documents.pack"))).count < size / 5)
        let third = try store()
        #expect(!third.contains(row(1)))
        for id in 90...100 { #expect(third.document(row(id)) == document("text \(id)")) }
    }

    @Test func `bytes that a killed build appended are overwritten`() throws {
        let first = try store()
        _ = try add(1, "one", to: first)
        try first.save()
        _ = try add(2, "lost", to: try store())
        let third = try store()
        #expect(!third.contains(row(2)))
        _ = try add(3, "three", to: third)
        try third.save()
        let fourth = try store()
        #expect(fourth.document(row(3)) == document("three"))
    }

    @Test func `damaged bytes are noticed and a damaged index is an empty store`() throws {
        let first = try store()
        _ = try add(1, "one", to: first)
        try first.save()
        let pack = URL(filePath: folder.full("documents.pack"))
        var bytes = try Data(contentsOf: pack)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: pack)
        let second = try store()
        #expect(second.document(row(1)) == nil)
        #expect(throws: DocumentStore.Damaged.self) { try second.check() }
        let index = URL(filePath: folder.full("documents.index"))
        var saved = try Data(contentsOf: index)
        saved[20] ^= 1
        try saved.write(to: index)
        #expect(try !store().contains(row(1)))
    }
}
