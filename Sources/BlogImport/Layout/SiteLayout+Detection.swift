import BlogConfiguration
import Foundation

extension SiteLayout {
    /// Tells the layout of a source's folder.
    ///
    /// - `root`: the source's folder, absolute.
    /// - `limit`: the folder above which no settings are looked for; a source elsewhere is looked at three levels up.
    init(detecting root: String, below limit: String) {
        self.init()
        var folder = root
        var below = ""
        for level in 0...3 {
            if let generator = Self.generator(of: folder) {
                adopt(generator, root: root, settings: folder, below: below)
                return
            }
            guard folder != limit, level < 3, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else {
                break
            }
            below = folder[folder.index(after: slash)...] + "/" + below
            folder = String(folder[..<slash])
        }
        let name = root.split(separator: "/").last ?? ""
        isDraftsFolder = name == "_drafts"
        isPostsFolder = name == "_posts"
        sections = Set(["posts", "_posts"].filter { Self.isFolder("\(root)/\($0)") })
    }

    /// - `below`: the source's folder relative to that of the settings, with a slash at its end.
    private mutating func adopt(_ found: Generator, root: String, settings: String, below: String) {
        let folders = below.split(separator: "/")
        switch found {
        case .plain: return
        case .jekyll:
            isDraftsFolder = folders.last == "_drafts"
            isPostsFolder = folders.contains("_posts")
            let source = Self.jekyllSource(Self.jekyllSettings(settings), in: settings)
            // A folder beside Jekyll's own, such as this program's `content`, is not Jekyll's.
            guard below.isEmpty || isDraftsFolder || isPostsFolder || below == source else {
                sections = Set(["posts", "_posts"].filter { Self.isFolder("\(root)/\($0)") })
                return
            }
            generator = .jekyll
            let names =
                Self.jekyllSettings(settings)["collections"]?.map?.filter { $0.value["output"]?.bool == true }.map(
                    \.key) ?? []
            collections.formUnion(names.map { "_\($0)" })
            base = below.isEmpty ? (source.isEmpty ? Self.folderOfPosts(root) : source) : ""
        case .hugo, .zola:
            guard below.isEmpty || folders.first == "content" else { return }
            generator = found
            base = below.isEmpty ? "content/" : ""
            readFolders(root, isContent: folders.count <= 1)
            if folders.count > 1 { isPostsFolder = folders.contains { Self.sectionNames.contains(String($0)) } }
        case .eleventy:
            generator = .eleventy
            if below.isEmpty {
                base = ["content/", "src/"].first { Self.isFolder("\(root)/\($0)") } ?? ""
            }
            readFolders(root, isContent: true)
            if let last = folders.last { isPostsFolder = Self.sectionNames.contains(String(last)) }
        }
    }

    private mutating func readFolders(_ root: String, isContent: Bool) {
        guard isContent else { return }
        let content = base.isEmpty ? root : "\(root)/\(base.dropLast())"
        let names = Self.folders(in: content)
        if generator == .hugo || generator == .zola {
            languages = Set(names.filter { Self.languageCodes.contains($0.lowercased()) })
        }
        let below = languages.flatMap { Self.folders(in: "\(content)/\($0)") }
        sections = Set(names + below).intersection(Self.sectionNames)
    }

    // MARK: Files that tell

    private static func generator(of folder: String) -> Generator? {
        let names = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        if names.contains("_config.yml") || names.contains("_config.yaml") || names.contains("_config.toml") {
            return .jekyll
        }
        if !names.isDisjoint(with: [
            "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js",
        ]) {
            return .eleventy
        }
        if names.contains("zola.toml") { return .zola }
        if !names.isDisjoint(with: ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"]) { return .hugo }
        if names.contains("content") {
            if names.contains("config.toml") {
                let settings = FileManager.default.contents(atPath: "\(folder)/config.toml") ?? Data()
                // Zola must have `base_url`; Hugo spells it `baseURL`.
                return settings.range(of: Data("base_url".utf8)) != nil ? .zola : .hugo
            }
            if names.contains("archetypes") || isFolder("\(folder)/config/_default") { return .hugo }
            if names.contains("layouts"), !names.isDisjoint(with: ["config.yaml", "config.yml", "config.json"]) {
                return .hugo
            }
        }
        return names.contains("_posts") && names.contains("_layouts") ? .jekyll : nil
    }

    /// `_config.yml`; a broken one says nothing.
    private static func jekyllSettings(_ folder: String) -> DataNode {
        let nothing = DataNode(.map([]), at: Place(line: 1, column: 1))
        let path = "\(folder)/_config.yml"
        guard let (bytes, _) = try? FileReader.contents(of: path, named: path),
            let source = try? SourceText(path: path, bytes: bytes)
        else { return nothing }
        return (try? YAMLReader.read(source.text, of: source)) ?? nothing
    }

    /// The folder that Jekyll's (or Hexo's) settings name as that of the documents, with a slash at its end.
    private static func jekyllSource(_ settings: DataNode, in folder: String) -> String {
        guard let value = (settings["source"] ?? settings["source_dir"])?.text else { return "" }
        let path = value.split(separator: "/").filter { $0 != "." }
        guard !path.isEmpty, !path.contains(".."), isFolder("\(folder)/\(path.joined(separator: "/"))") else {
            return ""
        }
        return path.joined(separator: "/") + "/"
    }

    /// The one folder that has `_posts` in it, where the settings' own has none.
    private static func folderOfPosts(_ root: String) -> String {
        guard !isFolder("\(root)/_posts") else { return "" }
        let found = folders(in: root).filter { isFolder("\(root)/\($0)/_posts") }
        return found.count == 1 ? found[0] + "/" : ""
    }

    private static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { isFolder("\(folder)/\($0)") }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// ISO 639-1 codes that sites are translated to, with the regions that are usual in folders' names.
    static let languageCodes: Set<String> = [
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
        "id", "it",
        "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "pt-br", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr",
        "uk", "vi",
        "zh", "zh-cn", "zh-tw", "zh-hans", "zh-hant",
    ]
}
