package import BlogConfiguration
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file found by ``FileScanner``.
package struct ScannedFile: Sendable, Hashable {
    /// Relative to the scanned folder, with `/`.
    package var path: String
    package var stamp: FileStamp
}

/// What a folder holds.
package struct FolderScan: Sendable, Hashable {
    /// Regular files in the order of the UTF-8 bytes of their paths.
    package var files: [ScannedFile] = []
    /// Names that could not be read, links that lead nowhere or in circles; in the order of their paths.
    package var problems: [Diagnostic] = []
    /// Folders (with a slash at the end) and files of which nothing is known: what was there may be there still.
    package var unreadable: [String] = []
    /// The scanned folder itself is not there.
    package var isMissing = false

    /// Whether the scan may say that a path is gone.
    package func knows(_ path: String) -> Bool {
        !isMissing && !unreadable.contains { $0 == path || $0.isEmpty || ($0.hasSuffix("/") && path.hasPrefix($0)) }
    }
}

/// Lists a folder and those below it, the same on every machine: sorted, without dot files.
///
/// Symbolic links are followed, but each folder is read once: first by its own path, else by that of the first link. So a
/// circle ends, and no tangle of links multiplies.
package struct FileScanner {
    private let root: String
    private let name: String
    private let skips: (String) -> Bool
    private var scan = FolderScan()
    private var visited: Set<FolderID> = []
    private var linkedFolders: [String] = []

    private struct FolderID: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private init(root: String, name: String, skips: @escaping (String) -> Bool) {
        self.root = root
        self.name = name
        self.skips = skips
    }

    /// Scans `root`, an absolute path; `name` stands for it in messages. `skips` is asked for the path of each folder.
    package static func scan(
        _ root: String, named name: String, skipping skips: @escaping (String) -> Bool = { _ in false }
    ) -> FolderScan {
        var scanner = FileScanner(root: root, name: name, skips: skips)
        scanner.scanRoot()
        return scanner.scan
    }

    private mutating func scanRoot() {
        var status = stat()
        guard stat(root, &status) == 0 else {
            scan.isMissing = errno == ENOENT || errno == ENOTDIR
            if !scan.isMissing { refuse("", reason(errno), hides: "") }
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            refuse("", "a file, expected a folder", hides: "")
            return
        }
        enter("", status)
        // Links last, so that a folder that is there by its own name is listed under it.
        while !linkedFolders.isEmpty {
            let links = linkedFolders.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            linkedFolders = []
            for link in links {
                var status = stat()
                guard stat(absolute(link), &status) == 0 else { continue }
                if !enter(link + "/", status) {
                    refuse(link, "a link to a folder that is read already", .warning)
                }
            }
        }
        scan.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        scan.problems.sort { ($0.path, $0.message) < ($1.path, $1.message) }
        scan.unreadable.sort()
    }

    /// Reads a folder whose path is empty or ends with a slash, unless it is known already.
    @discardableResult
    private mutating func enter(_ folder: String, _ status: stat) -> Bool {
        guard visited.insert(FolderID(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))).inserted else {
            return false
        }
        guard let stream = opendir(absolute(folder)) else {
            refuse(folder, reason(errno), hides: folder)
            return true
        }
        var found: [(name: String, status: stat)] = []
        errno = 0
        while let entry = readdir(stream) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard bytes.first != UInt8(ascii: ".") else { continue }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                refuse(folder + String(decoding: bytes, as: UTF8.self), "a name that is not UTF-8")
                continue
            }
            var status = stat()
            // By the folder's descriptor: the kernel need not walk the path again for each of its files.
            if fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
                found.append((name, status))
            } else if errno != ENOENT {
                // ENOENT: gone between the listing and now, as if it had been deleted before.
                refuse(folder + name, reason(errno), hides: folder + name)
            }
            errno = 0
        }
        if errno != 0 { refuse(folder, reason(errno), hides: folder) }
        closedir(stream)
        for (name, status) in found { visit(folder + name, status) }
        return true
    }

    private mutating func visit(_ path: String, _ found: stat) {
        var status = found
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(absolute(path), &status) != 0 {
            refuse(path, errno == ENOENT ? "a link to nothing" : reason(errno), .warning, hides: path)
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR where skips(path): break
        case S_IFDIR where isLink: linkedFolders.append(path)
        case S_IFDIR: enter(path + "/", status)
        case S_IFREG: scan.files.append(ScannedFile(path: path, stamp: FileStamp(status)))
        default: refuse(path, "neither a file nor a folder", .warning)
        }
    }

    private func absolute(_ path: String) -> String {
        path.isEmpty ? root : "\(root)/\(path)"
    }

    private func reason(_ code: Int32) -> String {
        "cannot be read: \(String(cString: strerror(code)))"
    }

    private mutating func refuse(
        _ path: String, _ message: String, _ severity: Diagnostic.Severity = .error, hides: String? = nil
    ) {
        let full = path.isEmpty ? name : "\(name)/\(path)"
        scan.problems.append(Diagnostic(severity, path: full, message: message))
        if let hides { scan.unreadable.append(hides) }
    }
}

extension FileStamp {
    /// The stamp of what is at a path now, links followed; `nil` when there is nothing.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        #if canImport(Glibc)
            let (modified, changed) = (status.st_mtim, status.st_ctim)
        #else
            let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #endif
        self.init(
            size: Int(status.st_size), modified: modified.tv_sec * 1_000_000_000 + modified.tv_nsec,
            inode: UInt64(status.st_ino), changed: changed.tv_sec * 1_000_000_000 + changed.tv_nsec)
    }
}
