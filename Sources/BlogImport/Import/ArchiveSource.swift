import BlogConfiguration
import BlogModels
import Foundation
import ORM
import XML

/// A source whose files hold many records each: exports and databases of other systems.
///
/// Its files are read together: when one of them changed all are, because only then is it known what is gone. A file that
/// is broken refuses the whole source; a record that is broken costs that record.
struct ArchiveSource: Source {
    let name: String
    let kind: SourceKind
    /// A file, a folder or a shell pattern, as blog.yml has it.
    let displayName: String
    /// Whether what is not in the files any more is hidden or deleted: not when only some of the source's files were named.
    let retires: Bool
    /// Opens an SQLite database that is only read.
    let openDatabase: @Sendable (_ path: String) async throws -> Database

    func run(in context: ImportContext) async throws -> SourceOutcome {
        let configuration = context.site.configuration
        let fingerprint = "1|\(configuration.timeZone.identifier)|\(configuration.categories.rawValue)"
        let seen = context.seen.flatMap { $0.fingerprint == fingerprint ? $0 : nil } ?? .init(fingerprint: fingerprint)
        let files = FileSet(displayName, in: context.site.root, endings: Self.endings(of: kind))
        var report = ImportReport()
        report.add(files.problems)
        guard !files.items.isEmpty else {
            report.notes.append("\(displayName): nothing to import")
            return SourceOutcome(report: report, seen: seen)
        }
        let known = files.items.filter { seen.entries[$0.name]?.stamp == $0.stamp }
        if known.count == files.items.count, seen.entries.count == known.count, !context.options.readsAll,
            !context.options.prunes
        {
            return SourceOutcome(report: report, seen: seen)
        }
        report.filesRead = files.items.count
        do {
            for file in files.items { try Self.check(file, kind: kind) }
            report.add(try await importFiles(files.items, in: context))
        } catch let refusal as Diagnostic {
            report.refusals.append(refusal)
            return SourceOutcome(report: report, seen: .init(fingerprint: fingerprint))
        }
        var after = ScanCache.Folder(fingerprint: fingerprint)
        // What was refused is reported again by the next run.
        if report.refusals.isEmpty {
            for file in files.items where !file.stamp.isYoung(at: context.startedAt) {
                after.entries[file.name] = ScanCache.Entry(stamp: file.stamp, kind: nil)
            }
        }
        return SourceOutcome(report: report, seen: after)
    }

    private func importFiles(_ files: [FileSet.Item], in context: ImportContext) async throws -> ImportReport {
        switch kind {
        case .isso:
            guard files.count == 1, let file = files.first else {
                throw Diagnostic(
                    path: displayName, message: "\(files.count) files, expected one database of Isso",
                    suggestion: "make each of them a source")
            }
            return try await importIsso(file, in: context)
        case .disqus:
            return try await context.session.transaction(.readWrite) { transaction in
                let makeReader = { try ArchiveSequence(files.map { DisqusReader(try Self.open($0)) }) }
                let note = try await adoptEarlier(makeReader, in: context, on: transaction)
                var run = ArchiveImport(
                    source: name, displayName: displayName, context: context, transaction: transaction,
                    retires: retires)
                if let note { run.noteAdoption(note) }
                try await run.perform(makeReader)
                return run.report
            }
        case .wxr:
            return try await context.session.transaction(.readWrite) { transaction in
                var run = try await WordPressImport(self, files: files, context: context, transaction: transaction)
                try await run.perform()
                return run.documents.report
            }
        case .markdown, .comments, .accessLog, .views:
            return ImportReport()
        }
    }

    /// The comments of an earlier export under another name. Only where ids are the comment system's own, and no site's.
    private func adoptEarlier(
        _ makeReader: () throws -> ArchiveSequence<DisqusReader>, in context: ImportContext, on session: any Session
    ) async throws -> String? {
        var reader = try makeReader()
        var ids: [String] = []
        while ids.count < EarlierExport.sample, let comment = try await reader.next() {
            if let id = comment.draft.externalID { ids.append(id) }
        }
        return try await EarlierExport.adopt(comments: ids, for: self, in: context, on: session)
    }

    private func importIsso(_ file: FileSet.Item, in context: ImportContext) async throws -> ImportReport {
        let database: Database
        do {
            database = try await openDatabase(file.path)
        } catch let error as ORMError {
            throw Diagnostic(path: file.name, message: "cannot be opened: \(error.message)")
        }
        return try await database.closing { database in
            try await database.transaction(.readOnly) { isso in
                try await context.session.transaction(.readWrite) { transaction in
                    var run = ArchiveImport(
                        source: name, displayName: displayName, context: context, transaction: transaction,
                        retires: retires)
                    try await run.perform { try await IssoReader(isso, named: file.name) }
                    return run.report
                }
            }
        }
    }

    static func open(_ file: FileSet.Item) throws -> XMLReader {
        do {
            return try XMLReader(file: file.path, named: file.name)
        } catch let error as XMLError {
            throw Diagnostic(error)
        }
    }

    private static func endings(of kind: SourceKind) -> [String] {
        kind == .isso ? [".db", ".sqlite", ".sqlite3"] : [".xml", ".wxr"]
    }

    /// Refuses by its name what is certainly no file of the kind.
    private static func check(_ file: FileSet.Item, kind: SourceKind) throws(Diagnostic) {
        let head = try FileReader.head(of: file.path, named: file.name, count: 16)
        if head.starts(with: [0x1F, 0x8B]) {
            throw Diagnostic(
                path: file.name, message: "the file is compressed with gzip", suggestion: "unpack it first")
        }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw Diagnostic(path: file.name, message: "the file is a ZIP archive", suggestion: "unpack it first")
        }
        if kind == .isso, !head.starts(with: Array("SQLite format 3\0".utf8)) {
            throw Diagnostic(path: file.name, message: "the file is no SQLite database")
        }
    }
}

/// Several archives, one after another, as one.
struct ArchiveSequence<Reader: ArchiveReader>: ArchiveReader {
    private var readers: [Reader]
    private var current = 0

    init(_ readers: [Reader]) { self.readers = readers }

    var threads: [String: ArchivedThread] {
        readers.reduce(into: [:]) { $0.merge($1.threads) { _, later in later } }
    }
    var refusals: [Diagnostic] { readers.flatMap(\.refusals) }
    var notes: [String] { readers.flatMap(\.notes) }

    mutating func next() async throws -> ArchivedComment? {
        while current < readers.count {
            if let comment = try await readers[current].next() { return comment }
            current += 1
        }
        return nil
    }
}
