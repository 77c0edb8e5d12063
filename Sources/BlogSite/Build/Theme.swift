import BlogConfiguration
import FoundationEssentials
import Markdown
import Templates

/// The files of `templates/`, read and hashed but not yet compiled.
struct ThemeFiles: Sendable {
    let templates: [TemplateFile]
    let assets: AssetSet
    /// By template name.
    let hashes: [String: ContentHash]

    private static let kinds = [".html", ".xml", ".txt", ".json"]

    /// Reads all templates and assets of a site.
    init(root: String) throws(SiteError) {
        let folder = root + "/templates"
        var templates: [TemplateFile] = []
        var assets: [(name: String, bytes: [UInt8])] = []
        var hashes: [String: ContentHash] = [:]
        for file in try FolderScan(folder).files {
            let bytes = try FileDescriptor.file(folder + "/" + file.path).allBytes()
            if file.path.hasPrefix("assets/") {
                assets.append((String(file.path.dropFirst("assets/".count)), bytes))
            } else if Self.kinds.contains(where: file.path.hasSuffix) {
                guard let source = String(validating: bytes, as: UTF8.self) else {
                    throw SiteError(.template, path: "templates/" + file.path, "the file is not UTF-8")
                }
                templates.append(TemplateFile(name: file.path, path: "templates/" + file.path, source: source))
                hashes[file.path] = ContentHash(of: bytes)
            }
        }
        for name in ["home.html", "post.html"] where hashes[name] == nil {
            throw SiteError(
                .template, path: "templates/" + name, "the theme has no such template, and a site needs one")
        }
        self.templates = templates
        self.assets = AssetSet(assets)
        self.hashes = hashes
    }

    /// Changes with any template or asset.
    var fingerprint: ContentHash {
        var print = Fingerprint()
        for template in templates {
            print.add(template.name)
            print.add(hashes[template.name] ?? .unknown)
        }
        print.add(assets.fingerprint)
        return print.hash
    }
}

/// The compiled theme.
struct Theme: Sendable {
    let files: ThemeFiles
    private let set: TemplateSet
    /// By template: the hash of its source and of all that it extends, includes or imports.
    private let closures: [String: ContentHash]

    init(_ files: ThemeFiles, address: SiteAddress, timeZone: TimeZone, notes: MarkdownRenderer) throws(TemplateErrors)
    {
        let assets = files.assets
        let environment = RenderEnvironment(
            utcOffset: { seconds in timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)) },
            url: { address.url($0) },
            asset: { name in assets.path(of: name).map { address.url($0) } },
            absoluteURL: { address.absolute($0) },
            markdown: { notes.render($0).html })
        self.files = files
        set = try TemplateSet(files.templates, environment: environment)
        var closures: [String: ContentHash] = [:]
        for template in files.templates {
            var print = Fingerprint()
            for name in set.closure(of: template.name) {
                print.add(name)
                print.add(files.hashes[name] ?? .unknown)
            }
            closures[template.name] = print.hash
        }
        self.closures = closures
    }

    /// Whether the theme has a template of that name.
    func contains(_ name: String) -> Bool { set.contains(name) }

    /// Changes with everything that a page of this template depends on besides its data.
    func fingerprint(of name: String) -> ContentHash { closures[name] ?? .unknown }

    /// Renders a page behind what `output` holds.
    func render(
        _ name: String, _ context: [(String, Value)], page: String, into output: inout [UInt8]
    ) throws(TemplateError) {
        try set.render(name, context, page: page, into: &output)
    }

    /// The template of a post or page whose front matter asks for a layout: that, if the theme has it and it is not one of
    /// the templates for other kinds of page; else the default one. Sources written for other generators name layouts that
    /// this theme need not have.
    func template(layout: String?, default name: String) -> String {
        guard let layout, !layout.isEmpty, !Self.reserved.contains(layout), !layout.hasPrefix("_"),
            contains(layout + ".html")
        else { return name }
        return layout + ".html"
    }

    private static let reserved: Set<String> = [
        "home", "list", "tags", "tag", "authors", "author", "404", "feed", "sitemap", "robots", "base", "post", "page",
    ]
}
