import BlogModels
import Foundation
import ORM

extension WordPressImport {
    /// The users of the export's authors and of whoever else wrote something, in the order of their mention.
    mutating func planUsers(_ authors: [WordPressAuthor]) async throws {
        var byLogin: [String: WordPressAuthor] = [:]
        for author in authors { byLogin[author.login] = author }
        for author in authors { try await planUser(byLogin[author.login] ?? author) }
        for index in outline.documents.indices where outline[index].isImported {
            let login = outline.names[outline[index].creator]
            try await planUser(byLogin[login] ?? WordPressAuthor(login: login))
        }
    }

    private mutating func planUser(_ author: WordPressAuthor) async throws {
        guard userIDs[author.login] == nil else { return }
        let id = try await user(author)
        userIDs[author.login] = id
        documents.fileRecords.append(
            FileRecord(
                path: WordPressKey.author(author.login), kind: .author,
                digest: Digest.hexadecimal(author.displayName.utf8), bodyDigest: nil, rowID: id))
        if let number = author.id { userIDsByNumber[number] = id }
    }

    private mutating func user(_ author: WordPressAuthor) async throws -> Int {
        let username = Self.username(author)
        let fullName = Self.fullName(author, username: username)
        if let file = documents.index.files[WordPressKey.author(author.login)], let id = file.rowID,
            documents.users.username(id) != nil
        {
            if let fullName, file.digest != Digest.hexadecimal(author.displayName.utf8) {
                try await rename(id, to: fullName)
            }
            return id
        }
        if let id = documents.users.id(username: username) ?? fullName.flatMap({ documents.users.find($0) }) {
            return id
        }
        return documents.users.create(username: username, fullName: fullName)
    }

    /// The name that an author has changed, unless a command or another source owns it.
    private mutating func rename(_ id: Int, to fullName: String) async throws {
        let name = source.name
        let isOthers =
            try await ImportedFile
            .filter { $0.kind == .author && $0.rowID == id && $0.source != name && $0.isPresent }.exists(
                on: transaction)
        guard !isOthers else { return }
        var marks = try await LocalMarks.load(.author, rows: [id], on: transaction)
        var user = try await User.get(id, on: transaction)
        user.assign("fullName", \.fullName, fullName, text: fullName, &marks)
        if !user.changedColumns.isEmpty {
            let unmoved = user.updatedAt
            user.updatedAt = unmoved
            try await user.save(on: transaction)
            documents.report.users.updated += 1
            documents.wrote = true
        }
        try await marks.deleteSpent(on: transaction)
    }

    /// A login may be an e-mail address, which is nobody's business: then the name that readers see is the username, or what
    /// stands before the `@`.
    private static func username(_ author: WordPressAuthor) -> String {
        var candidates = [author.login]
        if author.login.contains("@") {
            candidates = [author.displayName, String(author.login.prefix { $0 != "@" })]
        }
        for candidate in candidates where !candidate.contains("@") {
            if let slug = Slug(title: candidate, limit: Slug.tagLimit) { return slug.text }
        }
        return "author"
    }

    private static func fullName(_ author: WordPressAuthor, username: String) -> String? {
        let name = TextLimit.cut(WordPressText.plain(author.displayName), to: TextLimit.fullName)
        return name.isEmpty || name.contains("@") || name == username ? nil : name
    }
}
