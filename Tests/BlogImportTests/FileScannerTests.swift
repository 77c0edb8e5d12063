import BlogConfiguration
import BlogImport
import Foundation
import Testing

@Suite struct FileScannerTests {
    @Test func `files come sorted by the bytes of their paths, without dot files`() throws {
        let folder = try TemporaryFolder()
        for path in ["b.md", "a/z.md", "a.md", "a-b.md", "é.md", "Z.md", ".hidden", ".git/x", "a/.x/y", "new\nline.md"]
        {
            try folder.write("x", to: path)
        }
        let scan = FileScanner.scan(folder.path, named: "content")
        #expect(scan.files.map(\.path) == ["Z.md", "a-b.md", "a.md", "a/z.md", "b.md", "new\nline.md", "é.md"])
        #expect(scan.problems == [])
        #expect(scan.knows("gone.md"))
    }

    @Test func `a circle of links ends, and a folder by two names is read once`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "real/a.md")
        try folder.link("real/circle", to: "..")
        try folder.link("again", to: "real")
        try folder.link("nowhere.md", to: "missing")
        try folder.link("file.md", to: "real/a.md")
        let scan = FileScanner.scan(folder.path, named: "content")
        #expect(scan.files.map(\.path) == ["file.md", "real/a.md"])
        #expect(
            scan.problems.map(\.description) == [
                "content/again: warning: a link to a folder that is read already",
                "content/nowhere.md: warning: a link to nothing",
                "content/real/circle: warning: a link to a folder that is read already",
            ])
        #expect(scan.knows("nowhere.md") == false)
    }

    @Test func `a link out of the folder is followed`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "outside/a.md")
        try folder.write("x", to: "content/b.md")
        try folder.link("content/shared", to: "../outside")
        #expect(
            FileScanner.scan(folder.path + "/content", named: "content").files.map(\.path) == ["b.md", "shared/a.md"])
    }

    @Test func `a missing folder is told from an empty one and from a file`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        try folder.makeFolder("empty")
        let missing = FileScanner.scan(folder.path + "/missing", named: "m")
        #expect(missing.isMissing)
        #expect(missing.knows("a.md") == false)
        let empty = FileScanner.scan(folder.path + "/empty", named: "e")
        #expect(empty.isMissing == false)
        #expect(empty.knows("a.md"))
        let file = FileScanner.scan(folder.path + "/file", named: "f")
        #expect(file.problems.map(\.description) == ["f: error: a file, expected a folder"])
        #expect(file.knows("a.md") == false)
    }

    @Test func `a name that is not UTF-8 is reported and the others are read`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a.md")
        let handle = fopen(folder.path + "/b", "w")
        if let handle { fclose(handle) }
        let bytes = Array("\(folder.path)/b".utf8CString)
        let renamed = Array("\(folder.path)/".utf8) + [0xE9] + Array(".md".utf8) + [0]
        #expect(
            bytes.withUnsafeBufferPointer { old in
                renamed.withUnsafeBytes { rename(old.baseAddress, $0.bindMemory(to: CChar.self).baseAddress) }
            } == 0)
        let scan = FileScanner.scan(folder.path, named: "c")
        #expect(scan.files.map(\.path) == ["a.md"])
        #expect(scan.problems.map(\.description) == ["c/\u{FFFD}.md: error: a name that is not UTF-8"])
    }

    @Test func `a stamp changes with the file and is young for two seconds`() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a.md")
        let first = try #require(FileScanner.scan(folder.path, named: "c").files.first).stamp
        #expect(FileScanner.scan(folder.path, named: "c").files.first?.stamp == first)
        try folder.write("xy", to: "a.md")
        #expect(FileScanner.scan(folder.path, named: "c").files.first?.stamp != first)
        #expect(first.isYoung(at: first.changed + 1_999_999_999))
        #expect(!first.isYoung(at: first.changed + 2_000_000_000))
    }
}

@Suite struct FileReaderTests {
    @Test func `a file is read whole with its stamp`() throws {
        let folder = try TemporaryFolder()
        try folder.write("héllo\n", to: "a.md")
        let (bytes, stamp) = try FileReader.contents(of: folder.path + "/a.md", named: "a.md")
        #expect(bytes == Array("héllo\n".utf8))
        #expect(stamp == FileScanner.scan(folder.path, named: "c").files.first?.stamp)
    }

    @Test func `what is no file is refused by name`() throws {
        let folder = try TemporaryFolder()
        try folder.makeFolder("x.md")
        let error = #expect(throws: Diagnostic.self) {
            try FileReader.contents(of: folder.path + "/x.md", named: "x.md")
        }
        #expect(error?.description == "x.md: error: a folder or device, expected a file")
        let missing = #expect(throws: Diagnostic.self) {
            try FileReader.contents(of: folder.path + "/y.md", named: "y.md")
        }
        #expect(missing?.description == "y.md: error: cannot be read: No such file or directory")
    }

    @Test func `a file of gigabytes is refused unread`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "big.md")
        #expect(truncate(folder.path + "/big.md", 2 << 30) == 0)
        let error = #expect(throws: Diagnostic.self) {
            try FileReader.contents(of: folder.path + "/big.md", named: "big.md")
        }
        #expect(error?.description == "big.md: error: 2147483648 bytes, expected at most 67108864")
    }
}
