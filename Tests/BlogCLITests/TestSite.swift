import BlogCLI
import Foundation
import Synchronization
import Testing

/// A site in a folder of its own, and `blog` run in it as a user would, in this process.
final class TestSite: Sendable {
    let root: String

    struct Run: Sendable, Equatable {
        var status: Int32
        var output: String
        var notes: String
    }

    /// An empty folder; `files` are written into it.
    init(_ files: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory.appending(path: "blog-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        for (path, content) in files { try write(content, to: path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A site with a small theme, an author and two posts.
    static func small(_ more: [String: String] = [:]) throws -> TestSite {
        let site = try TestSite([
            "blog.yml": "title: Test\nurl: https://test.example/\n",
            "content/authors/ada.yml": "username: ada\nfull_name: Ada\n",
            "content/posts/one.md":
                "---\ntitle: One\ndate: 2026-01-01\nauthor: ada\ntags: [a, b]\n---\n\nFirst *text*.\n",
            "content/posts/two.md":
                "---\ntitle: Two\nslug: two\ndate: 2026-01-02\nauthor: ada\ntags: [b]\n---\n\nSecond.\n",
        ])
        let theme = try TestSite.repositoryFiles(below: "templates")
        for (path, content) in theme { try site.write(content, to: "templates/\(path)") }
        for (path, content) in more { try site.write(content, to: path) }
        return site
    }

    /// Runs `blog` with these arguments in the site's folder.
    func blog(_ arguments: String..., environment: [String: String] = [:], input: String = "") async -> Run {
        await blog(arguments, environment: environment, input: input)
    }

    /// Runs `blog` with these arguments in the site's folder.
    func blog(_ arguments: [String], environment: [String: String] = [:], input: String = "") async -> Run {
        let output = Mutex("")
        let notes = Mutex("")
        let console = Console(
            currentDirectory: root, environment: environment, input: { Array(input.utf8) },
            output: { text in output.withLock { $0 += text } },
            notes: { text in notes.withLock { $0 += text } })
        let status = await Program.run(arguments, console: console)
        return Run(status: status, output: output.withLock { $0 }, notes: notes.withLock { $0 })
    }

    func write(_ content: String, to path: String) throws { try write(Data(content.utf8), to: path) }

    func write(_ content: Data, to path: String) throws {
        let target = URL(filePath: "\(root)/\(path)")
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try content.write(to: target)
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(path)")), as: UTF8.self)
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(path)") }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(root)/\(path)") }

    /// Every file of the output with its bytes.
    func published() throws -> [String: Data] {
        var files: [String: Data] = [:]
        let folder = root + "/output"
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if !TestSite.isFolder("\(folder)/\(path)") {
                files[path] = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
            }
        }
        return files
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The repository's own folder, found from this file.
    static var repository: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path
    }

    /// The text files below a folder of the repository.
    static func repositoryFiles(below folder: String) throws -> [String: String] {
        let root = "\(repository)/\(folder)"
        var files: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
            guard !isFolder("\(root)/\(path)"), !path.hasPrefix(".") else { continue }
            files[path] = String(decoding: try Data(contentsOf: URL(filePath: "\(root)/\(path)")), as: UTF8.self)
        }
        return files
    }
}

extension Console {
    /// A console that nobody listens to.
    static func silent(in folder: String) -> Console {
        Console(currentDirectory: folder, output: { _ in }, notes: { _ in })
    }
}
