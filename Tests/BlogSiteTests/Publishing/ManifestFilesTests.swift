import ORMTesting
import Testing

@testable import BlogSite

@Suite struct ManifestFilesTests {
    private func entry(_ text: String) -> Manifest.Entry {
        .init(inputs: ContentHash(of: text), content: ContentHash(of: "content of \(text)"))
    }

    private func lines(_ files: ManifestFiles) -> String { String(decoding: files.lines, as: UTF8.self) }

    @Test func `files are in the order of their paths' bytes and found by path`() {
        let paths = ["b", "a/b", "a.html", "é", "z/e\u{301}"]
        let files = ManifestFiles(Dictionary(uniqueKeysWithValues: paths.map { ($0, entry($0)) }))
        #expect(files.paths == ["a.html", "a/b", "b", "z/e\u{301}", "é"])
        for (place, path) in files.paths.enumerated() {
            #expect(files.place(of: path) == place)
            #expect(files[place] == entry(path))
        }
        #expect(files.place(of: "a") == nil)
        #expect(files.place(of: "z/\u{E9}") == nil)
        #expect(ManifestFiles().place(of: "a") == nil)
        #expect(ManifestFiles(lines: files.lines[...], count: 5) == files)
    }

    @Test func `lines that are not in order, not whole or not as many as said are no files`() {
        let (a, b) = (lines(ManifestFiles(["a": entry("a")])), lines(ManifestFiles(["b": entry("b")])))
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
        let files = ManifestFiles(Dictionary(uniqueKeysWithValues: paths.map { ($0, entry($0)) }))
        #expect(files.places(in: "api/v1/").map { files.paths[$0] } == ["api/v1/a.json", "api/v1/b/c.json"])
        #expect(files.places(in: "c/").isEmpty)
        #expect(ManifestFiles().places(in: "c/").isEmpty)
    }

    @Test(arguments: 1...8)
    func `files kept, changed, added and left out give the same as all of them anew`(seed: Int) {
        var random = SeededGenerator(UInt64(seed))
        var files = ManifestFiles()
        for step in 0..<30 {
            var build = BuildFiles(after: files)
            var expected: [String: Manifest.Entry] = [:]
            for path in (0..<40).map({ "\($0 % 3)/\($0)" }) {
                switch Int.random(in: 0..<5, using: &random) {
                case 0:
                    expected[path] = entry("\(path) \(step)")
                    let outcomes = [build.enter(path, entry("\(path) \(step)")), build.enter(path, entry("twice"))]
                    #expect(outcomes == [true, false])
                case 1...3:
                    guard let place = files.place(of: path) else { continue }
                    expected[path] = files[place]
                    build.keep(place)
                    let isTaken = !build.enter(path, entry("twice"))
                    #expect(isTaken)
                default: continue
                }
            }
            let whole = ManifestFiles(expected)
            #expect(lines(build.all) == lines(whole))
            #expect(build.count == expected.count)
            let obsolete = files.paths.filter { expected[$0] == nil }
            #expect(build.obsolete == obsolete)
            #expect(build.allAndObsolete.paths == (whole.paths + obsolete).sorted())
            for (place, path) in build.all.paths.enumerated() { #expect(build.all.place(of: path) == place) }
            files = build.all
        }
    }
}
