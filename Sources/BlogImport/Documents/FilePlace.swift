import BlogModels

/// What a document's path says about it.
struct FilePlace: Sendable, Hashable {
    private var folders: [String]
    /// The file's name without its ending; of an `index.md` the folder's name.
    let stem: String
    private let kind: ImportedKind
    /// The date that the name begins with, unchecked.
    let date: String?
    private let name: String

    /// - `path`: below the folder of the documents.
    /// - `language`: of a translation, which says so in its name.
    init(path: String, kind: ImportedKind, language: String? = nil) {
        var parts = path.split(separator: "/").map(String.init)
        let file = parts.popLast() ?? ""
        var stem = Self.stem(of: file)
        if Self.language(ofFile: file[...]) != nil {
            stem = stem.lastIndex(of: ".").map { String(stem[..<$0]) } ?? stem
        }
        if stem == "_index" { stem = "index" }
        // The folder that the kind's documents are in is no folder of its own: `posts/index.md` has no name.
        let base = parts.first.map { Self.collections.contains($0) } == true ? 1 : 0
        if stem == "index" { stem = parts.count > base ? parts.removeLast() : "" }
        self.stem = stem
        self.kind = kind
        folders = Array(parts.dropFirst(kind == .page ? base : 0))
        let split = kind == .post ? SourceDate.split(stem: stem) : nil
        date = split?.date
        let name = split?.rest ?? stem
        // The pages of a translation have a folder of their own, its posts a slug of their own.
        self.name =
            kind == .post && !name.isEmpty
            ? [name, language?.lowercased()].compactMap(\.self).joined(separator: "-") : name
        if kind == .page, let language { folders.insert(language.lowercased(), at: 0) }
    }

    /// Hugo's and Zola's `post.fr.md` is the French one.
    static func language(ofFile name: Substring) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 2, !parts[0].isEmpty else { return nil }
        let code = String(parts[parts.count - 2])
        return SiteLayout.languageCodes.contains(code.lowercased()) ? code : nil
    }

    /// A path's last part without its ending.
    static func stem(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        // Middleman's `title.html.md`.
        return String(stem.hasSuffix(".html") ? stem.dropLast(5) : stem)
    }

    /// Folders that hold posts or pages and are no part of their paths.
    static let collections: Set<String> = ["posts", "_posts", "_drafts", "pages", "_pages"]

    /// The slug of the name without its date; `nil` when nothing is left of it.
    var slug: Slug? { Slug(name: name) }

    /// For a file whose name and title have no letter: `post`.
    var fallbackSlug: Slug { Slug.fallback(kind == .page ? "page" : "post") }

    /// The name as words: `getting-started` is "getting started".
    var words: String {
        let words = name.replacing("-", with: " ").replacing("_", with: " ").trimmed
        return words.isEmpty ? (stem.isEmpty ? "Untitled" : stem) : words
    }

    var isInDrafts: Bool { folders.contains("_drafts") }

    /// Where a page lies by its folders and its name: `/docs/setup/`, `/` for `pages/index.md`.
    var pagePath: String {
        guard kind == .page else { return "" }
        let parts = (folders + (name.isEmpty ? [] : [name])).map { part in
            Slug(name: String(part.drop { $0 == "_" }))?.text ?? "page"
        }
        return parts.isEmpty ? "/" : "/" + parts.joined(separator: "/") + "/"
    }
}
