import BlogConfiguration
import Foundation
import Testing

@Suite struct SiteTests {
    @Test func `the nearest parent with a blog.yml is the site`() throws {
        let folder = try TemporaryFolder()
        try folder.write("title: Outer", to: "blog.yml")
        try folder.write("title: Inner", to: "a/blog.yml")
        try folder.write("", to: "a/b/c/x.md")
        try folder.write("", to: "d/x.md")
        #expect(try Site.open(explicit: nil, current: folder.path + "/a/b/c").configuration.title == "Inner")
        #expect(try Site.findRoot(explicit: nil, current: folder.path + "/d") == folder.path)
        #expect(try Site.findRoot(explicit: "a/b/..", current: folder.path) == folder.path + "/a")
        #expect(try Site.findRoot(explicit: folder.path, current: "/") == folder.path)
    }

    @Test func `a named folder without blog.yml is no site, whatever its parents are`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "blog.yml")
        try folder.write("", to: "a/x.md")
        let error = #expect(throws: Site.NotFound.self) { try Site.findRoot(explicit: "a", current: folder.path) }
        #expect(error?.description == "\(folder.path)/a: no blog.yml in this folder; \"blog init\" makes a site")
    }

    @Test func `no site at all is said so`() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: Site.NotFound.self) { try Site.findRoot(explicit: nil, current: folder.path) }
        #expect(error?.folder == folder.path && error?.isExplicit == false)
    }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "blog-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func write(_ text: String, to file: String) throws {
        let url = URL(filePath: path).appending(path: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
