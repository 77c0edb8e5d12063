import BlogModels
import Bytes
import Synchronization
import XML

/// Resolves `doc:` links, by which a body names another document of its source: `doc:2024-04-09-lake`, `doc:blog/lake.md#map`.
///
/// A name means the document whose file has it, as far as the name goes; else the post that has it for its slug; else the
/// one that had it before it moved. So a link leads to its post however often that is renamed, and whichever of the two
/// came first.
///
/// The names are sorted out when the first link asks: most sites have none.
final class DocumentLinks: Sendable {
    static let scheme = "doc:"

    /// A link that a rendered body has, and where it leads.
    struct Use: Sendable, Hashable {
        /// As in the body, without the scheme.
        var reference: String
        /// Of the site, without its prefix; nil if it leads to nothing that readers see.
        var path: String?
    }

    private struct Candidate: Sendable {
        /// The file's folders from the inside out.
        var folders: [String]
        var path: String?
    }

    private struct Names: Sendable {
        /// By the names of their files, in lower case and without their endings.
        var files: [String: [Candidate]] = [:]
        var slugs: [String: String] = [:]
        var oldNames: [String: String] = [:]
    }

    private let documents: [DocumentFile]
    private let aliases: [AliasRecord]
    private let index: SiteIndex
    private let found = Mutex<Names?>(nil)

    init(_ rows: SiteRows, index: SiteIndex) {
        documents = rows.documents
        aliases = rows.aliases
        self.index = index
    }

    private var known: Names {
        found.withLock { found in
            if let found { return found }
            let names = sortedNames()
            found = names
            return names
        }
    }

    private func sortedNames() -> Names {
        var result = Names()
        let inOrder = documents.sorted {
            $0.source == $1.source
                ? $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
                : $0.source.utf8.lexicographicallyPrecedes($1.source.utf8)
        }
        for document in inOrder {
            let names = Self.names(document.path)
            guard let name = names.first else { continue }
            let path = index.path(ofPost: document.postID, orPage: document.pageID)
            result.files[name, default: []].append(Candidate(folders: Array(names.dropFirst()), path: path))
            let plain = Self.withoutDate(name)
            if plain != name {
                result.files[plain, default: []].append(Candidate(folders: Array(names.dropFirst()), path: path))
            }
        }
        for entry in index.posts { result.slugs[entry.post.slug.lowercased()] = entry.path }
        for alias in aliases {
            guard let path = index.path(ofPost: alias.postID, orPage: alias.pageID),
                let name = Self.names(alias.path).first
            else { continue }
            result.oldNames[name] = result.oldNames[name] ?? path
        }
        return result
    }

    /// What a reference means now.
    func use(of reference: String) -> Use {
        let end = reference.firstIndex { $0 == "#" || $0 == "?" } ?? reference.endIndex
        let path = path(of: PercentEncoding.decoded(String(reference[..<end])))
        return Use(reference: reference, path: path.map { $0 + reference[end...] })
    }

    private func path(of name: String) -> String? {
        let names = Self.names(name)
        guard let last = names.first else { return nil }
        let folders = names.dropFirst()
        let known = known
        // The file that shares most of its folders with the reference; of several the first in source order.
        var best: (shared: Int, candidate: Candidate)?
        for candidate in known.files[last] ?? [] {
            let shared = zip(candidate.folders, folders).prefix { $0 == $1 }.count
            if shared > best?.shared ?? -1 { best = (shared, candidate) }
        }
        if let best { return best.candidate.path }
        let plain = Self.withoutDate(last)
        return known.slugs[last] ?? known.slugs[plain] ?? known.oldNames[last] ?? known.oldNames[plain]
    }

    /// The parts of a path from the inside out, in lower case: of `blog/Lake/index.md` "lake", "blog".
    private static func names(_ path: String) -> [String] {
        var parts = path.lowercased().split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
        guard var last = parts.popLast() else { return [] }
        for ending in [".md", ".markdown", ".mdown", ".mkd", ".html"] where last.hasSuffix(ending) {
            last = String(last.dropLast(ending.count))
        }
        if last == "index" || last == "_index", let folder = parts.popLast() { last = folder }
        return last.isEmpty ? [] : [last] + parts.reversed()
    }

    /// Without a date at its start: `2024-04-09-lake` is "lake".
    private static func withoutDate(_ name: String) -> String {
        let shape = name.utf8.prefix(11).map { (0x30...0x39).contains($0) ? UInt8(ascii: "0") : $0 }
        guard shape == Array("0000-00-00-".utf8) || shape == Array("0000-00-00_".utf8) else { return name }
        return String(name.dropFirst(11))
    }
}

extension DocumentLinks {
    /// The HTML with its `doc:` links resolved, and which there were. One that leads nowhere stays on its page.
    func resolve(_ html: String, noting uses: inout [Use]) -> String {
        guard html.byteRange(of: "doc:") != nil else { return html }
        let found = LinkNotes()
        let resolved = HTMLLinks.rewrite(html) { address in
            guard address.hasPrefix(Self.scheme) else { return address }
            let use = use(of: String(address.dropFirst(Self.scheme.count)))
            found.add(use)
            return use.path.map { PercentEncoding.reference($0) } ?? "#"
        }
        for use in found.uses where !uses.contains(use) { uses.append(use) }
        return resolved
    }

    /// A link as it is now.
    func current(_ old: Use) -> Use { use(of: old.reference) }

    /// What one pass over a text finds: the closure that it calls cannot write to a variable of its caller.
    private final class LinkNotes {
        private(set) var uses: [Use] = []

        func add(_ use: Use) { uses.append(use) }
    }
}

extension DocumentLinks.Use {
    /// In the form that `init(from:)` reads.
    func write(to writer: inout ByteWriter) {
        writer.write(reference)
        writer.write(path ?? "")
    }

    init(from reader: inout ByteReader) throws(ByteReader.Truncated) {
        reference = try reader.text()
        let text = try reader.text()
        path = text.isEmpty ? nil : text
    }
}
