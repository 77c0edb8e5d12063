import BlogConfiguration
import Foundation

/// What a file of a Markdown source can be, by its path alone.
enum FileRole: Sendable, Hashable {
    case post
    case page
    /// A post if it has a date, else a page.
    case dated
    /// `_index.md`: the text of a section's own page.
    case section
    /// One author.
    case author
    /// Several authors by their keys.
    case authors
    /// Import's own file of old paths.
    case aliases
}

/// How a source's files are laid out, which is told from the files themselves: by the generator's settings beside them, and by
/// the names of its folders.
///
/// The source may be the generator's whole repository, its folder of documents, or one of its folders of posts.
struct SiteLayout: Sendable, Hashable {
    enum Generator: String, Sendable, Hashable {
        case plain, jekyll, hugo, zola, eleventy
    }

    var generator = Generator.plain
    /// The folder of the documents below the source's, with a slash at its end; empty = the source's own.
    var base = ""
    /// The source's folder is one of posts, or of drafts.
    var isPostsFolder = false
    var isDraftsFolder = false
    /// Folders of `base` that hold posts by their names: `blog`, `posts`.
    var sections: Set<String> = []
    /// Folders of `base` that hold the documents of a language.
    var languages: Set<String> = []
    /// Jekyll's folders of documents that are no posts: `_pages`, `_docs`.
    var collections: Set<String> = ["_pages"]

    /// A folder of Markdown that no generator has settings for.
    init() {}

    /// Everything that decides what an unchanged file becomes.
    var fingerprint: String {
        [
            generator.rawValue, base, isPostsFolder ? "posts" : "", isDraftsFolder ? "drafts" : "",
            sections.sorted().joined(separator: ","), languages.sorted().joined(separator: ","),
            collections.sorted().joined(separator: ","),
        ].joined(separator: "|")
    }

    /// What the generator put into bodies.
    var dialect: Dialect {
        switch generator {
        case .plain: .plain
        case .jekyll: .jekyll
        case .eleventy: .eleventy
        case .hugo: .hugo
        case .zola: .zola
        }
    }

    /// Names of sections that hold posts, as blogs have them.
    static let sectionNames: Set<String> = [
        "posts", "post", "blog", "blogs", "news", "articles", "article", "writing", "journal", "notes", "essays",
        "stories",
        "weblog", "entries", "til",
    ]

    // MARK: Paths

    /// What the file at a path is; `nil` for one that is none of ours.
    func role(of path: String) -> FileRole? {
        if path == MarkdownSource.aliasFile { return .aliases }
        let parts = path.split(separator: "/")
        guard let file = parts.last, let dot = file.lastIndex(of: "."), dot > file.startIndex else { return nil }
        let ending = file[dot...].dropFirst().lowercased()
        if let role = authorRole(parts, ending) { return role }
        guard Self.documentEndings.contains(ending), path.hasPrefix(base) else { return nil }
        return documentRole(located(parts).parts)
    }

    private static let dataEndings: Set<String> = ["yml", "yaml", "json", "toml"]
    static let documentEndings: Set<String> = ["md", "markdown", "mdown", "mkd", "html"]

    /// `authors/ada.yml`, `data/authors/ada.toml`; `_data/authors.yml`, `data/authors.json`
    private func authorRole(_ parts: [Substring], _ ending: String) -> FileRole? {
        guard Self.dataEndings.contains(ending) else { return nil }
        let isData = parts.count > 1 && ["_data", "data"].contains(parts[parts.count - 2])
        if isData, parts.last?.prefix(while: { $0 != "." }).lowercased() == "authors" { return .authors }
        let isAuthor = parts.count == 2 || parts.count == 3 && ["_data", "data"].contains(parts[0])
        return isAuthor && parts[parts.count - 2] == "authors" ? .author : nil
    }

    private func documentRole(_ parts: [Substring]) -> FileRole? {
        guard let file = parts.last, let first = parts.first else { return nil }
        let folders = parts.dropLast()
        switch generator {
        case .plain:
            // Hugo's and Zola's pages of a section, which are no posts.
            if file.hasPrefix("_index.") { return nil }
            if isPostsFolder || isDraftsFolder { return .post }
            if ["pages", "_pages"].contains(first) { return .page }
            // Beside a folder of posts, a document is a page, as Hugo has it.
            return parts.count == 1 && !sections.isEmpty ? .page : .post
        case .jekyll:
            if isPostsFolder || isDraftsFolder { return .post }
            if folders.contains(where: { $0 == "_posts" || $0 == "_drafts" }) { return .post }
            // Jekyll's other collections need settings to be pages at all.
            return parts.contains { $0.hasPrefix("_") && !collections.contains(String($0)) } ? nil : .page
        case .hugo, .zola, .eleventy:
            if file.hasPrefix("_index.") { return .section }
            if folders.contains(where: { $0.hasPrefix("_") }) { return nil }
            if isPostsFolder || sections.contains(String(first)), parts.count > 1 || isPostsFolder { return .post }
            if first == "pages", parts.count > 1 { return .page }
            return sections.isEmpty || generator == .eleventy ? .dated : .page
        }
    }

    /// A document's path without the base and the language's folder, and that language.
    func located(_ path: String) -> (parts: [Substring], language: String?) {
        located(path.split(separator: "/"))
    }

    private func located(_ whole: [Substring]) -> (parts: [Substring], language: String?) {
        var parts = whole
        if !base.isEmpty { parts.removeFirst(min(parts.count, base.split(separator: "/").count)) }
        guard !languages.isEmpty, let first = parts.first, parts.count > 1, languages.contains(String(first)) else {
            return (parts, nil)
        }
        parts.removeFirst()
        return (parts, String(first))
    }

    /// Whether a folder is not looked into.
    func skips(_ folder: String) -> Bool {
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        if ["node_modules", "bower_components", "_site", "_layouts", "_includes", "_sass", "_plugins"].contains(name) {
            return true
        }
        switch generator {
        case .plain: return false
        case .jekyll: return name == "vendor"
        case .hugo, .zola, .eleventy:
            // What is on the way to the documents, in them, or data.
            let path = folder + "/"
            return
                !(base.hasPrefix(path) || path.hasPrefix(base) || ["data/", "_data/", "authors/"].contains(path)
                || path.hasPrefix("data/authors/") || path.hasPrefix("_data/authors/"))
        }
    }
}

/// A document that is none to readers, and why.
enum LeftOut: String, Sendable, Hashable, CaseIterable {
    case boilerplate = "a repository's README, LICENSE and the like"
    case plainHTML = "HTML without front matter"
    case noFrontMatter = "no front matter, which Jekyll's pages have"
    case emptySection = "a section without text"
    case ofTheme = "a page that the theme makes (home, 404, tags, archive, search)"
    case template = "a template that lists other documents"

    /// Names of files about a repository, without their endings, in lower case.
    static let boilerplateNames: Set<String> = [
        "readme", "license", "licence", "copying", "contributing", "code_of_conduct", "code-of-conduct", "changelog",
        "history", "security", "pull_request_template", "issue_template", "agents", "claude", "maintainers",
    ]
}
