import Crypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileDescriptor {
    /// Opens a file for reading, following links: for files of the site's own folders.
    static func file(_ path: String) throws(SiteError) -> FileDescriptor {
        let raw = open(path, O_RDONLY | O_CLOEXEC)
        if raw < 0 { throw failure(.fileAccess, path, "read") }
        return FileDescriptor(raw: raw, path: path)
    }

    /// The first bytes of a file, at most `count`; nil when there is no such file.
    static func beginning(of path: String, _ count: Int) throws(SiteError) -> [UInt8]? {
        let raw = open(path, O_RDONLY | O_CLOEXEC)
        if raw < 0 {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw failure(.fileAccess, path, "read")
        }
        let file = FileDescriptor(raw: raw, path: path)
        var bytes = [UInt8](repeating: 0, count: count)
        let read = bytes.withUnsafeMutableBytes { readSome(file.raw, $0) }
        if read < 0 { throw failure(.fileAccess, path, "read") }
        return Array(bytes.prefix(read))
    }

    /// The hash of the file's bytes, read from its beginning.
    func contentHash() throws(SiteError) -> ContentHash {
        var hasher = SHA256()
        try forEachChunk { chunk throws(SiteError) in hasher.update(bufferPointer: chunk) }
        return ContentHash(hasher)
    }

    /// The hash of a regular file under this folder; nil when there is none.
    func contentHash(of name: String) throws(SiteError) -> ContentHash? {
        guard try occupant(of: name) == .file else { return nil }
        return try Self.file(path + "/" + name).contentHash()
    }

    /// Creates or empties a file under this folder with the bytes of another.
    func copy(_ source: borrowing FileDescriptor, to name: String) throws(SiteError) {
        let file = try newFile(name)
        try source.forEachChunk { chunk throws(SiteError) in try file.append(chunk) }
        try file.finish()
    }

    private func forEachChunk(_ body: (UnsafeRawBufferPointer) throws(SiteError) -> Void) throws(SiteError) {
        if lseek(raw, 0, SEEK_SET) < 0 { throw Self.failure(.fileAccess, path, "read") }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 131_072, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = Self.readSome(raw, chunk)
            if count < 0 && errno == EINTR { continue }
            if count < 0 { throw Self.failure(.fileAccess, path, "read") }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }
}
