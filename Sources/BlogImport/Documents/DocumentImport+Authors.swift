import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension DocumentImport {
    /// Author files come first: posts name the users that they make.
    mutating func importAuthors(_ records: [ReadFile<AuthorRecord>]) async throws {
        var additions: [(id: Int, record: ReadFile<AuthorRecord>)] = []
        var updates: [(id: Int, record: ReadFile<AuthorRecord>, isKnown: Bool)] = []
        var holders: [String: String] = [:]
        for file in records {
            let record = file.content
            report.warnings += record.warnings
            let key = AuthorKey(path: file.path).text
            let known = index.files[file.path].flatMap { $0.kind == .author ? $0.rowID : nil }
            let sameName = users.id(username: record.username)
            let other = holders[record.username] ?? otherFile(ofUser: sameName, than: file.path)
            if let other {
                report.refusals.append(
                    Diagnostic(
                        path: files.display(file.path), line: 1,
                        message: "the username \"\(record.username)\" is taken by \(other)"))
                continue
            }
            holders[record.username] = files.display(file.path)
            if let id = sameName ?? known.flatMap({ users.username($0) == nil ? nil : $0 }) {
                users.rename(id, username: record.username, fullName: record.fullName, key: key)
                updates.append((id, file, known == id))
            } else {
                let id = users.reserve(username: record.username, fullName: record.fullName, key: key)
                additions.append((id, file))
            }
        }
        try await addAuthors(additions)
        try await updateAuthors(updates)
    }

    /// The present file that made a user, if it is not this one.
    private func otherFile(ofUser id: Int?, than path: String) -> String? {
        guard let id, let other = index.path(ofRow: id, .author), other != path,
            isPresent(AuthorKey(path: other).file)
        else { return nil }
        return files.display(other)
    }

    func isPresent(_ path: String) -> Bool {
        files.files.contains { $0.path == path }
    }

    private mutating func addAuthors(_ additions: [(id: Int, record: ReadFile<AuthorRecord>)]) async throws {
        let result = try await SavepointBatch.write(additions, on: transaction) { chunk in
            try await User.insert(
                chunk.map { id, file in
                    let record = file.content
                    return User.New(
                        id: id, username: record.username, email: record.email, fullName: record.fullName,
                        bio: record.bio, url: record.url, createdAt: undated, updatedAt: undated)
                }
            ).map(\.id)
        }
        let written = Set(result.outputs.joined())
        for (id, file) in additions where written.contains(id) {
            report.users.created += 1
            wrote = true
            finish(file.path, file.stamp, .author, digest: file.digest, row: id)
        }
        for refused in result.refusals {
            report.refusals.append(refusal(refused.record.record.path, refused.error))
        }
    }

    private mutating func updateAuthors(
        _ updates: [(id: Int, record: ReadFile<AuthorRecord>, isKnown: Bool)]
    ) async throws {
        let ids = updates.map(\.id)
        var marks = try await LocalMarks.load(.author, rows: ids, on: transaction)
        for (id, file, isKnown) in updates {
            var user = try await User.get(id)
            let record = file.content
            user.assign("username", \.username, record.username, text: record.username, &marks)
            // A user that a command made keeps what the file says nothing of.
            if isKnown || record.fullName != nil {
                user.assign("fullName", \.fullName, record.fullName, text: record.fullName, &marks)
            }
            if isKnown || record.bio != nil { user.assign("bio", \.bio, record.bio, text: record.bio, &marks) }
            if isKnown || record.url != nil { user.assign("url", \.url, record.url, text: record.url, &marks) }
            if record.email != nil { user.assign("email", \.email, record.email, text: record.email, &marks) }
            if !user.changedColumns.isEmpty {
                // The file has no time of its change; the clock of the import is none.
                let unmoved = user.updatedAt
                user.updatedAt = unmoved
                let changed = user
                let result = try await SavepointBatch.write([changed], on: transaction) { rows in
                    for var row in rows { try await row.save() }
                }
                if let refused = result.refusals.first {
                    report.refusals.append(refusal(file.path, refused.error))
                    continue
                }
                report.users.updated += 1
                wrote = true
            }
            finish(file.path, file.stamp, .author, digest: file.digest, row: id)
        }
        try await marks.deleteSpent(on: transaction)
    }

    /// The ids of a post's authors, first the author. Throws a refusal with `--strict` for a name that nobody has.
    mutating func authorIDs(of draft: DocumentDraft) throws(Diagnostic) -> [Int] {
        var ids: [Int] = []
        var names = draft.fields.authors
        if names.isEmpty {
            if let file = source.soleAuthorFile, let id = users.find(FilePlace.stem(of: file)) { return [id] }
            names = ["Anonymous"]
        }
        for name in names {
            if let known = users.find(name) {
                if !ids.contains(known) { ids.append(known) }
                continue
            }
            if context.options.isStrict, !draft.fields.authors.isEmpty {
                throw draft.diagnostic(
                    at: "author", "the author \"\(name)\" is unknown", suggestion: "add authors/…yml")
            }
            guard let made = users.create(name) else {
                throw draft.diagnostic(at: "author", "the author \"\(name)\" has neither letter nor digit")
            }
            ids.append(made)
        }
        return ids
    }

    /// Writes the users and tags that posts named first.
    mutating func writeUsersAndTags() async throws {
        let newUsers = users.created.map {
            User.New(id: $0.id, username: $0.username, fullName: $0.fullName, createdAt: undated, updatedAt: undated)
        }
        let newTags = tags.created.map { Tag.New(id: $0.id, name: $0.name, slug: $0.slug) }
        try await User.insert(newUsers, on: transaction)
        try await Tag.insert(newTags, on: transaction)
        report.users.created += newUsers.count
        report.tags.created += newTags.count
        if !newUsers.isEmpty || !newTags.isEmpty { wrote = true }
    }
}
