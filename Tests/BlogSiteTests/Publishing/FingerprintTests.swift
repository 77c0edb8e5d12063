import Testing

@testable import BlogSite

@Suite struct FingerprintTests {
    private func hash(_ fill: (inout Fingerprint) -> Void) -> String {
        var print = Fingerprint()
        fill(&print)
        return print.hash.description
    }

    /// The expected hashes are those of `mmh3.hash64(words, 0x626C6F67)` of https://pypi.org/project/mmh3/.
    @Test func `numbers and texts have the hashes of MurmurHash3`() {
        #expect(hash { _ in } == "86119bfa62ea78641fa3f677b7cdaa9a")
        #expect(hash { $0.add(1) } == "c7dd1f19e560ed0a5db69f6a050429a3")
        #expect(
            hash {
                $0.add(1)
                $0.add(2)
            } == "eef88a6b02f603027fbe6c7f8d9096d1")
        #expect(
            hash {
                $0.add(1)
                $0.add(2)
                $0.add(-3)
            } == "6430336593fea6d6da33e8481ea4fc72")
        #expect(hash { $0.add("Hello, world. This is a text.") } == "7e7a2cff662b6b35a8b92c66317b1f60")
        #expect(
            hash {
                $0.add("")
                $0.add(nil as String?)
                $0.add("é")
                $0.add(true)
            } == "208a1127a501d015edb0a175efbedf7d")
    }

    /// The expected hashes were made with mmh3 too, of a text's length, the four lanes of XXH64 over its first multiple of 32 bytes, and the
    /// rest as words.
    @Test func `long texts go through four lanes`() {
        let text = String(repeating: "Hello, world. This is a text. ", count: 7)
        #expect(hash { $0.add(text) } == "d0bc95e517f73f1cdef2467c1a1880c3")
        #expect(hash { $0.add(String(text.prefix(128))) } == "ae1ee7be96742a23f187fed6f9fed1d8")
        #expect(hash { $0.add(String(text.prefix(127))) } == "c15a19b846ea957b8ccfad341cbf3d74")
    }

    @Test func `each byte of a long text counts, and so does where it stands`() {
        let text = Array(String(repeating: "abcdefgh", count: 25).utf8)
        var hashes: Set<String> = []
        for place in text.indices {
            var other = text
            other[place] ^= 1
            hashes.insert(hash { $0.add(other[...]) })
        }
        for count in text.indices { hashes.insert(hash { $0.add(text[..<count]) }) }
        hashes.insert(hash { $0.add(text[...]) })
        #expect(hashes.count == text.count * 2 + 1)
    }

    @Test func `what is added is told apart by its borders`() {
        let hashes = [
            hash {
                $0.add("ab")
                $0.add("c")
            },
            hash {
                $0.add("a")
                $0.add("bc")
            },
            hash { $0.add("abc") }, hash { $0.add("abc\0") }, hash { $0.add("") }, hash { $0.add(nil as String?) },
            hash { $0.add(ContentHash(high: 1, low: 2)) }, hash { $0.add(ContentHash(high: 2, low: 1)) },
        ]
        #expect(Set(hashes).count == hashes.count)
    }
}
