import FlyingSocks
import Foundation

/// Serves a folder, on the loopback interface unless another address is given: as much of HTTP/1.1 as a browser needs for reading plain files.
///
/// On FlyingSocks and not on FlyingFox's server above it, because that one links FoundationNetworking and with it libcurl,
/// which a statically linked program would have to bring along.
struct PreviewServer {
    let files: StaticFiles
    let port: UInt16
    /// The IPv4 address to listen on.
    var host = "127.0.0.1"
    /// What pages are told of new builds by; `nil` for a preview of files as they are.
    var live: LivePreview?
    /// The policy that pages are sent with.
    var policy: String?

    /// Serves until the task is cancelled. `listening` gets the port, once requests are taken.
    ///
    /// Throws at once when the port cannot be had.
    func run(_ listening: @escaping @Sendable (_ port: UInt16) async throws -> Void) async throws {
        let listener = try listen()
        defer { try? listener.close() }
        guard case .ip4(_, port: let bound) = try listener.sockname() else { return }
        let answers = self
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await answers.accept(listener) }
            group.addTask { try await listening(bound) }
            // waitForAll() would wait for the other task before it throws.
            while try await group.next() != nil {}
        }
    }

    private func listen() throws -> Socket {
        do {
            let socket = try Socket(domain: Int32(AF_INET))
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: try sockaddr_in.inet(ip4: host, port: port))
            try socket.listen()
            return socket
        } catch let error as SocketError {
            guard case .failed(_, _, let reason) = error else { throw error }
            throw CommandError("cannot listen on \(host):\(port): \(reason)", .cannotCreate)
        }
    }

    /// Takes connections on a thread of its own until the task is cancelled; each is answered on another thread.
    private func accept(_ listener: Socket) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { ended in
                Thread {
                    while let file = try? listener.accept().file {
                        Thread { answer(Socket(file: file)) }.start()
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
    private func answer(_ connection: Socket) {
        defer { try? connection.close() }
        do {
            var head: [UInt8] = []
            let end = Array("\r\n\r\n".utf8)
            while !head.contains(end) {
                // No browser sends a head that long; whoever does gets no answer.
                guard head.count < 64 * 1024 else { return }
                head += try connection.read(atMost: 4096)
            }
            let request = String(decoding: head, as: UTF8.self)
            if let live, request.hasPrefix("GET \(LivePreview.eventsPath) ") {
                return try stream(live, to: connection)
            }
            try send(response(to: request), on: connection)
        } catch {
            // The reader went away, which is the reader's business.
            return
        }
    }

    /// Tells of builds until the reader goes away. A line now and then finds out whether it has.
    private func stream(_ live: LivePreview, to connection: Socket) throws {
        try send(
            Data("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n".utf8),
            on: connection)
        var shown = ""
        while true {
            let build = live.wait(otherThan: shown, until: Date(timeIntervalSinceNow: 15))
            try send(Data((build == shown ? ":\n\n" : "data: \(build)\n\n").utf8), on: connection)
            shown = build
        }
    }

    private func send(_ data: Data, on connection: Socket) throws {
        var sent = data.startIndex
        while sent < data.endIndex { sent = try connection.write(data, from: sent) }
    }

    /// The whole answer to a request's head (RFC 9112).
    private func response(to head: String) -> Data {
        let words = head.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            return Self.message(400, "Bad Request", [], Data(), isHead: false)
        }
        guard words[0] == "GET" || words[0] == "HEAD" else {
            return Self.message(405, "Method Not Allowed", ["Allow: GET, HEAD"], Data(), isHead: false)
        }
        let path = words[1].prefix { $0 != "?" && $0 != "#" }
        let isHead = words[0] == "HEAD"
        if let live, let answer = Self.answer(to: String(path), of: live) {
            return Self.message(200, "OK", ["Content-Type: \(answer.type)"], answer.body, isHead: isHead)
        }
        let answer = files.answer(to: String(path))
        var fields = ["Content-Type: \(answer.type)"]
        if let location = answer.location { fields.append("Location: \(location)") }
        guard answer.type.hasPrefix("text/html") else {
            return Self.message(answer.status.rawValue, answer.status.reason, fields, answer.body, isHead: isHead)
        }
        if let policy { fields.append("Content-Security-Policy: \(policy)") }
        guard let live else {
            return Self.message(answer.status.rawValue, answer.status.reason, fields, answer.body, isHead: isHead)
        }
        if let failure = live.failure {
            return Self.message(
                500, "Internal Server Error", fields, LivePreview.page(failure: failure), isHead: isHead)
        }
        return Self.message(
            answer.status.rawValue, answer.status.reason, fields, LivePreview.instrumented(answer.body),
            isHead: isHead)
    }

    /// What the preview has beside the site's files.
    private static func answer(to path: String, of live: LivePreview) -> (type: String, body: Data)? {
        switch path {
        case LivePreview.scriptPath: ("text/javascript; charset=utf-8", Data(LivePreview.script.utf8))
        case LivePreview.stylePath: ("text/css; charset=utf-8", Data(LivePreview.style.utf8))
        default: nil
        }
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
