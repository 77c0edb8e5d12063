import BlogModels
import Crypto
import Foundation
import ORM

/// Which comments are by the blog's own users.
///
/// A name proves nothing. A file may name the user (`author: ada`), which only those who write the site's files can do, or
/// has the user's e-mail address or its MD5 hash, as Staticman stores it.
struct CommentAuthors: Sendable {
    private var byUsername: [String: Int] = [:]
    private var byEmail: [String: Int] = [:]

    static func load(on session: any Session) async throws -> CommentAuthors {
        var authors = CommentAuthors()
        let users = try await User.order { $0.id.asc }.select { ($0.id, $0.username, $0.email) }.all(on: session)
        for (id, username, email) in users {
            authors.byUsername[username] = id
            guard let address = email?.lowercased() else { continue }
            authors.byEmail[address] = id
            authors.byEmail[
                Insecure.MD5.hash(data: Data(address.utf8)).map {
                    String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
                }.joined()] = id
        }
        return authors
    }

    func user(for record: CommentRecord) -> Int? {
        if let author = record.author, let user = byUsername[author] { return user }
        return user(email: record.email)
    }

    /// The user with this address, or with the address that this is the hash of.
    func user(email: String?) -> Int? {
        email.flatMap { byEmail[$0.lowercased()] }
    }
}
