import FlyingFox
import FlyingSocks

/// Serves a folder on the loopback interface.
struct PreviewServer {
    let files: StaticFiles
    let port: UInt16

    /// Serves until the task is cancelled. `listening` gets the port, once requests are taken.
    ///
    /// Throws at once when the port cannot be had.
    func run(_ listening: @escaping @Sendable (_ port: UInt16) async throws -> Void) async throws {
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
        let files = files
        let port = port
        await server.appendRoute("*") { request in files.response(to: request) }
        // Whichever ends first with an error ends both: the server that cannot listen must not be waited for.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await server.run()
                } catch let error as SocketError {
                    throw CommandError("cannot listen on 127.0.0.1:\(port): \(error)", .cannotCreate)
                }
            }
            group.addTask {
                // FlyingFox's own wait does not end when it is cancelled.
                while await !server.isListening { try await Task.sleep(for: .milliseconds(10)) }
                if case .ip4(_, port: let bound) = await server.listeningAddress { try await listening(bound) }
            }
            try await group.waitForAll()
        }
    }
}
