import Foundation
import Testing

/// A connection to a port of this machine, for one request.
final class LoopbackClient {
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(_ port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        try #require(connected == 0)
    }

    deinit { close(descriptor) }

    /// Sends a request and reads the answer to its end.
    func ask(_ method: String, _ path: String) throws -> String {
        try send(method, path)
        while read() {}
        return String(decoding: received, as: UTF8.self)
    }

    func send(_ method: String, _ path: String) throws {
        let request = "\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let sent = Array(request.utf8).withUnsafeBytes {
            Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        try #require(sent == request.utf8.count)
    }

    /// The next event of a stream (`data: …`).
    func nextEvent() throws -> String {
        while true {
            let text = String(decoding: received, as: UTF8.self)
            if let start = text.firstRange(of: "data: "), let end = text[start.upperBound...].firstRange(of: "\n\n") {
                let event = String(text[start.upperBound..<end.lowerBound])
                received = Array(text[end.upperBound...].utf8)
                return event
            }
            try #require(read(), "no event in: \(text)")
        }
    }

    private func read() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
