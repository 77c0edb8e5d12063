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
        let listener = try listen()
        defer { try? listener.close() }
        guard case .ip4(_, port: let bound) = try listener.sockname() else { return }
        let files = files
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await Self.accept(listener, files) }
            group.addTask { try await listening(bound) }
            // waitForAll() would wait for the other task before it throws.
            while try await group.next() != nil {}
        }
    }

    private func listen() throws -> Socket {
        do {
            let socket = try Socket(domain: Int32(AF_INET))
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: try sockaddr_in.inet(ip4: "127.0.0.1", port: port))
            try socket.listen()
            return socket
        } catch let error as SocketError {
            guard case .failed(_, _, let reason) = error else { throw error }
            throw CommandError("cannot listen on 127.0.0.1:\(port): \(reason)", .cannotCreate)
        }
    }

    /// Takes connections on a thread of its own until the task is cancelled; each is answered on another thread.
    private static func accept(_ listener: Socket, _ files: StaticFiles) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { ended in
                Thread {
                    while let file = try? listener.accept().file {
                        Thread { answer(Socket(file: file), files) }.start()
                    }
                    ended.resume()
                }.start()
            }
        } onCancel: {
            // Wakes the thread that waits in accept(2), which closing the descriptor would not.
            _ = shutdown(listener.file.rawValue, Int32(SHUT_RDWR))
        }
    }

    /// Reads one request, answers it and closes: for a preview, a connection for each file is good enough.
    private static func answer(_ connection: Socket, _ files: StaticFiles) {
        defer { try? connection.close() }
        do {
            var head: [UInt8] = []
            let end = Array("\r\n\r\n".utf8)
            while !head.contains(end) {
                // No browser sends a head that long; whoever does gets no answer.
                guard head.count < 64 * 1024 else { return }
                head += try connection.read(atMost: 4096)
            }
            let answer = response(to: String(decoding: head, as: UTF8.self), files)
            var sent = answer.startIndex
            while sent < answer.endIndex { sent = try connection.write(answer, from: sent) }
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
