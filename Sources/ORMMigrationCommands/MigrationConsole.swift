import Foundation

/// What the commands talk through, so that a program can listen.
public protocol MigrationConsole: Sendable {
    /// The console of a program that has no other.
    static var standard: Self { get }
    /// The folder that relative paths start from.
    var currentDirectory: String { get }
    /// The environment’s variables.
    var environment: [String: String] { get }
    /// Takes a result, which a script may read; ends it with a line feed.
    func write(_ text: String)
    /// Takes what a person reads.
    func note(_ text: String)
}

/// The process’s own streams: results to the standard output, the rest to the standard error.
public struct StandardConsole: MigrationConsole {
    /// The folder that the process runs in.
    public let currentDirectory = FileManager.default.currentDirectoryPath
    /// The process’s environment.
    public let environment = ProcessInfo.processInfo.environment

    /// The process’s streams.
    public static var standard: StandardConsole { StandardConsole() }

    /// Writes to the standard output.
    public func write(_ text: String) { Self.put(text, to: .standardOutput) }
    /// Writes to the standard error.
    public func note(_ text: String) { Self.put(text, to: .standardError) }

    private static func put(_ text: String, to handle: FileHandle) {
        // A reader that went away (`… | head`) is no failure of the command.
        try? handle.write(contentsOf: Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
    }
}
