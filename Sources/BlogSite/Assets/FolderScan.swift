#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The regular files under a folder, in the order of their paths' bytes, with what tells a changed file from an unchanged
/// one without reading it.
///
/// Links are followed; a link that leads back into its own folders is not. A missing folder has no files. Names that start
/// with `._` or are `.DS_Store` are what macOS leaves behind, and are skipped; other dot files (`.nojekyll`,
/// `.well-known/`) are files like any other.
struct FolderScan: Sendable {
    struct File: Sendable, Hashable {
        /// Relative to the scanned folder, with `/`.
        var path: String
        var size: Int
        /// Size, times and inode: changes with every change of the file.
        var stamp: ContentHash
    }

    /// The scanned folder.
    let root: String
    let files: [File]
    /// Links that lead out of what may be published.
    private(set) var foreignLinks: [String] = []

    /// - Parameter recursive: also the files in folders below.
    init(_ root: String, recursive: Bool = true) throws(SiteError) {
        self.root = root
        var files: [File] = []
        var status = stat()
        if stat(root, &status) != 0 {
            if errno != ENOENT { throw FileDescriptor.failure(.fileAccess, root, "read the folder") }
            self.files = []
            return
        }
        try Self.scan(root, "", [Identity(status)], recursive, &files)
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// A part of what a scan found.
    init(root: String, files: [File], foreignLinks: [String]) {
        self.root = root
        self.files = files
        self.foreignLinks = foreignLinks
    }

    /// The file system's path of a file.
    func fullPath(_ file: File) -> String { root + "/" + file.path }

    /// One hash of all paths and stamps.
    var fingerprint: ContentHash {
        var print = Fingerprint()
        for file in files {
            print.add(file.path)
            print.add(file.stamp)
        }
        return print.hash
    }

    private struct Identity: Hashable {
        var device: UInt64
        var inode: UInt64

        init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
        }
    }

    private static func scan(
        _ folder: String, _ prefix: String, _ above: Set<Identity>, _ recursive: Bool, _ files: inout [File]
    ) throws(SiteError) {
        let descriptor = try FileDescriptor.folder(folder, create: false)
        for name in try descriptor.names(in: ".") where name != ".DS_Store" && !name.hasPrefix("._") {
            var status = stat()
            if fstatat(descriptor.raw, name, &status, 0) != 0 {
                // A link that leads nowhere, or a file deleted meanwhile.
                if errno == ENOENT || errno == ELOOP { continue }
                throw FileDescriptor.failure(.fileAccess, folder + "/" + name, "look at the file")
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                files.append(File(path: prefix + name, size: Int(status.st_size), stamp: stamp(of: status)))
            case S_IFDIR where recursive && !above.contains(Identity(status)):
                try scan(
                    folder + "/" + name, prefix + name + "/", above.union([Identity(status)]), recursive, &files)
            default: continue
            }
        }
    }

    private static func stamp(of status: stat) -> ContentHash {
        var print = Fingerprint()
        print.add(Int(status.st_size))
        print.add(Int(truncatingIfNeeded: status.st_ino))
        #if canImport(Darwin)
            let times = [status.st_mtimespec, status.st_ctimespec]
        #else
            let times = [status.st_mtim, status.st_ctim]
        #endif
        for time in times {
            print.add(Int(time.tv_sec))
            print.add(Int(time.tv_nsec))
        }
        return print.hash
    }
}

/// A path without any link in it.
struct ResolvedPath: Sendable, Hashable {
    fileprivate var text: String?

    /// Whether another is this or lies below it. What cannot be resolved lies nowhere.
    func contains(_ other: ResolvedPath) -> Bool {
        guard let text, let path = other.text else { return false }
        return path == text || path.hasPrefix(text.hasSuffix("/") ? text : text + "/")
    }
}

extension String {
    /// Where the path leads when all links in it are followed.
    var resolvingLinks: ResolvedPath {
        guard let resolved = realpath(self, nil) else { return ResolvedPath(text: nil) }
        defer { free(resolved) }
        return ResolvedPath(text: String(cString: resolved))
    }

    /// Whether the path's last part is a symbolic link.
    var isLink: Bool {
        var status = stat()
        return lstat(self, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
