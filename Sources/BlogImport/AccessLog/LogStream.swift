import BlogConfiguration
import Gzip

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The text of a log file, unpacked where it is packed. For one task at a time.
final class LogStream {
    /// How a log's text ends before its time.
    enum Fault: Error, Sendable, Hashable {
        case unreadable(String)
        case truncated
        case damaged
    }

    /// The size on disk, the inode and the times.
    let stamp: FileStamp
    let device: Int
    let isPacked: Bool
    /// How many bytes of the file itself were read.
    private(set) var progress = 0
    private let descriptor: Int32
    private let gzip: GzipStream?

    /// Opens a file; throws for what is none, or is packed by another program than gzip.
    init(path: String, named name: String) throws(Diagnostic) {
        // Without O_NONBLOCK the opening of a pipe would wait for a writer.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Diagnostic(path: name, message: "cannot be read: \(String(cString: strerror(errno)))")
        }
        do throws(Diagnostic) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                throw Diagnostic(path: name, message: "cannot be read: \(String(cString: strerror(errno)))")
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFDIR:
                throw Diagnostic(
                    path: name, message: "a folder, expected a log file",
                    suggestion: "name its files by a pattern such as \(name)/*.log*")
            default: throw Diagnostic(path: name, message: "a device or pipe, expected a log file")
            }
            stamp = FileStamp(status)
            device = Int(truncatingIfNeeded: status.st_dev)
            let packing = try Self.packing(of: descriptor, name)
            isPacked = packing
            gzip = packing ? try Self.makeGzip(name) : nil
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private static func makeGzip(_ name: String) throws(Diagnostic) -> GzipStream {
        do throws(GzipStream.Fault) {
            return try GzipStream()
        } catch {
            throw Diagnostic(path: name, message: "cannot be unpacked: there is not enough memory")
        }
    }

    /// Whether the file is gzip, by its first bytes; its name does not count.
    private static func packing(of descriptor: Int32, _ name: String) throws(Diagnostic) -> Bool {
        var head = [UInt8](repeating: 0, count: 6)
        let count = pread(descriptor, &head, 6, 0)
        let others: [(bytes: [UInt8], name: String)] = [
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
            ([0x42, 0x5A, 0x68], "bzip2"), ([0x50, 0x4B, 0x03, 0x04], "zip"),
        ]
        if let other = others.first(where: { head.prefix(max(0, count)).starts(with: $0.bytes) }) {
            throw Diagnostic(
                path: name, message: "packed with \(other.name), expected plain text or gzip",
                suggestion: "unpack it beside this file")
        }
        return count >= 2 && head[0] == 0x1F && head[1] == 0x8B
    }

    /// Reads on; 0 bytes at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
        guard let gzip else { return try readFile(buffer) }
        do {
            return try gzip.read(into: buffer) { buffer throws(Fault) in try readFile(buffer) }
        } catch let fault as Fault {
            throw fault
        } catch let fault as GzipStream.Fault where fault == .truncated {
            throw .truncated
        } catch {
            throw .damaged
        }
    }

    /// Goes to a place of the text; false when the text ends before it.
    func seek(to offset: Int) throws(Fault) -> Bool {
        guard let gzip else {
            guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw Self.fault() }
            return offset <= stamp.size
        }
        gzip.reset()
        guard lseek(descriptor, 0, SEEK_SET) >= 0 else { throw Self.fault() }
        var left = offset
        var scratch = [UInt8](repeating: 0, count: min(max(left, 1), 1 << 20))
        while left > 0 {
            let (count, fault): (Int, Fault?) = scratch.withUnsafeMutableBytes { buffer in
                do throws(Fault) {
                    return (try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left))), nil)
                } catch {
                    return (0, error)
                }
            }
            if let fault { throw fault }
            if count == 0 { return false }
            left -= count
        }
        return true
    }

    private func readFile(_ buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.fault() }
            progress += count
            return count
        }
    }

    private static func fault() -> Fault { .unreadable(String(cString: strerror(errno))) }
}
