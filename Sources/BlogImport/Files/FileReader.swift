package import BlogConfiguration

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads whole files of text.
package enum FileReader {
    /// A text of 64 MiB is no post: it is refused before it is read.
    package static let sizeLimit = 64 << 20

    /// The bytes of a file and the stamp they had when they were read; `name` stands for the file in messages.
    package static func contents(
        of path: String, named name: String
    ) throws(Diagnostic) -> (bytes: [UInt8], stamp: FileStamp) {
        // Without O_NONBLOCK the opening of a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw fault(name) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault(name) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Diagnostic(path: name, message: "a folder or device, expected a file")
        }
        let stamp = FileStamp(status)
        guard stamp.size <= sizeLimit else {
            throw Diagnostic(path: name, message: "\(stamp.size) bytes, expected at most \(sizeLimit)")
        }
        var count = 0
        var failed = false
        // One byte more than its size shows a file that grew meanwhile; the next scan reads it again.
        let bytes = [UInt8](unsafeUninitializedCapacity: stamp.size + 1) { buffer, initialized in
            while count < buffer.count, let base = buffer.baseAddress {
                let result = read(descriptor, base + count, buffer.count - count)
                if result < 0, errno == EINTR { continue }
                failed = result < 0
                guard result > 0 else { break }
                count += result
            }
            initialized = count
        }
        if failed { throw fault(name) }
        return (bytes, stamp)
    }

    /// What tells whether a file is the one that was read before.
    static func stamp(of path: String, named name: String) throws(Diagnostic) -> FileStamp {
        var status = stat()
        guard stat(path, &status) == 0 else { throw fault(name) }
        return FileStamp(status)
    }

    /// The first bytes of a file, to see what it is.
    static func head(of path: String, named name: String, count: Int) throws(Diagnostic) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw fault(name) }
        defer { close(descriptor) }
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let result = read(descriptor, buffer.baseAddress, count)
            failed = result < 0
            initialized = max(0, result)
        }
        if failed { throw fault(name) }
        return bytes
    }

    private static func fault(_ name: String) -> Diagnostic {
        Diagnostic(path: name, message: "cannot be read: \(String(cString: strerror(errno)))")
    }
}
