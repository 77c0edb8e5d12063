import CCrypt
import Glibc

/// A password as crypt(3) keeps it: method, cost, salt and digest in one text.
///
/// ```swift
/// let hash = try PasswordHash(of: "correct horse battery staple")   // $y$j9T$…
/// hash.matches("correct horse battery staple")                      // true
/// ```
package struct PasswordHash: Sendable, Hashable {
    /// How passwords are hashed: <https://manpages.debian.org/crypt(5)>.
    package enum Method: String, Sendable, CaseIterable {
        /// Memory-hard, and what Debian gives its own users.
        case yescrypt
        /// For systems that read the hashes and know no newer method. It takes no more than 72 bytes.
        case bcrypt

        fileprivate var prefix: String { self == .yescrypt ? "$y$" : "$2b$" }
        /// libcrypt's own choice for yescrypt; 2^12 rounds of bcrypt take a quarter of a second.
        fileprivate var cost: UInt { self == .yescrypt ? 0 : 12 }
        fileprivate var byteLimit: Int { self == .yescrypt ? 500 : 72 }
    }

    /// The fewest characters of a password (NIST SP 800-63B, 3.1.1.2).
    package static let minimumLength = 8

    /// What ``User/passwordHash`` holds.
    package let text: String

    /// A hash from the database.
    package init(stored text: String) { self.text = text }

    /// Hashes a password with a new salt of the system's. It blocks for some hundredths of a second: that is its purpose.
    package init(of password: String, method: Method = .yescrypt) throws(OperationError) {
        try Self.check(password, method)
        var salt: String?
        if let setting = crypt_gensalt_ra(method.prefix, method.cost, nil, 0) {
            salt = String(cString: setting)
            free(setting)
        }
        guard let salt, let hash = Self.crypt(password, salt) else {
            throw OperationError(
                .conflict, field: "password", "this system's crypt(3) does not know \(method.rawValue)")
        }
        text = hash
    }

    /// Whether a password is the one that was hashed. The time it takes tells nothing of where they differ.
    package func matches(_ password: String) -> Bool {
        guard let other = Self.crypt(password, text) else { return false }
        let (mine, theirs) = (Array(text.utf8), Array(other.utf8))
        guard mine.count == theirs.count else { return false }
        return zip(mine, theirs).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func check(_ password: String, _ method: Method) throws(OperationError) {
        func refuse(_ message: String) -> OperationError { OperationError(.invalid, field: "password", message) }
        guard password.count >= minimumLength else {
            throw refuse("the password is shorter than \(minimumLength) characters")
        }
        guard password.utf8.count <= method.byteLimit else {
            throw refuse(
                "the password is longer than \(method.byteLimit) bytes, of which \(method.rawValue) takes no more")
        }
        guard !password.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw refuse("the password has a control character, which no one can type")
        }
    }

    private static func crypt(_ password: String, _ setting: String) -> String? {
        var data: UnsafeMutableRawPointer?
        var size: Int32 = 0
        defer { free(data) }
        return crypt_ra(password, setting, &data, &size).map { String(cString: $0) }
    }
}
