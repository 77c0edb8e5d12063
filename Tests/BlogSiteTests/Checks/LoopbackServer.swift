import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A web server on the loopback interface for one test: it answers by the path alone and counts what it was asked.
final class LoopbackServer: Sendable {
    let port: UInt16
    private let socket: Int32
    private let requests = Mutex<[String]>([])

    /// - Parameter answer: the head of the answer to a request line such as `GET /a`; nil closes without one.
    init(answer: @escaping @Sendable (_ request: String) -> String?) throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let listening = Self.open(stream)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listening, pointer, length) == 0 && listen(listening, 64) == 0
                    && getsockname(listening, pointer, &length) == 0
            }
        }
        guard status else { throw POSIXError(.EADDRNOTAVAIL) }
        socket = listening
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread { [weak self] in
            while true {
                let connection = accept(listening, nil, nil)
                if connection < 0 { return }
                let request = Self.readRequest(connection)
                self?.note(request)
                if let head = answer(request) {
                    let text = head + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    _ = text.withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
                }
                close(connection)
            }
        }
        thread.start()
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// The request lines so far, sorted.
    var asked: [String] { requests.withLock { $0.sorted() } }

    func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    private func note(_ request: String) { requests.withLock { $0.append(request) } }

    private static func open(_ stream: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.socket(AF_INET, stream, 0)
        #else
            Darwin.socket(AF_INET, stream, 0)
        #endif
    }

    /// The method and path.
    private static func readRequest(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") {
            let count = recv(connection, &chunk, chunk.count, 0)
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").prefix(2).joined(separator: " ")
    }
}
