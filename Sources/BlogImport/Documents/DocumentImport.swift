import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// One Markdown source's import, inside its transaction: which file is which row, then the rows.
///
/// The steps are spread over this type's extensions: authors, the plan, posts, pages, what is gone, aliases, and the record of
/// the files themselves.
struct DocumentImport {
    let source: MarkdownSource
    let files: SourceFiles
    let context: ImportContext
    let transaction: Transaction
    var report: ImportReport
    var index: RowIndex
    /// Files that are done with, for the cache.
    var finished: [String: ScanCache.Entry] = [:]
    var users: UserDirectory
    var tags: TagDirectory
    /// What the files became; written at the end.
    var fileRecords: [FileRecord] = []
    /// What the documents that were read are, which their paths alone do not say.
    var readKinds: [String: ImportedKind] = [:]
    /// Files that were read and are no record.
    var emptied: Set<String> = []
    /// The keys in files of several authors that were read.
    var authorKeys: [String: Set<String>] = [:]
    /// The earlier paths of files that were renamed.
    var renamedFiles: Set<String> = []
    /// Rows whose file is there but refused: they stay as they are.
    var keptPosts: Set<Int> = []
    var keptPages: Set<Int> = []
    /// Tags that lost a post.
    var loosenedTags: Set<Int> = []
    /// Users whose posts changed.
    var touchedAuthors: Set<Int> = []
    /// Whether a post came or went or moved, so that comments may find their post.
    var movedPosts = false
    var wrote = false

    init(
        _ source: MarkdownSource, files: SourceFiles, report: ImportReport, context: ImportContext,
        transaction: Transaction
    ) async throws {
        self.source = source
        self.files = files
        self.context = context
        self.transaction = transaction
        self.report = report
        index = try await RowIndex.load(source: source.name, site: context.site, on: transaction)
        let userRows = try await User.order { $0.id.asc }.select { ($0.id, $0.username, $0.fullName) }.all()
        var keys: [String: Int] = [:]
        for file in index.files.values where file.kind == .author {
            if let row = file.rowID { keys[AuthorKey(path: file.path).text] = row }
        }
        users = UserDirectory(
            userRows.map { (id: $0.0, username: $0.1, fullName: $0.2) }, keys: keys,
            ids: try await User.idSequence(on: transaction) { $0.id })
        let tagRows = try await Tag.order { $0.id.asc }.select { ($0.id, $0.name, $0.slug) }.all()
        tags = TagDirectory(
            tagRows.map { (id: $0.0, name: $0.1, slug: $0.2) }, ids: try await Tag.idSequence(on: transaction) { $0.id }
        )
    }

    /// For records that have no files of their own.
    init(
        recordsOf name: String, displayName: String, context: ImportContext, transaction: Transaction
    ) async throws {
        try await self.init(
            MarkdownSource(
                name: name, root: context.site.root, displayName: displayName, scopes: [], foreignFolders: [],
                layout: SiteLayout(), language: context.site.configuration.language),
            files: SourceFiles(named: displayName), report: ImportReport(), context: context, transaction: transaction)
    }

    /// Imports what the files said, in source order.
    mutating func perform(
        _ readings: [(file: ScannedFile, reading: SourceFiles.Reading<MarkdownSource.Content>)]
    ) async throws {
        report.countUnchanged(files.unchanged.values.map(\.kind))
        report.add(files.scan.problems)
        var authors: [ReadFile<AuthorRecord>] = []
        var posts: [DocumentPlan.Candidate] = []
        var pages: [DocumentPlan.Candidate] = []
        var editedAliases: ReadFile<AliasFile>?
        var leftOut: [LeftOut: Int] = [:]
        var leftovers: [String: Int] = [:]
        for (file, reading) in readings {
            switch reading {
            case .refused(let diagnostic): report.refusals.append(diagnostic)
            case .same(let stamp):
                let kind = index.files[file.path]?.kind
                report.countUnchanged([kind])
                finished[file.path] = ScanCache.Entry(stamp: stamp, kind: kind)
            case .read(let read):
                switch read.content {
                case .nothing(let reason):
                    finished[file.path] = ScanCache.Entry(stamp: read.stamp, kind: nil)
                    leftOut[reason, default: 0] += 1
                    emptied.insert(file.path)
                case .authors(let list):
                    authors += list.map { key, record in
                        let path = AuthorKey.path(file.path, key: key)
                        return ReadFile(path: path, stamp: read.stamp, digest: read.digest, content: record)
                    }
                    authorKeys[file.path] = Set(list.map(\.key))
                    finish(file.path, read.stamp, .author, digest: read.digest, row: nil)
                case .author(let record):
                    authors.append(ReadFile(path: file.path, stamp: read.stamp, digest: read.digest, content: record))
                case .aliases(let aliases):
                    editedAliases = ReadFile(path: file.path, stamp: read.stamp, digest: read.digest, content: aliases)
                case .document(let draft):
                    let candidate = DocumentPlan.Candidate(draft: draft, digest: read.digest, stamp: read.stamp)
                    readKinds[file.path] = draft.kind
                    leftovers.merge(draft.leftovers, uniquingKeysWith: +)
                    if draft.kind == .page { pages.append(candidate) } else { posts.append(candidate) }
                }
            }
        }
        report.addNotes(source, scan: files.scan, leftOut: leftOut, leftovers: leftovers)
        try await importAuthors(authors)
        let postTargets = try await planPosts(posts)
        let pageTargets = try await planPages(pages)
        try await writeUsersAndTags()
        let writtenPosts = try await writePosts(postTargets)
        let writtenPages = try await writePages(pageTargets)
        try await retireVanished(
            posts: keptPosts.union(postTargets.map(\.id)), pages: keptPages.union(pageTargets.map(\.id)))
        try await writeAliases(posts: writtenPosts, pages: writtenPages, edited: editedAliases)
        try await writeFileRecords()
        try await tidyUp()
        report.sortMessages()
    }

    /// Remembers a file whose record is written.
    mutating func finish(
        _ path: String, _ stamp: FileStamp, _ kind: ImportedKind, digest: String, bodyDigest: String? = nil, row: Int?
    ) {
        fileRecords.append(
            FileRecord(path: path, kind: kind, digest: digest, bodyDigest: bodyDigest, rowID: row))
        // One of several authors in a file is no file.
        if AuthorKey(path: path).file == path { finished[path] = ScanCache.Entry(stamp: stamp, kind: kind) }
    }

    /// A message for a document that the database refused.
    func refusal(_ draft: DocumentDraft, _ error: ORMError) -> Diagnostic {
        Diagnostic(
            path: draft.header.path, line: draft.fields.places["record"]?.line,
            message: "the database refuses it: \(error.message)")
    }

    /// The same for another record.
    func refusal(_ path: String, _ error: ORMError) -> Diagnostic {
        Diagnostic(path: files.display(path), message: "the database refuses it: \(error.message)")
    }

    /// Writes what is remembered of files, in the order of their paths.
    mutating func writeFileRecords() async throws {
        let records = fileRecords.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        if try await FileRecord.write(records, of: source.name, known: index.files, on: transaction) { wrote = true }
        fileRecords = []
    }

    /// What follows from the changes: tags without posts, the dates of users, comments that have waited, the generation.
    mutating func tidyUp() async throws {
        try await deleteLooseTags()
        try await dateUsers()
        if movedPosts, try await OrphanComments.attach(on: transaction, report: &report) { wrote = true }
        if wrote {
            try await SiteState.raiseGeneration(on: transaction)
        }
    }

    /// Deletes tags that lost their last post.
    private mutating func deleteLooseTags() async throws {
        let loose = loosenedTags
        guard !loose.isEmpty else { return }
        let count = try await Tag.filter { $0.id.isIn(loose) && $0.posts.count == 0 }.delete()
        report.tags.deleted += count
        if count > 0 { wrote = true }
    }

    /// An imported user exists since the earliest of their posts: the clock of the import says nothing of them.
    private mutating func dateUsers() async throws {
        for id in touchedAuthors.sorted() {
            let dated = Post.filter { $0.published && $0.publishedAt != nil }
            let own = try await dated.filter { $0.author.id == id }.min { $0.createdAt }
            let shared = try await dated.filter { $0.coAuthors.any { $0.id == id } }.min { $0.createdAt }
            guard let earliest = [own, shared].compactMap(\.self).min(), var user = try await User.find(id),
                user.passwordHash == nil,
                user.createdAt == undated || earliest < user.createdAt
            else { continue }
            let updated = user.updatedAt == user.createdAt ? earliest : user.updatedAt
            user.updatedAt = updated
            user.createdAt = earliest
            try await user.save()
            wrote = true
        }
    }
}

extension ImportReport {
    /// Adds what a scan found: errors are refusals.
    mutating func add(_ problems: [Diagnostic]) {
        refusals += problems.filter { $0.severity == .error }
        warnings += problems.filter { $0.severity == .warning }
    }

    /// Messages in the order of their files and lines, whatever step gave them.
    mutating func sortMessages() {
        let order: (Diagnostic, Diagnostic) -> Bool = { first, second in
            if first.path != second.path { return first.path.utf8.lexicographicallyPrecedes(second.path.utf8) }
            return (first.line ?? 0, first.column ?? 0, first.message) < (
                second.line ?? 0, second.column ?? 0, second.message
            )
        }
        refusals.sort(by: order)
        warnings.sort(by: order)
    }
}
