@testable import BlogOperations
import Testing

@Suite struct PasswordHashTests {
    @Test(arguments: zip(PasswordHash.Method.allCases, ["$y$", "$2b$12$"]))
    func `a hash knows its password and no other`(method: PasswordHash.Method, prefix: String) throws {
        let hash = try PasswordHash(of: "pässwörd 1", method: method)
        #expect(hash.text.hasPrefix(prefix))
        #expect(hash.text.utf8.count <= 255)
        #expect(PasswordHash(stored: hash.text).matches("pässwörd 1"))
        #expect(!hash.matches("pässwörd 2"))
        #expect(!hash.matches(""))
    }

    @Test func `two hashes of one password differ by their salt`() throws {
        #expect(try PasswordHash(of: "password").text != PasswordHash(of: "password").text)
    }

    @Test func `the hash of another program is understood`() {
        // Made by `openssl passwd -6 -salt abcdefgh password`.
        let hash = PasswordHash(
            stored:
                "$6$abcdefgh$yVfUwsw5T.JApa8POvClA1pQ5peiq97DUNyXCZN5IrF.BMSkiaLQ5kvpuEm/VQ1Tvh/KV2TcaWh8qinoW5dhA1")
        #expect(hash.matches("password"))
        #expect(!hash.matches("Password"))
    }

    @Test(arguments: [
        ("short", "the password is shorter than 8 characters"),
        (String(repeating: "x", count: 501), "the password is longer than 500 bytes, of which yescrypt takes no more"),
        ("with\u{0}nul bytes", "the password has a control character, which no one can type"),
    ])
    func `what no one can sign in with is refused`(password: String, message: String) {
        #expect(throws: OperationError(.invalid, field: "password", message)) { try PasswordHash(of: password) }
    }

    @Test func `bcrypt takes no more than it looks at`() {
        #expect(throws: OperationError.self) {
            try PasswordHash(of: String(repeating: "x", count: 73), method: .bcrypt)
        }
    }
}
