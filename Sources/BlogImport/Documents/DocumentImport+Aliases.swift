import BlogConfiguration
import BlogModels
import Foundation
import ORM

extension DocumentImport {
    /// Where an alias leads.
    private enum Target: Hashable, Sendable {
        case post(Int)
        case page(Int)
    }

    /// An alias that somebody wants, with the message for the case that it cannot be had.
    private struct Wish: Sendable {
        var path: String
        var target: Target
        var complaint: Diagnostic?
    }

    /// Brings the table of aliases in line with what front matter and `aliases.yml` say, and with where documents were
    /// before; the last is appended to `aliases.yml` as well.
    ///
    /// A path where a document is now is nobody's alias. Aliases of documents that were not read stay as they are.
    mutating func writeAliases(
        posts: [DocumentTarget], pages: [DocumentTarget], edited: ReadFile<AliasFile>?
    ) async throws {
        let moves = moves(posts, pages)
        let isNeeded =
            edited != nil || !moves.isEmpty || !index.aliases.isEmpty
            || (posts + pages).contains { !$0.draft.fields.aliases.isEmpty } || !newPosts(posts).isEmpty
        guard isNeeded else { return }
        let live = livePaths(posts, pages)
        let (file, text) = readAliasFile()
        let trail = Trail(live: live, moves: moves, lines: file?.lines ?? [])
        var wishes: [Wish] = []
        for target in (posts + pages).sorted(by: { $0.draft.path.utf8.lexicographicallyPrecedes($1.draft.path.utf8) }) {
            for alias in target.draft.fields.aliases {
                wishes.append(
                    Wish(
                        path: alias.text, target: Self.target(of: target),
                        complaint: target.draft.diagnostic(
                            .warning, at: "aliases", "the alias \"\(alias.text)\" is taken, left out")))
            }
        }
        wishes += moves.map { Wish(path: $0.path, target: $0.target, complaint: nil) }
        for line in file?.lines ?? [] {
            let complaint =
                edited.map { _ in
                    Diagnostic(
                        .warning, path: files.display(MarkdownSource.aliasFile), line: line.place.line,
                        column: line.place.column, message: "\"\(line.target)\" is no post's slug or path, left out")
                }
            if let target = trail.target(of: line.target) {
                wishes.append(Wish(path: line.path.text, target: target, complaint: nil))
            } else if let complaint {
                report.warnings.append(complaint)
            }
        }
        try await reconcile(
            wishes, live: live.byPath, known: Set((posts + pages).map(Self.target)),
            mayDelete: file != nil || !FileManager.default.fileExists(atPath: aliasPath))
        if let edited {
            finish(edited.path, edited.stamp, .aliases, digest: edited.digest, row: nil)
        }
        try append(moves, to: text, existing: file)
    }

    /// Follows old names to where a document is now. A post that moved twice has two lines, and the first of them names a slug
    /// that is the second's old place.
    private struct Trail {
        var live: (byPath: [String: Target], bySlug: [String: Target])
        private var moved: [String: Target] = [:]
        private var next: [String: String] = [:]

        init(
            live: (byPath: [String: Target], bySlug: [String: Target]),
            moves: [(path: String, target: Target, name: String)], lines: [AliasFile.Line]
        ) {
            self.live = live
            for move in moves { for name in Self.names(move.path) { moved[name] = moved[name] ?? move.target } }
            for line in lines { for name in Self.names(line.path.text) { next[name] = next[name] ?? line.target } }
        }

        func target(of name: String) -> Target? {
            var name = name
            var seen: Set<String> = []
            while seen.insert(name).inserted {
                let path = (try? SitePath(name))?.text
                if let target = live.bySlug[name] ?? path.flatMap({ live.byPath[$0] }) { return target }
                if let target = moved[name] ?? path.flatMap({ moved[$0] }) { return target }
                guard let following = next[name] ?? path.flatMap({ next[$0] }) else { return nil }
                name = following
            }
            return nil
        }

        /// A path is known by itself and, as slugs are, by its last part.
        private static func names(_ path: String) -> [String] {
            let last = path.split(separator: "/").last.map(String.init) ?? ""
            return [path, last.hasSuffix(".html") ? String(last.dropLast(5)) : last]
        }
    }

    private func newPosts(_ posts: [DocumentTarget]) -> [DocumentTarget] {
        // A new post may be what a line of `aliases.yml` has been waiting for.
        FileManager.default.fileExists(atPath: aliasPath) ? posts.filter(\.isNew) : []
    }

    // MARK: Places

    /// Where every document is after this import, by path, and posts by slug.
    private func livePaths(
        _ posts: [DocumentTarget], _ pages: [DocumentTarget]
    ) -> (byPath: [String: Target], bySlug: [String: Target]) {
        var byPath: [String: Target] = [:]
        var bySlug: [String: Target] = [:]
        let touched = Set(posts.map(\.id))
        for post in index.posts.values where !touched.contains(post.id) {
            byPath[livePath(of: post)] = .post(post.id)
            bySlug[post.slug] = .post(post.id)
        }
        for post in posts {
            byPath[livePath(of: post)] = .post(post.id)
            bySlug[post.key] = .post(post.id)
        }
        let touchedPages = Set(pages.map(\.id))
        for page in index.pages.values where !touchedPages.contains(page.id) { byPath[page.path] = .page(page.id) }
        for page in pages { byPath[page.key] = .page(page.id) }
        return (byPath, bySlug)
    }

    private func livePath(of post: DocumentTarget) -> String {
        livePath(
            of: RowIndex.PostEntry(
                id: post.id, slug: post.key, path: post.draft.fields.path?.text, publishedAt: post.draft.date?.asStored,
                authorID: post.authorID, published: post.draft.published))
    }

    /// The documents that readers could find and that are elsewhere now: old path, new target and its name in the file.
    private func moves(
        _ posts: [DocumentTarget], _ pages: [DocumentTarget]
    ) -> [(path: String, target: Target, name: String)] {
        var moves: [(path: String, target: Target, name: String)] = []
        for post in posts {
            // A post whose file came back under another name was hidden in between.
            guard let old = index.posts[post.id], old.published || post.isRenamed else { continue }
            let path = livePath(of: old)
            if path != livePath(of: post) { moves.append((path, .post(post.id), post.key)) }
        }
        for page in pages {
            guard let old = index.pages[page.id], old.path != page.key else { continue }
            moves.append((old.path, .page(page.id), page.key))
        }
        return moves
    }

    private static func target(of document: DocumentTarget) -> Target {
        document.draft.kind == .page ? .page(document.id) : .post(document.id)
    }

    // MARK: Rows

    private mutating func reconcile(
        _ wishes: [Wish], live: [String: Target], known: Set<Target>, mayDelete: Bool
    ) async throws {
        var wanted: [String: Target] = [:]
        for wish in wishes {
            if live[wish.path] == wish.target { continue }
            if live[wish.path] == nil, wanted[wish.path] ?? wish.target == wish.target {
                wanted[wish.path] = wish.target
            } else if let complaint = wish.complaint {
                report.warnings.append(complaint)
            }
        }
        var ids = try await Alias.idSequence(on: transaction) { $0.id }
        var spent: [Int] = []
        for alias in index.aliases {
            let target = alias.post.map { Target.post($0.id) } ?? alias.page.map { Target.page($0.id) }
            let wish = wanted[alias.path]
            let isUnwanted = wish == nil && mayDelete && target.map(known.contains) == true
            if live[alias.path] != nil || isUnwanted || (wish != nil && wish != target) {
                spent.append(alias.id)
            } else {
                wanted[alias.path] = nil
            }
        }
        if !spent.isEmpty {
            let gone = spent
            try await Alias.filter { $0.id.isIn(gone) }.delete()
        }
        let rows = wanted.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, target in
            switch target {
            case .post(let id): Alias.New(id: ids.next(), path: path, post: .id(id))
            case .page(let id): Alias.New(id: ids.next(), path: path, page: .id(id))
            }
        }
        try await Alias.insert(rows, on: transaction)
        if !rows.isEmpty || !spent.isEmpty { (wrote, movedPosts) = (true, true) }
    }

    // MARK: The file

    private var aliasPath: String { "\(source.root)/\(MarkdownSource.aliasFile)" }

    /// The file's lines, `nil` when it is not there or broken, which is reported where it is read as one of the source's files;
    /// and its text, `nil` when it has none.
    private func readAliasFile() -> (file: AliasFile?, text: String?) {
        guard FileManager.default.fileExists(atPath: aliasPath) else { return (nil, "") }
        let name = files.display(MarkdownSource.aliasFile)
        guard let (bytes, _) = try? FileReader.contents(of: aliasPath, named: name),
            let source = try? SourceText(path: name, bytes: bytes)
        else { return (nil, nil) }
        return (try? AliasFile(source), source.text)
    }

    /// Appends moves that the file does not know, also to a file with a mistake in it: a link must not be lost for that. The
    /// file is replaced whole, before the transaction ends: a line too many does no harm, a lost one would.
    private mutating func append(
        _ moves: [(path: String, target: Target, name: String)], to text: String?, existing: AliasFile?
    ) throws {
        guard !context.options.isDryRun, !moves.isEmpty else { return }
        let name = files.display(MarkdownSource.aliasFile)
        guard let text else { throw ImportError.cannotWrite(path: name, "it is no text file") }
        let known = Set((existing?.lines ?? []).map(\.path.text))
        let additions = moves.filter { !known.contains($0.path) }
            .map { (path: SitePath(normalized: $0.path), target: $0.name) }
        guard !additions.isEmpty else { return }
        let bytes = Data(AliasFile.appending(additions, to: text).utf8)
        do {
            try bytes.write(to: URL(filePath: aliasPath), options: .atomic)
        } catch {
            throw ImportError.cannotWrite(path: name, error.localizedDescription)
        }
        fileRecords.removeAll { $0.path == MarkdownSource.aliasFile }
        fileRecords.append(
            FileRecord(
                path: MarkdownSource.aliasFile, kind: .aliases, digest: Digest.hexadecimal(bytes), bodyDigest: nil,
                rowID: nil))
        finished[MarkdownSource.aliasFile] = nil
    }
}
