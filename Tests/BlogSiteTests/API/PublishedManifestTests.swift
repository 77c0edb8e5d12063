import Testing

@testable import BlogSite

@Suite struct PublishedManifestTests {
    private func file(_ path: String, _ text: String) -> APIManifest.File { .init(path: path, Array(text.utf8)) }

    private func document(_ files: [APIManifest.File], at second: Int) -> [UInt8] {
        APIManifest.shape.document(
            APIManifest(generatedAt: Instant(microseconds: second * 1_000_000), files: files))
    }

    /// What follows a manifest when the site has these files.
    private func next(after old: [UInt8], _ files: [APIManifest.File]) -> (text: [UInt8], kept: [String]) {
        var text = ManifestText(PublishedManifest(old))
        var kept: [String] = []
        for file in files {
            let content = ContentHash(hexadecimal: file.sha256.utf8.prefix(32)) ?? .unknown
            if text.keep(Array(file.path.utf8)[...], content) { kept.append(file.path) } else { text.add(file) }
        }
        return (text.document(generatedAt: Instant(microseconds: 9_000_000)), kept)
    }

    @Test func `a manifest with the same files is the same, its time too`() {
        let files = [file("a.json", "A"), file("b/c.json", "C")]
        let old = document(files, at: 1)
        #expect(next(after: old, files).text == old)
        #expect(next(after: old, files).kept == ["a.json", "b/c.json"])
        #expect(next(after: document([], at: 1), []).text == document([], at: 1))
    }

    @Test func `files that change, come and go give a manifest of now`() {
        let old = document([file("a", "A"), file("b", "B"), file("d", "D")], at: 1)
        let changed = [file("a", "A"), file("b", "other"), file("c", "C")]
        #expect(next(after: old, changed).text == document(changed, at: 9))
        #expect(next(after: old, changed).kept == ["a"])
        let fewer = [file("b", "B")]
        #expect(next(after: old, fewer).text == document(fewer, at: 9))
        #expect(next(after: old, fewer).kept == ["b"])
    }

    @Test func `a path that is written with escapes is read anew`() {
        let files = [file("a\"b\\.json", "A"), file("c", "C")]
        let old = document(files, at: 9)
        #expect(next(after: old, files).text == old)
        #expect(next(after: old, files).kept == ["c"])
    }

    @Test func `what this program does not write is no manifest`() {
        let old = document([file("a", "A"), file("b", "B")], at: 1)
        #expect(PublishedManifest(old)?.files.count == 2)
        for length in 0..<old.count { #expect(PublishedManifest(Array(old.prefix(length))) == nil, "\(length)") }
        #expect(PublishedManifest(old + [10]) == nil)
        #expect(PublishedManifest([10] + old) == nil)
    }
}
