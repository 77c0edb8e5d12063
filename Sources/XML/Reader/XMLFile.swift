#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file read in pieces. Opened by its path alone: libxml2 would take the path for a URL and unpack what is compressed.
final class XMLFile {
    private let name: String
    private let descriptor: Int32
    private static let pieceSize = 64 * 1024

    init(_ path: String, named name: String) throws {
        self.name = name
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw Self.failure(name, errno) }
    }

    deinit { close(descriptor) }

    func read() throws -> [UInt8] {
        var number: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
            var got: Int
            repeat {
                got = platformRead(descriptor, buffer.baseAddress, Self.pieceSize)
            } while got < 0 && errno == EINTR
            if got < 0 { number = errno }
            count = max(0, got)
        }
        if number != 0 { throw Self.failure(name, number) }
        return bytes
    }

    private static func failure(_ path: String, _ number: Int32) -> XMLError {
        XMLError(.input, "cannot be read: \(String(cString: strerror(number)))", path: path)
    }
}

/// `read(2)`, whose name a method hides.
private func platformRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
