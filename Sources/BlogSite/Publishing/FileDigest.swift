import Crypto

/// The whole SHA-256 of a file's bytes, and how many there are.
struct FileDigest: Sendable {
    /// The first half of the hash, which is what tells files apart.
    let content: ContentHash
    /// The second half.
    let rest: ContentHash
    let count: Int

    init(of bytes: [UInt8]) {
        let digest = SHA256.hash(data: bytes)
        content = ContentHash(digest)
        rest = digest.withUnsafeBytes { ContentHash(digest: UnsafeRawBufferPointer(rebasing: $0[16...])) }
        count = bytes.count
    }
}

/// The digests of files, found by the first halves of their hashes.
struct FileDigests: Sendable {
    private var digests: [FileDigest] = []
    private var isSorted = true

    mutating func add(_ digest: FileDigest) {
        digests.append(digest)
        isSorted = false
    }

    /// The digest whose hash begins so.
    mutating func find(_ content: ContentHash) -> FileDigest? {
        if !isSorted { digests.sort { $0.content < $1.content } }
        isSorted = true
        var range = digests.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if digests[middle].content == content { return digests[middle] }
            range =
                digests[middle].content < content ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
