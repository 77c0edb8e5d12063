import Foundation

/// A folder that lives as long as the value; files in it are named by paths relative to it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "blog-site-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func full(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ text: String) throws {
        let url = URL(filePath: full(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: full(name))), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: full(name)) }

    func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: full(name)) }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: full(name), withDestinationPath: target)
    }

    /// A number that changes whenever the file is replaced.
    func identity(_ name: String) throws -> [String] {
        let attributes = try FileManager.default.attributesOfItem(atPath: full(name))
        return ["\(attributes[.systemFileNumber] ?? "-")", "\(attributes[.modificationDate] ?? "-")"]
    }

    /// All files under a folder, sorted, relative to it.
    func files(in name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: full(name)).filter { file in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: full(name + "/" + file), isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
