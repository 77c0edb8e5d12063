import Dispatch
import Foundation
import Synchronization

/// Other programs that a build or a check uses where they are installed.
enum Subprocess {
    /// The path of a program in `PATH`; nil when there is none.
    static func find(_ name: String, in path: String? = ProcessInfo.processInfo.environment["PATH"]) -> String? {
        (path ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// What a program wrote.
    struct Output: Sendable {
        var standard: [UInt8]
        var errors: [UInt8]
    }

    /// Runs a program to its end and gives what it wrote. Standard input is empty.
    ///
    /// Throws `.fileAccess` with the last line of what it said when it cannot start or, unless `acceptingFailure`, its exit
    /// code is not 0.
    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], acceptingFailure: Bool = false
    ) throws(SiteError) -> Output {
        let process = Process()
        let output = Pipe()
        let errors = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw SiteError(.fileAccess, path: program, "cannot be started: \(error.localizedDescription)")
        }
        // A program that says more than a pipe holds would wait for ever if nobody read.
        let said = Said()
        let reader = Thread { said.finish(errors.fileHandleForReading.readDataToEndOfFile()) }
        reader.start()
        let written = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let message = said.wait()
        let isDone = process.terminationReason == .exit && process.terminationStatus == 0
        guard isDone || acceptingFailure else {
            let last = String(decoding: message, as: UTF8.self).split(whereSeparator: \.isNewline).last ?? "no message"
            throw SiteError(.fileAccess, path: program, "failed with exit code \(process.terminationStatus): \(last)")
        }
        return Output(standard: [UInt8](written), errors: [UInt8](message))
    }

    /// What a thread read, handed over once.
    private final class Said: Sendable {
        private let done = DispatchSemaphore(value: 0)
        private let data = Mutex(Data())

        func finish(_ read: Data) {
            data.withLock { $0 = read }
            done.signal()
        }

        func wait() -> Data {
            done.wait()
            return data.withLock { $0 }
        }
    }
}
