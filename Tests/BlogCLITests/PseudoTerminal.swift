import Foundation
import Testing

/// `blog` at a terminal of its own, as a person has it: a pseudo-terminal is its standard input, output and error stream, and
/// what is typed comes through the line discipline, so that Ctrl-C is a signal.
final class PseudoTerminal {
    struct Outcome: Equatable {
        /// The exit code, or the signal that ended it.
        var status: Int32
        var isSignal: Bool
        /// All that was written, with line feeds alone.
        var output: String
    }

    private let master: Int32
    private let process: pid_t
    private var written: [UInt8] = []
    private var hasEnded = false

    /// Starts `blog` in a folder.
    convenience init(
        in folder: String, _ arguments: String..., columns: UInt16 = 80, environment: [String: String] = [:]
    ) throws {
        try self.init(in: folder, arguments, columns: columns, environment: environment)
    }

    init(
        in folder: String, _ arguments: [String], columns: UInt16 = 80, environment: [String: String] = [:]
    ) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var name = [CChar](repeating: 0, count: 256)
        try #require(openpty(&master, &slave, &name, nil, &size) == 0)
        self.master = master
        defer { close(slave) }
        // Neither these nor what other tests have open is any business of the program: their readers would wait for its end.
        for descriptor in Int32(3)..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Whoever leads a session and opens a terminal has it as its own.
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // POSIX_SPAWN_SETSID of glibc, whose macro Swift does not see.
        posix_spawnattr_setflags(&attributes, 0x80)

        var variables = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder]
        variables.merge(environment) { $1 }
        let program = try BlogProcess.executable()
        // The shell goes to the folder, which posix_spawn cannot everywhere.
        let words = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, program] + arguments
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var process: pid_t = 0
        try #require(posix_spawn(&process, "/bin/sh", &actions, &attributes, &argv, &envp) == 0)
        self.process = process
    }

    deinit {
        close(master)
        if !hasEnded {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
    }

    /// Types text.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    func send(_ signal: Int32) { kill(process, signal) }

    /// Whether the program has a file open.
    func hasOpen(_ path: String) -> Bool {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path
        }
    }

    /// Whether the terminal shows what is typed.
    var echoes: Bool {
        var settings = termios()
        tcgetattr(master, &settings)
        return settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// What has been written, once `text` is in it. Fails when the program ends before, or after a minute.
    @discardableResult
    func output(with text: String) throws -> String {
        while !output.contains(text) { try #require(read(), "no “\(text)” in: \(output)") }
        return output
    }

    /// Waits for the program's end.
    func outcome() -> Outcome {
        while read() {}
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        hasEnded = true
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? (status >> 8) & 0xFF : signal, isSignal: signal != 0, output: output)
    }

    private var output: String {
        String(decoding: written, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    /// Reads more, if more comes.
    private func read() -> Bool {
        var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 60_000) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Foundation.read(master, &buffer, buffer.count)
        // EIO: the last process has closed the other side.
        guard count > 0 else { return false }
        written += buffer[..<count]
        return true
    }
}
