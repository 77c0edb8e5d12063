import BlogConfiguration
import BlogModels
import Foundation
import ORM
import XML

/// The import of WordPress exports, inside its transaction.
///
/// The files are read twice: first for what links records (rows, slugs, who answers whom), then for the records themselves,
/// which are written in batches. So memory holds a few words of each record and the texts of one batch.
struct WordPressImport {
    let source: ArchiveSource
    let files: [FileSet.Item]
    let context: ImportContext
    let transaction: Transaction
    /// Rows are found and written as those of Markdown files.
    var documents: DocumentImport
    var outline: WordPressOutline
    /// The users of WordPress' logins, and of its numbers.
    var userIDs: [String: Int] = [:]
    var userIDsByNumber: [Int: Int] = [:]
    /// Rows whose record is there but refused: they stay as they are.
    var keptRows: [ImportedKind: Set<Int>] = [:]
    /// New documents that were not written.
    private(set) var missingRows: [ImportedKind: Set<Int>] = [:]
    private var comments: CommentPlan
    private var pings = 0
    private var describedTerms = 0
    private var authors: [WordPressAuthor] = []

    init(
        _ source: ArchiveSource, files: [FileSet.Item], context: ImportContext, transaction: Transaction
    ) async throws {
        self.source = source
        self.files = files
        self.context = context
        self.transaction = transaction
        let adoption = try await Self.adoptEarlier(source, files, context, transaction)
        documents = try await DocumentImport(
            recordsOf: source.name, displayName: source.displayName, context: context, transaction: transaction)
        if let adoption {
            documents.report.notes.append(adoption)
            documents.wrote = true
        }
        let configuration = context.site.configuration
        outline = WordPressOutline(timeZone: configuration.timeZone, categories: configuration.categories)
        let name = source.name
        let rows = try await Comment.filter { $0.source == name }.order { $0.id.asc }.select { ($0.id, $0.externalID) }
            .all(on: transaction)
        var known: [String: Int] = [:]
        for (id, externalID) in rows { if let externalID { known[externalID] = id } }
        comments = CommentPlan(known: known, ids: try await Comment.idSequence(on: transaction) { $0.id })
    }

    /// Imports everything. Throws a ``Diagnostic``, before anything is written, when a file is broken.
    mutating func perform() async throws {
        try readOutline()
        try await planUsers(authors)
        try await planDocuments()
        comments.link()
        try await documents.writeUsersAndTags()
        for kind in [ImportedKind.post, .page] {
            let keys = outline.documents.lazy.filter { $0.kind == kind && $0.isImported && !$0.isNew }
                .map { (id: $0.rowID, key: $0.finalKey) }
            if kind == .post {
                try await documents.freeSwappedSlugs(keys)
            } else {
                try await documents.freeSwappedPaths(keys)
            }
        }
        var writer = CommentWriter(
            firstID: comments.firstNewID, moderation: context.site.configuration.comments.moderation, on: transaction)
        try await writeRecords(&writer)
        try await writer.finish()
        documents.report.comments += writer.counts
        documents.report.refusals += writer.refusals
        if writer.hasWritten { documents.wrote = true }
        if source.retires { try await retire() }
        try await writeAliases()
        try await documents.writeFileRecords()
        addNotes()
        try await documents.tidyUp()
        documents.report.sortMessages()
    }

    private static func adoptEarlier(
        _ source: ArchiveSource, _ files: [FileSet.Item], _ context: ImportContext, _ transaction: Transaction
    ) async throws -> String? {
        guard let file = files.first else { return nil }
        let reader = WordPressReader(try ArchiveSource.open(file), readsBodies: false)
        var keys: [String] = []
        while keys.count < EarlierExport.sample, let record = try reader.next() {
            guard case .item(let item) = record, !item.guid.isEmpty else { continue }
            keys.append(WordPressKey.document(guid: item.guid, id: ""))
        }
        return try await EarlierExport.adopt(documents: keys, for: source, in: context, on: transaction)
    }

    // MARK: First reading

    private mutating func readOutline() throws {
        let drafts = drafts
        var site = ""
        for file in files {
            let reader = WordPressReader(try ArchiveSource.open(file), readsBodies: false)
            var item = WordPressItem()
            while let record = try reader.next() {
                switch record {
                case .item(let next):
                    item = next
                    outline.add(item, in: file.name)
                case .comment(let comment):
                    do throws(Diagnostic) {
                        let draft = try drafts.comment(comment, in: file.name)
                        outline.addComment(of: item)
                        if comment.isPing { pings += 1 }
                        comments.add(
                            draft.externalID ?? "",
                            answers: comment.parent == "0" || comment.parent.isEmpty ? nil : comment.parent,
                            in: outline.documentOfItem.count - 1, isHidden: false)
                    } catch {
                        documents.report.refusals.append(error)
                    }
                }
            }
            if !site.isEmpty, !reader.site.isEmpty, reader.site != site {
                throw Diagnostic(
                    path: file.name, message: "an export of \(reader.site), the others of this source are of \(site)",
                    suggestion: "make it a source of its own")
            }
            site = reader.site.isEmpty ? site : reader.site
            authors += reader.authors
            describedTerms += reader.describedTerms
            documents.report.warnings += reader.unreadElements
        }
        documents.report.refusals += outline.refusals
        documents.report.warnings += outline.warnings
    }

    private var drafts: WordPressDraft {
        let configuration = context.site.configuration
        return WordPressDraft(
            timeZone: configuration.timeZone, isStrict: context.options.isStrict, categories: configuration.categories,
            media: outline.media)
    }

    // MARK: Second reading

    /// Records that wait to be written.
    private struct Batch {
        var documents: [DocumentTarget] = []
        var comments: [CommentTarget] = []
        var bytes = 0

        var isFull: Bool { documents.count >= 100 || comments.count >= 1000 || bytes >= 2 << 20 }
    }

    /// What bodies had that could not be kept.
    private struct Losses {
        var shortcodes: [String: Int] = [:]
        var blocks: [String: Int] = [:]
        var pageBreaks = 0

        mutating func add(_ body: WordPressBody) {
            shortcodes.merge(body.unknown, uniquingKeysWith: +)
            blocks.merge(body.dynamicBlocks, uniquingKeysWith: +)
            pageBreaks += body.pageBreaks
        }
    }

    private mutating func writeRecords(_ writer: inout CommentWriter) async throws {
        let drafts = drafts
        var batch = Batch()
        var losses = Losses()
        var item = -1
        var comment = -1
        for file in files {
            let reader = WordPressReader(try ArchiveSource.open(file), readsBodies: true)
            while let record = try reader.next() {
                switch record {
                case .item(let next):
                    item += 1
                    guard outline.documentOfItem.indices.contains(item) else { throw Self.changed(file) }
                    if let index = outline.documentOfItem[item] {
                        guard outline[index].key == WordPressKey.document(guid: next.guid, id: String(next.id)) else {
                            throw Self.changed(file)
                        }
                        if outline[index].isImported { add(next, index, drafts, &batch, &losses) }
                    }
                case .comment(let next):
                    guard let draft = try? drafts.comment(next, in: file.name) else { continue }
                    comment += 1
                    guard comments.entries.indices.contains(comment) else { throw Self.changed(file) }
                    let entry = comments.entries[comment]
                    if !entry.isSuperseded {
                        batch.comments.append(target(draft, entry, author: userIDsByNumber[next.userID]))
                        batch.bytes += draft.content.utf8.count
                    }
                }
                if batch.isFull {
                    try Task.checkCancellation()
                    try await flush(&batch, &writer)
                    context.progress(
                        ImportProgress(source: source.name, done: item + 1, total: outline.documentOfItem.count))
                }
            }
        }
        guard let last = files.last, item + 1 == outline.documentOfItem.count,
            comment + 1 == comments.entries.count
        else { throw Diagnostic(path: source.displayName, message: Self.changedMessage) }
        try await flush(&batch, &writer)
        for file in files where try FileReader.stamp(of: file.path, named: file.name) != file.stamp {
            throw Self.changed(last)
        }
        note(losses)
    }

    private static let changedMessage = "the file changed while it was read; import it again"

    private static func changed(_ file: FileSet.Item) -> Diagnostic {
        Diagnostic(path: file.name, message: changedMessage)
    }

    private mutating func add(
        _ item: WordPressItem, _ index: Int, _ drafts: WordPressDraft, _ batch: inout Batch, _ losses: inout Losses
    ) {
        let document = outline[index]
        do throws(Diagnostic) {
            let (draft, body) = try drafts.draft(item, document, at: outline.place(of: document))
            losses.add(body)
            documents.report.warnings += draft.fields.warnings
            batch.bytes += draft.content.utf8.count
            batch.documents.append(
                DocumentTarget(
                    draft: draft, digest: draft.bodyDigest ?? "",
                    stamp: FileStamp(size: 0, modified: 0, inode: 0, changed: 0),
                    match: document.isNew ? .new : .path(document.rowID), id: document.rowID, key: document.finalKey,
                    authorID: document.authorID, tagIDs: documents.tags.ids(of: draft.fields.tags)))
        } catch {
            documents.report.refusals.append(error)
            keptRows[document.kind, default: []].insert(document.rowID)
            if document.isNew { missingRows[document.kind, default: []].insert(document.rowID) }
        }
    }

    private func target(_ draft: CommentDraft, _ entry: CommentPlan.Entry, author: Int?) -> CommentTarget {
        var thread = outline.pathOfItem[entry.thread] ?? ""
        var postID: Int?
        if let index = outline.documentOfItem[entry.thread] {
            let document = outline[index]
            thread = document.kind == .post && !document.isRefused ? document.finalKey : document.slug.text
            if document.kind == .post, document.rowID > 0 { postID = document.rowID }
        }
        return CommentTarget(
            draft: draft, source: source.name, id: entry.rowID, isNew: entry.isNew, thread: ThreadKey.short(thread),
            postID: postID, authorID: author, parentID: entry.parentID)
    }

    private mutating func flush(_ batch: inout Batch, _ writer: inout CommentWriter) async throws {
        for kind in [ImportedKind.post, .page] {
            let targets = batch.documents.filter { $0.draft.kind == kind }
            guard !targets.isEmpty else { continue }
            let written =
                kind == .post ? try await documents.writePosts(targets) : try await documents.writePages(targets)
            let ids = Set(written.map(\.id))
            missingRows[kind, default: []].formUnion(targets.filter { $0.isNew && !ids.contains($0.id) }.map(\.id))
        }
        if let missing = missingRows[.post], !missing.isEmpty {
            for index in batch.comments.indices {
                if let post = batch.comments[index].postID, missing.contains(post) {
                    batch.comments[index].postID = nil
                }
            }
        }
        _ = try await writer.write(batch.comments)
        try await documents.writeFileRecords()
        batch = Batch()
    }

    // MARK: Afterwards

    /// Unpublishes, or with `--prune` deletes, what the export has no more.
    private mutating func retire() async throws {
        for kind in [ImportedKind.post, .page] {
            let claimed = Set(outline.documents.lazy.filter { $0.kind == kind && $0.isImported }.map(\.rowID))
                .union(keptRows[kind] ?? [])
            let gone = vanishedRecords(kind)
            let left = gone.filter { $0.rowID.map(claimed.contains) != true }
            try await documents.forget(gone.filter { $0.rowID.map(claimed.contains) == true })
            if context.options.prunes {
                try await documents.prune(left, kind)
            } else {
                try await documents.unpublish(left.filter(\.isPresent), kind)
            }
        }
        let rows = comments.vanishedRows
        guard !rows.isEmpty else { return }
        if context.options.prunes {
            documents.report.comments.deleted += try await VanishedComments.delete(rows, on: transaction).count
        }
        let hidden = try await VanishedComments.hide(rows, on: transaction)
        documents.report.comments.updated += hidden
        if hidden + documents.report.comments.deleted > 0 { documents.wrote = true }
    }

    private mutating func note(_ losses: Losses) {
        func list(_ counts: [String: Int], _ form: (String) -> String) -> String {
            counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { "\(form($0.key)) (\($0.value))" }.joined(separator: ", ")
        }
        let name = source.displayName
        if !losses.shortcodes.isEmpty {
            documents.report.notes.append(
                "\(name): unknown shortcodes stay as they are: \(list(losses.shortcodes) { "[\($0)]" })")
        }
        if !losses.blocks.isEmpty {
            documents.report.notes.append(
                "\(name): blocks without a content are left out: \(list(losses.blocks) { $0 })")
        }
        if losses.pageBreaks > 0 {
            documents.report.notes.append(
                "\(name): \(losses.pageBreaks) breaks between the pages of a post are left out: each post is one page")
        }
    }

    private mutating func addNotes() {
        let name = source.displayName
        if !outline.leftOut.isEmpty {
            let kinds = outline.leftOut.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { "\($0.key) (\($0.value))" }
            documents.report.notes.append("\(name): left out: \(kinds.joined(separator: ", "))")
        }
        if outline.protected > 0 {
            documents.report.notes.append(
                "\(name): \(outline.protected) posts or pages with a password are not published")
        }
        if pings > 0 {
            documents.report.notes.append("\(name): \(pings) pingbacks and trackbacks are kept as pending")
        }
        if describedTerms > 0 {
            documents.report.notes.append("\(name): \(describedTerms) descriptions of categories and tags are left out")
        }
        var onPages = 0
        for entry in comments.entries where !entry.isSuperseded {
            let document = outline.documentOfItem[entry.thread].map { outline[$0] }
            if document?.kind != .post { onPages += 1 }
        }
        if onPages > 0 {
            documents.report.notes.append("\(name): \(onPages) comments on pages and attachments wait for a post")
        }
        if comments.looseAnswers > 0 {
            documents.report.notes.append(
                "\(name): \(comments.looseAnswers) answers to comments that are not there begin threads of their own")
        }
        if comments.repetitions > 0 {
            documents.report.notes.append(
                "\(name): \(comments.repetitions) comments come again; what is said last counts")
        }
    }
}
