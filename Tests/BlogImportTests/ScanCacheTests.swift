import BlogModels
import Testing

@testable import BlogImport

@Suite struct ScanCacheTests {
    private let cache: ScanCache = {
        var cache = ScanCache(databaseID: "id", generation: 7)
        cache.folders["markdown:content"] = .init(
            fingerprint: "f",
            entries: [
                "a\nb.md": .init(stamp: FileStamp(size: 1, modified: 2, inode: 3, changed: -4), kind: .post),
                "c.html": .init(stamp: FileStamp(size: 0, modified: 1 << 60, inode: .max, changed: 0), kind: nil),
            ])
        cache.folders["empty"] = .init(fingerprint: "")
        return cache
    }()

    @Test func `a cache reads back as it was written`() {
        #expect(ScanCache(bytes: cache.bytes) == cache)
        #expect(ScanCache(bytes: cache.bytes)?.bytes == cache.bytes)
    }

    @Test func `a damaged cache is none`() {
        let bytes = cache.bytes
        for count in 0..<bytes.count { #expect(ScanCache(bytes: Array(bytes.prefix(count))) == nil) }
        #expect(ScanCache(bytes: bytes + [0x41, 0]) == nil)
        #expect(ScanCache(bytes: Array("blog import cache 2\0id\0".utf8)) == nil)
    }
}

@Suite struct IdentityMatcherTests {
    @Test func `the steps are tried in their order, and a row is given once`() {
        var matcher = IdentityMatcher()
        matcher.rowsByUID = ["u": 1]
        matcher.rowsByPath = ["a.md": 1, "b.md": 2]
        matcher.vanished = [("gone.md", "body", 3), ("gone2.md", "twice", 4), ("gone3.md", "twice", 5)]
        matcher.rowsWithoutFileByKey = ["free": 6, "body-slug": 3]
        let matches = matcher.match([
            .init(path: "a.md", uid: nil, bodyDigest: nil, key: "a"),
            .init(path: "b.md", uid: nil, bodyDigest: nil, key: "b"),
            .init(path: "c.md", uid: "u", bodyDigest: nil, key: "c"),
            .init(path: "d.md", uid: nil, bodyDigest: "body", key: "free"),
            .init(path: "e.md", uid: nil, bodyDigest: "twice", key: "e"),
            .init(path: "f.md", uid: "unknown", bodyDigest: nil, key: "free"),
            .init(path: "g.md", uid: nil, bodyDigest: nil, key: "free"),
        ])
        #expect(matches == [.new, .path(2), .uid(1), .rename(3, from: "gone.md"), .new, .key(6), .new])
    }
}

@Suite struct SlugAssignerTests {
    @Test func `names asked for come first, then kept ones, then the rest by number`() {
        let assigner = SlugAssigner(taken: ["taken", "x-2"]) { "\($0)-\($1)" }
        let result = assigner.assign([
            .init(wanted: "x", isExplicit: false, current: nil),
            .init(wanted: "x", isExplicit: true, current: nil),
            .init(wanted: "x", isExplicit: true, current: nil),
            .init(wanted: "taken", isExplicit: true, current: nil),
            .init(wanted: "x", isExplicit: false, current: "x-4"),
            .init(wanted: "y", isExplicit: false, current: nil),
            .init(wanted: "y", isExplicit: false, current: "y"),
            .init(wanted: "z", isExplicit: false, current: "other"),
        ])
        #expect(
            result == [
                .numbered("x-3"), .given("x"), .refused(by: 1), .refused(by: nil), .numbered("x-4"), .numbered("y-2"),
                .given("y"), .given("z"),
            ])
    }
}

@Suite struct ThreadLinksTests {
    @Test func `an answer finds its comment and no circle closes`() {
        var links = ThreadLinks()
        links.externalIDs = ["t": ["a": 10, "c": 12], "other": ["z": 99]]
        // Files in their order: two beginners, one that is no comment, an answer, a beginner.
        links.append(10, beginsThread: true, to: "t")
        links.append(11, beginsThread: true, to: "t")
        links.append(nil, beginsThread: true, to: "t")
        links.append(12, beginsThread: false, to: "t")
        links.append(13, beginsThread: true, to: "t")
        links.append(14, beginsThread: false, to: "t")
        links.note(12, answers: 10)
        #expect(links.parent(of: 10, named: .id("c"), in: "t") == .circle)
        #expect(links.parent(of: 14, named: .ordinal([1]), in: "t") == .comment(10))
        #expect(links.parent(of: 15, named: .ordinal([4]), in: "t") == .comment(13))
        #expect(links.parent(of: 16, named: .ordinal([1, 1]), in: "t") == .comment(12))
        #expect(links.parent(of: 17, named: .ordinal([1, 2]), in: "t") == .comment(14))
        #expect(links.parent(of: 10, named: .ordinal([1]), in: "t") == .circle)
        #expect(links.parent(of: 18, named: .ordinal([3]), in: "t") == .missing)
        #expect(links.parent(of: 18, named: .ordinal([5]), in: "t") == .missing)
        #expect(links.parent(of: 18, named: .ordinal([1, 3]), in: "t") == .missing)
        #expect(links.parent(of: 14, named: .id("z"), in: "t") == .missing)
        #expect(links.parent(of: 14, named: nil, in: "t") == nil)
    }
}
