import BlogConfiguration
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files that a source's path names: one file, the files of a folder, or what matches a shell pattern.
struct FileSet: Sendable {
    /// A file, with its name for messages.
    struct Item: Sendable, Hashable {
        /// Absolute.
        var path: String
        var name: String
        var stamp: FileStamp
    }

    /// In the order of the UTF-8 bytes of their paths.
    private(set) var items: [Item] = []
    private(set) var problems: [Diagnostic] = []

    /// - `pattern`: relative to `root`, or absolute.
    /// - `endings`: of the files that count in a folder; a file that is named counts whatever its ending.
    init(_ pattern: String, in root: String, endings: [String]) {
        for name in FilePattern.paths(pattern, in: root) {
            let path = name.hasPrefix("/") ? name : "\(root)/\(name)"
            var status = stat()
            // Gone between the listing and now, as if it had been deleted before.
            if stat(path, &status) == 0 { add(path, name, status, endings) }
        }
        items.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func add(_ path: String, _ name: String, _ status: stat, _ endings: [String]) {
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard status.st_mode & S_IFMT == S_IFREG else {
                problems.append(Diagnostic(path: name, message: "neither a file nor a folder"))
                return
            }
            items.append(Item(path: path, name: name, stamp: FileStamp(status)))
            return
        }
        let scan = FileScanner.scan(path, named: name, skipping: { _ in false })
        problems += scan.problems
        for file in scan.files {
            let lowercased = file.path.lowercased()
            guard endings.contains(where: { lowercased.hasSuffix($0) }) else { continue }
            items.append(Item(path: "\(path)/\(file.path)", name: "\(name)/\(file.path)", stamp: file.stamp))
        }
    }
}
