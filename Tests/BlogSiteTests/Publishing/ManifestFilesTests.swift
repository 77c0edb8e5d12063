import ORMTesting
import Testing

@testable import BlogSite

@Suite struct ManifestFilesTests {
    private func entry(_ text: String) -> Manifest.Entry {
        .init(inputs: ContentHash(of: text), content: ContentHash(of: "content of \(text)"))
    }

    private func lines(_ files: BuildFiles, withObsolete: Bool = false) -> [UInt8] {
        var lines: [UInt8] = []
        for number in files.numbers(withObsolete: withObsolete) { files.appendLine(number, to: &lines) }
        return lines
    }

    private func lines(_ path: String) -> String {
        String(decoding: lines(BuildFiles([path: entry(path)])), as: UTF8.self)
    }

    private func files(_ entries: [String: Manifest.Entry]) throws -> ManifestFiles {
        try #require(ManifestFiles(lines: lines(BuildFiles(entries))[...], count: entries.count))
    }

    @Test func `files are in the order of their paths' bytes and found by path`() throws {
        let paths = ["b", "a/b", "a.html", "é", "z/e\u{301}"]
        let files = try files(Dictionary(uniqueKeysWithValues: paths.map { ($0, entry($0)) }))
        #expect(files.paths == ["a.html", "a/b", "b", "z/e\u{301}", "é"])
        for (place, path) in files.paths.enumerated() {
            #expect(files.place(of: path) == place)
            #expect(files[place] == entry(path))
        }
        #expect(files.place(of: "a") == nil)
        #expect(files.place(of: "z/\u{E9}") == nil)
        #expect(ManifestFiles().place(of: "a") == nil)
    }

    @Test func `lines that are not in order, not whole or not as many as said are no files`() {
        let (a, b) = (lines("a"), lines("b"))
        func read(_ text: String, _ count: Int) -> [String]? {
            ManifestFiles(lines: Array(text.utf8)[...], count: count)?.paths
        }
        #expect(read(a + b, 2) == ["a", "b"])
        #expect(read("", 0) == [])
        for (text, count) in [
            (b + a, 2), (a + a, 2), (a + b, 1), (a + b, 3), (a, -1), (String(a.dropLast()), 1),
            (a.replacing(" ", with: "x"), 1),
            ("g" + a.dropFirst(), 1), (a.uppercased(), 1),
        ] {
            #expect(read(text, count) == nil, "\(text) \(count)")
        }
    }

    @Test func `the files below a folder stand together`() {
        let paths = ["api", "api.json", "api/v1/a.json", "api/v1/b/c.json", "api/v1x", "b"]
        let files = BuildFiles(Dictionary(uniqueKeysWithValues: paths.map { ($0, entry($0)) }))
        let found = files.numbers(in: "api/v1/").map { String(decoding: files.path($0), as: UTF8.self) }
        #expect(found == ["api/v1/a.json", "api/v1/b/c.json"])
        #expect(files.numbers(in: "c/").isEmpty)
    }

    @Test(arguments: 1...8)
    func `files kept, changed, added and left out give the same as all of them anew`(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        var last = ManifestFiles()
        for step in 0..<30 {
            var build = BuildFiles(after: last)
            var expected: [String: Manifest.Entry] = [:]
            for path in (0..<40).map({ "\($0 % 3)/\($0)" }) {
                switch Int.random(in: 0..<5, using: &random) {
                case 0:
                    expected[path] = entry("\(path) \(step)")
                    let outcomes = [build.enter(path, entry("\(path) \(step)")), build.enter(path, entry("twice"))]
                    let number = try #require(outcomes[0])
                    #expect(outcomes[1] == nil)
                    #expect(build.path(number).elementsEqual(path.utf8))
                case 1...3:
                    guard let place = last.place(of: path) else { continue }
                    expected[path] = last[place]
                    build.keep(place)
                    let isTaken = build.enter(path, entry("twice")) == nil
                    #expect(isTaken)
                default: continue
                }
            }
            #expect(lines(build) == lines(BuildFiles(expected)))
            #expect(build.count == expected.count)
            let contents = expected.sorted { $0.key < $1.key }.map(\.value.content)
            #expect(build.numbers().map { build.content($0) } == contents)
            let obsolete = last.paths.filter { expected[$0] == nil }
            #expect(build.obsolete == obsolete)
            let both = lines(build, withObsolete: true)
            #expect(
                ManifestFiles(lines: both[...], count: expected.count + obsolete.count)?.paths
                    == (expected.keys + obsolete).sorted())
            let next = try files(expected)
            #expect(build.areThePrevious == (lines(build) == last.lines))
            for (place, path) in next.paths.enumerated() { #expect(next.place(of: path) == place) }
            last = next
        }
    }

    @Test func `a build that enters what was there before has the same records`() throws {
        let last = try files(["a": entry("a"), "b": entry("b")])
        var build = BuildFiles(after: last)
        build.keep(0)
        #expect(!build.areThePrevious)
        _ = build.enter("b", entry("b"))
        #expect(build.areThePrevious)
        var other = BuildFiles(after: last)
        other.keep(0)
        _ = other.enter("b", .init(inputs: .unknown, content: entry("b").content))
        #expect(!other.areThePrevious)
    }
}

extension BuildFiles {
    /// The files of a build that had none before.
    init(_ entries: [String: Manifest.Entry]) {
        self.init(after: ManifestFiles())
        for (path, entry) in entries { _ = enter(path, entry) }
    }
}
