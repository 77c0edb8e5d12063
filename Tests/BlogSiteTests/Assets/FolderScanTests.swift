import Foundation
import Testing

@testable import BlogSite

@Suite struct FolderScanTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `files are listed by the bytes of their paths`() throws {
        for name in ["b/x", "a", "B", "b.txt", ".dot", "b/._x", ".DS_Store"] {
            try folder.write("static/\(name)", name)
        }
        let scan = try FolderScan(folder.full("static"))
        #expect(scan.files.map(\.path) == [".dot", "B", "a", "b.txt", "b/x"])
        #expect(scan.files.map(\.size) == [4, 1, 1, 5, 3])
        #expect(
            try FolderScan(folder.full("static"), recursive: false).files.map(\.path) == [".dot", "B", "a", "b.txt"])
        #expect(try FolderScan(folder.full("missing")).files == [])
    }

    @Test func `links are followed but not in circles and not into nothing`() throws {
        try folder.write("other/file", "x")
        try folder.write("static/a", "x")
        try folder.link("static/circle", to: folder.full("static"))
        try folder.link("static/folder", to: folder.full("other"))
        try folder.link("static/nothing", to: folder.full("nowhere"))
        #expect(try FolderScan(folder.full("static")).files.map(\.path) == ["a", "folder/file"])
    }

    @Test func `a change of a file changes the fingerprint`() throws {
        try folder.write("static/a", "x")
        let before = try FolderScan(folder.full("static")).fingerprint
        #expect(try FolderScan(folder.full("static")).fingerprint == before)
        try folder.write("static/a", "y")
        #expect(try FolderScan(folder.full("static")).fingerprint != before)
    }
}
