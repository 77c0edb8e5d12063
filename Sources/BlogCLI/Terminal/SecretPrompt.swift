import Foundation

/// Asks for a secret at the terminal without showing what is typed.
enum SecretPrompt {
    private static let controlC: UInt8 = 3

    /// What is typed up to the end of the line. The terminal shows again what is typed afterwards, however this ends.
    static func read(_ prompt: String) throws -> String {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw CommandError("there is no terminal to ask at", .inputData)
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        silent.c_lflag |= tcflag_t(ECHONL)
        // Ctrl-C ends the line like Return, instead of the program with a terminal that shows nothing any more.
        silent.c_lflag &= ~tcflag_t(ISIG)
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VEOL)] = controlC }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        FileHandle.standardError.write(Data(prompt.utf8))
        let line = readBytes()
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        if line.last == controlC {
            FileHandle.standardError.write(Data("\n".utf8))
            Interruption.endProcess(by: SIGINT)
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw CommandError("the password is no UTF-8", .inputData)
        }
        return text
    }

    /// The bytes up to the line's end, which is not among them, or up to Ctrl-C, which is.
    private static func readBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = Foundation.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { return bytes }
            bytes.append(byte)
            if byte == controlC { return bytes }
        }
    }
}
