import Testing

@testable import BlogSite

@Suite struct FileDigestTests {
    private func digest(_ text: String) -> FileDigest { FileDigest(of: Array(text.utf8)) }

    @Test func `a digest is the hash of the standard in two halves`() {
        #expect(digest("abc").content.description == "ba7816bf8f01cfea414140de5dae2223")
        #expect(digest("abc").rest.description == "b00361a396177a9cb410ff61f20015ad")
        #expect(digest("abc").count == 3)
    }

    @Test func `digests are found by the hashes of contents, also those added after a search`() {
        var digests = FileDigests()
        #expect(digests.find(ContentHash(of: "0")) == nil)
        for number in 0..<50 { digests.add(digest("\(number)")) }
        for number in 0..<50 { #expect(digests.find(ContentHash(of: "\(number)"))?.rest == digest("\(number)").rest) }
        #expect(digests.find(ContentHash(of: "50")) == nil)
        digests.add(digest("50"))
        #expect(digests.find(ContentHash(of: "50"))?.count == 2)
    }
}
