#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is read and written at offsets, by several threads at once.
struct PackFile: ~Copyable, Sendable {
    private let file: FileDescriptor

    /// Opens the file, empty when it is new.
    init(_ folder: borrowing FileDescriptor, name: String) throws(SiteError) {
        file = try folder.file(name)
    }

    func size() throws(SiteError) -> Int {
        var status = stat()
        if fstat(file.raw, &status) != 0 { throw FileDescriptor.failure(.fileAccess, file.path, "read") }
        return Int(status.st_size)
    }

    /// `count` bytes, or fewer where the file ends earlier.
    func read(at offset: Int, count: Int) throws(SiteError) -> [UInt8] {
        var done = 0
        var number: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let got = pread(file.raw, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { number = errno }
                if got <= 0 { break }
                done += got
            }
            initialized = done
        }
        if number != 0 { throw FileDescriptor.failure(.fileAccess, file.path, "read", number) }
        return bytes
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(SiteError) {
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBufferPointer { buffer in
                pwrite(file.raw, buffer.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
            }
            if written < 0 && errno == EINTR { continue }
            if written < 0 { throw FileDescriptor.failure(.fileAccess, file.path, "write") }
            done += written
        }
    }

    func truncate(to size: Int) throws(SiteError) {
        if ftruncate(file.raw, off_t(size)) != 0 { throw FileDescriptor.failure(.fileAccess, file.path, "shorten") }
    }
}
