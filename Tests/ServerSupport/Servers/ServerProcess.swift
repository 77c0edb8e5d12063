import Foundation

/// A server for tests that ends with this process, however that ends: a shell beside it reads from a pipe, which the system closes when the
/// process is gone, and then stops the server and removes its folder.
public final class ServerProcess: Sendable {
    private let process: pid_t
    private let end: FileHandle

    /// Starts a server.
    ///
    /// - `folder`: where it lives, made by ``ServerAccount/makeFolder(_:)``; removed in the end.
    /// - `start`: a command of the shell that returns when the server answers.
    /// - `stop`: a command of the shell that stops it.
    public init(_ account: ServerAccount, folder: String, start: String, stop: String) throws {
        let script = """
            trap '' INT TERM HUP
            if ( \(start) ) > '\(folder)/start.log' 2>&1 < /dev/null; then echo ready; else cat '\(folder)/start.log'; fi
            exec > /dev/null 2>&1
            read -r line
            ( \(stop) ) > /dev/null 2>&1 < /dev/null
            rm -rf '\(folder)'
            """
        let (input, output) = (try ClosingPipe(), try ClosingPipe())
        process = try spawn(account.prefix + ["/bin/sh", "-c", script], input: input.read, output: output.write)
        close(input.read)
        close(output.write)
        end = FileHandle(fileDescriptor: input.write, closeOnDealloc: true)
        let answer = FileHandle(fileDescriptor: output.read, closeOnDealloc: true)
        let text = String(decoding: answer.readDataToEndOfFile(), as: UTF8.self)
        guard text.hasPrefix("ready") else {
            stopServer()
            throw ServerFailure("the server does not start: \(text)")
        }
    }

    deinit { stopServer() }

    private func stopServer() {
        try? end.close()
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}

/// Runs a program as an account and gives back what it prints; throws when it fails.
@discardableResult
public func run(_ command: [String], as account: ServerAccount) throws -> String {
    let output = try ClosingPipe()
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(null) }
    let process = try spawn(account.prefix + command, input: null, output: output.write)
    close(output.write)
    let handle = FileHandle(fileDescriptor: output.read, closeOnDealloc: true)
    let text = String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    guard status == 0 else { throw ServerFailure("\(command.joined(separator: " ")) failed: \(text)") }
    return text
}

/// A port of the loopback interface that nobody listens on now.
public func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
        }
    }
    guard isBound else { throw ServerFailure("no port of the loopback interface is free") }
    return Int(UInt16(bigEndian: address.sin_port))
}

/// Two ends that no other program inherits: one that did would keep a server alive.
private struct ClosingPipe {
    let read: Int32
    let write: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ServerFailure("no file descriptors are left") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (read, write) = (ends[0], ends[1])
    }
}

/// Starts a program in a process group of its own, with these two files and its errors where the output goes.
private func spawn(_ command: [String], input: Int32, output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    // The account may not be allowed into the folder that the tests run in.
    var arguments: [UnsafeMutablePointer<CChar>?] = (["/usr/bin/env", "--chdir=/"] + command).map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    let variables: [String] = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
    defer { for variable in environment { free(variable) } }
    environment.append(nil)
    var process: pid_t = 0
    let code = posix_spawn(&process, "/usr/bin/env", &actions, &attributes, arguments, environment)
    guard code == 0 else { throw ServerFailure("cannot run \(command[0]): \(String(cString: strerror(code)))") }
    return process
}
