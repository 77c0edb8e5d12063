import FlyingSocks
import Foundation

/// Serves a folder on the loopback interface: as much of HTTP/1.1 as a browser needs for reading plain files.
///
/// On FlyingSocks and not on FlyingFox's server above it, because that one links FoundationNetworking and with it libcurl,
/// which a statically linked program would have to bring along.
struct PreviewServer {
    let files: StaticFiles
    let port: UInt16

    /// Serves until the task is cancelled. `listening` gets the port, once requests are taken.
    ///
    /// Throws at once when the port cannot be had.
    func run(_ listening: @escaping @Sendable (_ port: UInt16) async throws -> Void) async throws {
        // Polling ends when it is cancelled; waiting on an epoll descriptor does not.
        let pool: some AsyncSocketPool = .poll()
        try await pool.prepare()
        let listener = try listen(pool)
        guard case .ip4(_, port: let bound) = try listener.socket.sockname() else { return }
        let files = files
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask {
                try await withThrowingDiscardingTaskGroup { connections in
                    while true {
                        let connection = try await listener.accept()
                        connections.addTask { await Self.answer(connection, files) }
                    }
                }
            }
            group.addTask { try await listening(bound) }
            defer { try? listener.socket.close() }
            try await group.waitForAll()
        }
    }

    private func listen(_ pool: some AsyncSocketPool) throws -> AsyncSocket {
        do {
            let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
            let socket = try Socket(domain: Int32(AF_INET))
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: address)
            try socket.listen()
            return try AsyncSocket(socket: socket, pool: pool)
        } catch let error as SocketError {
            guard case .failed(_, _, let reason) = error else { throw error }
            throw CommandError("cannot listen on 127.0.0.1:\(port): \(reason)", .cannotCreate)
        }
    }

    /// Reads one request, answers it and closes: for a preview, a connection for each file is good enough.
    private static func answer(_ connection: AsyncSocket, _ files: StaticFiles) async {
        defer { try? connection.socket.close() }
        do {
            var head: [UInt8] = []
            let end = Array("\r\n\r\n".utf8)
            while !head.contains(end) {
                // No browser sends a head that long; whoever does gets no answer.
                guard head.count < 64 * 1024 else { return }
                head += try await connection.read(atMost: 4096)
            }
            try await connection.write(response(to: String(decoding: head, as: UTF8.self), files))
        } catch {
            // The reader went away, which is the reader's business.
            return
        }
    }

    /// The whole answer to a request's head (RFC 9112).
    private static func response(to head: String, _ files: StaticFiles) -> Data {
        let words = head.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            return message(400, "Bad Request", [], Data(), isHead: false)
        }
        guard words[0] == "GET" || words[0] == "HEAD" else {
            return message(405, "Method Not Allowed", ["Allow: GET, HEAD"], Data(), isHead: false)
        }
        let path = words[1].prefix { $0 != "?" && $0 != "#" }
        let answer = files.answer(to: String(path))
        var fields = ["Content-Type: \(answer.type)"]
        if let location = answer.location { fields.append("Location: \(location)") }
        return message(
            answer.status.rawValue, answer.status.reason, fields, answer.body, isHead: words[0] == "HEAD")
    }

    private static func message(_ status: Int, _ reason: String, _ fields: [String], _ body: Data, isHead: Bool) -> Data
    {
        // A preview shows the newest build, whatever the browser remembers.
        let common = [
            "HTTP/1.1 \(status) \(reason)", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
            "Content-Length: \(body.count)", "Connection: close",
        ]
        let head = Data(((common + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8)
        return isHead ? head : head + body
    }
}
