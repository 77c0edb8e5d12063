import Foundation
import Testing

/// `blog` as a process of its own: what cannot be tried within the tests' own, such as being killed.
struct BlogProcess {
    struct Outcome: Equatable {
        /// The exit code, or the signal that ended it.
        var status: Int32
        var isSignal: Bool
        var notes: String
    }

    /// The program that was built beside the tests.
    static func executable() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: tests).deletingLastPathComponent().appending(path: "blog").path
        try #require(FileManager.default.isExecutableFile(atPath: path), "no \(path): build it with the tests")
        return path
    }

    private let process = Process()
    private let errors = Pipe()

    /// Starts `blog` in a site's folder; `limits` is shell text before it, such as `ulimit -f 100;`.
    init(in site: TestSite, _ arguments: String..., limits: String = "") throws {
        try self.init(in: site, arguments, limits: limits)
    }

    init(in site: TestSite, _ arguments: [String], limits: String = "") throws {
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "\(limits) exec \"$0\" \"$@\"", try Self.executable()] + arguments
        process.currentDirectoryURL = URL(filePath: site.root)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end.
    func outcome() throws -> Outcome {
        let notes = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
            notes: String(decoding: notes, as: UTF8.self))
    }
}
