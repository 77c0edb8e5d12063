package import Foundation
import Synchronization

/// Where a command writes: results to one side, notes and errors to the other.
package struct Console: Sendable {
    /// Gives what is piped into the command, to its end.
    private let input: @Sendable () throws -> [UInt8]
    /// Asks a person for a secret without showing it; `nil` when nobody sits at a terminal.
    private let secret: @Sendable (String) throws -> String?
    /// Takes what a script would read.
    private let output: @Sendable (String) -> Void
    /// Takes what a person would read.
    private let notes: @Sendable (String) -> Void
    /// Whether results go to a terminal that shows colours.
    package let hasColor: Bool
    /// Whether notes go to a terminal, where a line can be written over.
    package let showsProgress: Bool
    /// How wide the terminal is, in columns.
    package let width: Int
    /// Whether the locale's encoding has more than ASCII.
    package var isUnicode: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
        return locale.lowercased().contains("utf")
    }
    package let currentDirectory: String
    package let environment: [String: String]
    /// The instant at which the command began.
    package let now: Date

    package init(
        hasColor: Bool = false, showsProgress: Bool = false, width: Int = 80, currentDirectory: String,
        environment: [String: String] = [:], now: Date = Date(),
        input: @escaping @Sendable () throws -> [UInt8] = { [] },
        secret: @escaping @Sendable (String) throws -> String? = { _ in nil },
        output: @escaping @Sendable (String) -> Void, notes: @escaping @Sendable (String) -> Void
    ) {
        self.hasColor = hasColor
        self.showsProgress = showsProgress
        self.width = width
        self.currentDirectory = currentDirectory
        self.environment = environment
        self.now = now
        self.input = input
        self.secret = secret
        self.output = output
        self.notes = notes
    }

    /// The process's own streams. Colours need a terminal and no NO_COLOR (<https://no-color.org>).
    package static var standard: Console {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return Console(
            hasColor: isTerminal && !isPlain,
            showsProgress: isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb",
            width: terminalWidth(environment),
            currentDirectory: FileManager.default.currentDirectoryPath, environment: environment,
            input: { [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) },
            secret: { isatty(STDIN_FILENO) == 1 ? try SecretPrompt.read($0) : nil },
            output: { put($0, to: STDOUT_FILENO) }, notes: { put($0, to: STDERR_FILENO) })
    }

    /// The standard input, whole.
    func readInput() throws -> [UInt8] { try input() }
    /// The standard input as text.
    func readText() throws -> String {
        guard let text = String(validating: try input(), as: UTF8.self) else {
            throw CommandError("the standard input is no UTF-8", .inputData)
        }
        return text
    }
    /// A password: asked for twice at a terminal, else the first line of the standard input.
    func readPassword() throws -> String {
        guard let password = try secret("Password: ") else {
            return try readText().split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first
                .map(String.init) ?? ""
        }
        guard try secret("Again: ") == password else {
            throw CommandError("the two passwords differ", .inputData)
        }
        return password
    }
    /// Writes a result, with a line feed.
    package func write(_ text: String) { output(text.hasSuffix("\n") ? text : text + "\n") }
    /// Writes progress or a warning, with a line feed.
    package func note(_ text: String) { notes(text.hasSuffix("\n") ? text : text + "\n") }
    /// Writes over the current line of the terminal; only where ``showsProgress``.
    func rewriteLine(_ text: String) { notes("\r\u{1B}[K\(text)") }
    /// Writes what went wrong.
    func error(_ text: String) { note(text.contains(": error: ") ? text : "blog: error: \(text)") }

    /// The same console without colours.
    func colorless() -> Console {
        Console(
            hasColor: false, showsProgress: showsProgress, width: width, currentDirectory: currentDirectory,
            environment: environment, now: now, input: input, secret: secret, output: output, notes: notes)
    }

    /// Text in a style, where there are styles.
    func styled(_ text: String, _ style: Style) -> String {
        hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    enum Style: String { case bold = "1", dim = "2", error = "31", good = "32", warning = "33", accent = "36" }

    private static func put(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = Foundation.write(descriptor, start, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }

    private static func terminalWidth(_ environment: [String: String]) -> Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment["COLUMNS"].flatMap(Int.init) ?? 80
    }
}
