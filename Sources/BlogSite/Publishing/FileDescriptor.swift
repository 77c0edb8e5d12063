#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file or folder that closes itself. Every system call of this module that needs a descriptor is in this file.
///
/// Errors name the path and the system's text for `errno`.
struct FileDescriptor: ~Copyable, Sendable {
    fileprivate(set) var raw: Int32
    /// For messages.
    let path: String

    init(raw: Int32, path: String) {
        self.raw = raw
        self.path = path
    }

    deinit { if raw >= 0 { close(raw) } }

    /// A failure with the text of the current `errno`.
    static func failure(_ code: SiteError.Code, _ path: String, _ doing: String, _ number: Int32 = errno) -> SiteError {
        SiteError(code, path: path, "cannot \(doing): \(String(cString: strerror(number)))")
    }

    /// Opens a folder; `create` makes it, with its parents, when it is missing.
    static func folder(_ path: String, create: Bool) throws(SiteError) -> FileDescriptor {
        if create { try makeFolders(path) }
        let raw = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if raw < 0 {
            throw failure(errno == ENOENT || errno == ENOTDIR ? .cannotCreate : .fileAccess, path, "open the folder")
        }
        return FileDescriptor(raw: raw, path: path)
    }

    /// Makes a folder and those above it; one that exists is fine.
    static func makeFolders(_ path: String) throws(SiteError) {
        if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        let number = errno
        guard number == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(.cannotCreate, path, "create the folder", number)
        }
        try makeFolders(String(path[..<slash]))
        if mkdir(path, 0o777) != 0 && errno != EEXIST { throw failure(.cannotCreate, path, "create the folder") }
    }

    /// Creates or empties a file under this folder and writes `bytes` to it.
    func write(_ bytes: UnsafeRawBufferPointer, to name: String) throws(SiteError) {
        let file = try newFile(name)
        try file.append(bytes)
        try file.finish()
    }

    /// Creates or empties a file under this folder, for writing. End with `finish()`.
    func newFile(_ name: String) throws(SiteError) -> FileDescriptor {
        let file = openat(raw, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        if file < 0 { throw Self.failure(.cannotCreate, path + "/" + name, "create the file") }
        return FileDescriptor(raw: file, path: path + "/" + name)
    }

    /// Writes all of `bytes` at the file's position.
    func append(_ bytes: UnsafeRawBufferPointer) throws(SiteError) {
        var written = 0
        while written < bytes.count {
            let count = Self.writeSome(raw, UnsafeRawBufferPointer(rebasing: bytes[written...]))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw Self.failure(.fileAccess, path, "write") }
            written += count
        }
    }

    /// Closes the file and reports a delayed write that failed (NFS, quota): ignoring it would publish a torn file.
    consuming func finish() throws(SiteError) {
        let file = raw
        raw = -1
        if close(file) != 0 { throw Self.failure(.fileAccess, path, "write") }
    }

    /// Creates or empties a file under this folder and writes `bytes` to it.
    func write(_ bytes: [UInt8], to name: String) throws(SiteError) {
        try bytes.withUnsafeBufferPointer { buffer throws(SiteError) in
            try write(UnsafeRawBufferPointer(buffer), to: name)
        }
    }

    static func writeSome(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(file, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(file, bytes.baseAddress, bytes.count)
        #endif
    }

    /// The bytes of a file under this folder; nil when there is none.
    func read(_ name: String) throws(SiteError) -> [UInt8]? {
        let file = openat(raw, name, O_RDONLY | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT { return nil }
            throw Self.failure(.fileAccess, path + "/" + name, "read")
        }
        return try FileDescriptor(raw: file, path: path + "/" + name).allBytes()
    }

    /// The bytes of this file, from its position to its end.
    func allBytes() throws(SiteError) -> [UInt8] {
        var status = stat()
        guard fstat(raw, &status) == 0 else { throw Self.failure(.fileAccess, path, "read") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var filled = 0
        while true {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Self.readSome(raw, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw Self.failure(.fileAccess, path, "read") }
            if count == 0 { break }
            filled += count
            // The file has grown since its size was asked for.
            if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: 65_536)) }
        }
        bytes.removeSubrange(filled...)
        return bytes
    }

    /// Whether a regular file under this folder holds exactly `bytes`. A missing file, a link or one that cannot be read
    /// holds something else: it will be replaced, and the replacement reports what is really wrong.
    func holds(_ bytes: UnsafeRawBufferPointer, in name: String) -> Bool {
        let file = openat(raw, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0 { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == bytes.count else {
            return false
        }
        return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { chunk in
            var compared = 0
            while compared < bytes.count {
                let count = Self.readSome(file, chunk)
                if count < 0 && errno == EINTR { continue }
                guard count > 0, compared + count <= bytes.count, let base = bytes.baseAddress,
                    let read = chunk.baseAddress,
                    memcmp(base + compared, read, count) == 0
                else { return false }
                compared += count
            }
            return true
        }
    }

    static func readSome(_ file: Int32, _ chunk: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(file, chunk.baseAddress, chunk.count)
        #elseif canImport(Musl)
            Musl.read(file, chunk.baseAddress, chunk.count)
        #else
            Darwin.read(file, chunk.baseAddress, chunk.count)
        #endif
    }

    /// What stands at a name under this folder, without following a link.
    enum Occupant { case nothing, file, folder, link, other }

    /// What stands at `name`.
    func occupant(of name: String) throws(SiteError) -> Occupant {
        var status = stat()
        if fstatat(raw, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
            if errno == ENOENT || errno == ENOTDIR { return .nothing }
            throw Self.failure(.fileAccess, path + "/" + name, "look at the file")
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// Makes one folder; one that exists is fine.
    func makeFolder(_ name: String) throws(SiteError) {
        if mkdirat(raw, name, 0o777) != 0 && errno != EEXIST {
            throw Self.failure(.cannotCreate, path + "/" + name, "create the folder")
        }
    }

    /// Moves a file under this folder over another in one step.
    func rename(_ old: String, to new: String) throws(SiteError) {
        if renameat(raw, old, raw, new) != 0 {
            throw Self.failure(.fileAccess, path + "/" + new, "replace the file")
        }
    }

    /// Deletes a file; true when there was one.
    @discardableResult
    func deleteFile(_ name: String) throws(SiteError) -> Bool {
        if unlinkat(raw, name, 0) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw Self.failure(.fileAccess, path + "/" + name, "delete the file")
    }

    /// Deletes a folder if nothing is in it; true when it is gone.
    @discardableResult
    func deleteEmptyFolder(_ name: String) -> Bool { unlinkat(raw, name, AT_REMOVEDIR) == 0 }

    /// Writes everything of this folder's file system to the disk; where the C library has no `syncfs`, of all file systems.
    func synchronize() throws(SiteError) {
        guard let syncfs = Self.syncfs else {
            sync()
            return
        }
        if syncfs(raw) != 0 { throw Self.failure(.fileAccess, path, "write to the disk") }
    }

    /// Writes the bytes of one file under this folder to the disk.
    func synchronize(_ name: String) throws(SiteError) {
        let file = openat(raw, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0 { throw Self.failure(.fileAccess, path + "/" + name, "write to the disk") }
        defer { close(file) }
        if fsync(file) != 0 { throw Self.failure(.fileAccess, path + "/" + name, "write to the disk") }
    }

    /// glibc declares `syncfs` only under `_GNU_SOURCE`, which Swift's Glibc module does not set, so it is looked up by name.
    private static let syncfs: (@convention(c) (Int32) -> Int32)? = {
        guard let program = dlopen(nil, RTLD_NOW), let symbol = dlsym(program, "syncfs") else { return nil }
        return unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
    }()

    /// The names in a folder under this one, sorted by bytes; empty when there is no such folder.
    func names(in name: String) throws(SiteError) -> [String] {
        let folder = openat(raw, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        if folder < 0 {
            if errno == ENOENT { return [] }
            throw Self.failure(.fileAccess, path + "/" + name, "list the folder")
        }
        guard let stream = fdopendir(folder) else {
            let error = Self.failure(.fileAccess, path + "/" + name, "list the folder")
            close(folder)
            throw error
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let entryName = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            if entryName != "." && entryName != ".." { names.append(entryName) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Opens a file under this folder for reading and writing at offsets; makes it when missing.
    func file(_ name: String) throws(SiteError) -> FileDescriptor {
        let file = openat(raw, name, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        if file < 0 { throw Self.failure(.cannotCreate, path + "/" + name, "open the file") }
        return FileDescriptor(raw: file, path: path + "/" + name)
    }

    /// Opens a file under this folder, makes it when missing, and takes the exclusive lock on it; nil when another
    /// process (or another descriptor of this one) has it. The lock is held until the descriptor closes.
    func lockedFile(_ name: String) throws(SiteError) -> FileDescriptor? {
        let descriptor = try file(name)
        while flock(descriptor.raw, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            if errno == EWOULDBLOCK { return nil }
            throw Self.failure(.fileAccess, descriptor.path, "lock the file")
        }
        return descriptor
    }
}
