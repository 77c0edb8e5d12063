import FlyingFox
import FlyingSocks

/// Serves a folder on the loopback interface.
struct PreviewServer {
    let files: StaticFiles
    let port: UInt16

    /// Serves until the task is cancelled. `listening` gets the port, once requests are taken.
    func run(_ listening: (_ port: UInt16) async throws -> Void) async throws {
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
        let files = files
        await server.appendRoute("*") { request in files.response(to: request) }
        let running = Task { try await server.run() }
        try await withTaskCancellationHandler {
            do {
                try await server.waitUntilListening(timeout: 10)
            } catch {
                // What kept it from listening is the server's own error.
                do { try await running.value } catch {
                    throw CommandError("cannot listen on 127.0.0.1:\(port): \(error)", .cannotCreate)
                }
                throw error
            }
            if case .ip4(_, port: let bound) = await server.listeningAddress { try await listening(bound) }
            try await running.value
        } onCancel: {
            running.cancel()
        }
    }
}
