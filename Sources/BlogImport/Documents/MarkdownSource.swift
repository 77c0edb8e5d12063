import BlogConfiguration
import BlogModels
import Foundation
import ORM

/// Posts, pages, authors and aliases in a folder of Markdown: `content/`.
struct MarkdownSource: Source {
    let name: String
    /// The folder, absolute.
    let root: String
    /// The same for messages.
    let displayName: String
    /// Paths below the folder that are to be imported; empty = all.
    let scopes: [String]
    /// Folders below that other sources have, such as `comments`.
    let foreignFolders: Set<String>
    let layout: SiteLayout
    /// The site's language: documents of another one say so in their slugs.
    let language: String

    /// What a file said.
    enum Content: Sendable {
        case document(DocumentDraft)
        case author(AuthorRecord)
        /// A file of several authors, by their keys.
        case authors([(key: String, record: AuthorRecord)])
        case aliases(AliasFile)
        /// A file that is no record.
        case nothing(LeftOut)
    }

    func run(in context: ImportContext) async throws -> SourceOutcome {
        let settings = ReadingSettings(
            timeZone: context.site.configuration.timeZone, categories: context.site.configuration.categories,
            isStrict: context.options.isStrict, layout: layout, language: language)
        let fingerprint = settings.fingerprint(with: [
            context.site.configuration.permalink.description, soleAuthorFile ?? "",
        ])
        var seen = context.seen.flatMap { $0.fingerprint == fingerprint ? $0 : nil } ?? .init(fingerprint: fingerprint)
        if context.options.readsAll { seen.entries = [:] }
        var files = scan(seen.entries)
        if try await areAliasesEdited(files, on: context.session) {
            seen.entries = [:]
            files = scan(seen.entries)
        }
        var report = ImportReport()
        if files.scan.isMissing {
            report.notes.append("\(displayName): no such folder, nothing imported")
            return SourceOutcome(report: report, seen: seen)
        }
        if files.files.isEmpty { report.notes.append("\(displayName): nothing to import") }
        guard files.hasNews(since: seen.entries) || context.options.prunes else {
            report.countUnchanged(seen.entries.values.map(\.kind))
            return SourceOutcome(report: report, seen: seen)
        }
        let digests = try await digests(on: context.session).filter { [seen] in seen.entries[$0.key] != nil }
        let total = files.changed.count
        let reader = DocumentReader(settings: settings)
        let readings = try await files.readChanged(
            digests: digests,
            progress: { context.progress(ImportProgress(source: name, done: $0, total: total)) },
            { bytes, path, name throws(Diagnostic) in try parse(bytes, path, name, reader) })
        report.filesRead = total
        return try await write(readings, of: files, seen: seen, report: report, in: context)
    }

    private func write(
        _ readings: [(file: ScannedFile, reading: SourceFiles.Reading<Content>)], of files: SourceFiles,
        seen: ScanCache.Folder, report: ImportReport, in context: ImportContext
    ) async throws -> SourceOutcome {
        let start = report
        return try await context.session.transaction(.readWrite) { transaction in
            var run = try await DocumentImport(
                self, files: files, report: start, context: context, transaction: transaction)
            try await run.perform(readings)
            var seen = seen
            seen.entries = files.merged(into: seen.entries)
            for (path, entry) in run.finished where !entry.stamp.isYoung(at: context.startedAt) {
                seen.entries[path] = entry
            }
            return SourceOutcome(report: run.report, seen: seen)
        }
    }

    private func parse(
        _ bytes: [UInt8], _ path: String, _ name: String, _ reader: DocumentReader
    ) throws(Diagnostic) -> Content {
        switch layout.role(of: path) {
        case .author:
            let source = try SourceText(path: name, bytes: bytes)
            return .author(try AuthorRecord(source, stem: FilePlace.stem(of: path)))
        case .authors:
            return .authors(try AuthorRecord.readAll(try SourceText(path: name, bytes: bytes)))
        case .aliases:
            return .aliases(try AliasFile(try SourceText(path: name, bytes: bytes)))
        case let role:
            return switch try reader.read(bytes, path: path, role: role ?? .post, named: name) {
            case .document(let draft): .document(draft)
            case .leftOut(let reason): .nothing(reason)
            }
        }
    }

    private func scan(_ seen: [String: ScanCache.Entry]) -> SourceFiles {
        let (foreign, layout) = (foreignFolders, layout)
        return SourceFiles(
            root: root, name: displayName, scopes: scopes, seen: seen,
            skipping: { foreign.contains($0) || layout.skips($0) }, accepting: { layout.role(of: $0) != nil })
    }

    /// The digests of files whose rows are in place.
    private func digests(on session: any Session) async throws -> [String: String] {
        let source = name
        let rows =
            try await ImportedFile
            .filter { $0.source == source && $0.isPresent && ($0.rowID != nil || $0.kind == .aliases) }
            .select { ($0.path, $0.digest) }.all(on: session)
        return Dictionary(rows.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    }
}

extension MarkdownSource {
    /// Import's own file in the source.
    static let aliasFile = "aliases.yml"

    /// The only author file, whose author is that of posts that name none.
    var soleAuthorFile: String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/authors")) ?? []
        let files = names.filter { !$0.hasPrefix(".") && layout.role(of: "authors/\($0)") == .author }
        return files.count == 1 ? "authors/\(files[0])" : nil
    }

    /// Whether a person has changed the file of aliases: then every document's own aliases must be known again.
    private func areAliasesEdited(_ files: SourceFiles, on session: any Session) async throws -> Bool {
        guard files.changed.contains(where: { $0.path == Self.aliasFile }),
            let data = FileManager.default.contents(atPath: "\(root)/\(Self.aliasFile)")
        else { return false }
        let (source, path) = (name, Self.aliasFile)
        let known = try await ImportedFile.filter { $0.source == source && $0.path == path }
            .first(on: session)
        return known?.digest != Digest.hexadecimal(data)
    }
}

extension SourceFiles {
    /// What is known after this scan of files that were not read: those that are the same, and those that were not looked at.
    func merged(into seen: [String: ScanCache.Entry]) -> [String: ScanCache.Entry] {
        let scanned = Set(changed.map(\.path))
        return seen.filter { !scanned.contains($0.key) && !isGone($0.key) }.merging(unchanged) { _, new in new }
    }
}

extension ImportReport {
    mutating func countUnchanged(_ kinds: [ImportedKind?]) {
        for kind in kinds {
            switch kind {
            case .post: posts.unchanged += 1
            case .page: pages.unchanged += 1
            case .comment: comments.unchanged += 1
            case .author, .aliases, nil: break
            }
        }
    }

    /// Users and tags are counted over the whole database.
    mutating func countUsersAndTags(on session: any Session) async throws {
        users.unchanged = try await User.count(on: session) - users.created - users.updated
        tags.unchanged = try await Tag.count(on: session) - tags.created - tags.updated
    }
}
