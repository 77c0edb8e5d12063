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

    /// - `path`: absolute.
    /// - `name`: the same as the user knows it.
    /// - `endings`: of the files that count in a folder; a file that is named counts whatever its ending.
    init(path: String, named name: String, endings: [String]) {
        var status = stat()
        if stat(path, &status) == 0 {
            add(path, name, status, endings)
        } else if name.contains(where: { "*?[".contains($0) }) {
            let root = path.hasSuffix(name) ? String(path.dropLast(name.count)) : ""
            for match in Self.matches(path) where stat(match, &status) == 0 {
                add(match, String(match.dropFirst(root.count)), status, endings)
            }
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

    private static func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].flatMap { String(validatingCString: $0) }
        }
    }
}
