import Foundation

/// The program `migration-child`, which migrates a database file in a process of its own.
struct ChildProcess {
    /// How a child has ended.
    struct Outcome {
        /// What it applied; nothing when it was killed before the end.
        let names: [String]
        let statements: Int
        let microseconds: Int
        let wasKilled: Bool
        let status: Int32
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts a child, which waits for ``finish()``.
    init(_ arguments: String...) throws {
        process.executableURL = Self.program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// Lets the child begin.
    func begin() throws { try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8)) }

    /// Waits for the child's end.
    func finish() throws -> Outcome {
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Outcome(
            names: lines[0].split(separator: " ").map(String.init),
            statements: lines.count > 1 ? Int(lines[1]) ?? 0 : 0,
            microseconds: lines.count > 2 ? Int(lines[2]) ?? 0 : 0,
            wasKilled: process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL,
            status: process.terminationStatus)
    }

    /// Runs a child from beginning to end.
    static func run(_ arguments: String...) throws -> Outcome {
        let child = try ChildProcess(list: arguments)
        try child.begin()
        return try child.finish()
    }

    private init(list arguments: [String]) throws {
        process.executableURL = Self.program
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// Beside the tests' own program.
    private static let program: URL = {
        let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return own.appending(path: "migration-child")
    }()
}
