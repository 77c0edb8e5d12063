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
                templates.append(try Self.template(file.path, "templates/" + file.path, bytes))
                hashes[file.path] = ContentHash(of: bytes)
            }
        }
        self.templates = templates
        self.assets = AssetSet(assets)
        self.hashes = hashes
    }

    /// Whether the theme has a template of that name.
    func contains(_ name: String) -> Bool { hashes[name] != nil }

    /// One template of a folder.
    static func template(_ name: String, in folder: String, shownAs shown: String) throws(SiteError) -> TemplateFile {
        try template(name, shown + "/" + name, try FileDescriptor.file(folder + "/" + name).allBytes())
    }

    private static func template(_ name: String, _ path: String, _ bytes: [UInt8]) throws(SiteError) -> TemplateFile {
        guard let source = String(validating: bytes, as: UTF8.self) else {
            throw SiteError(.template, path: path, "the file is not UTF-8")
        }
        return TemplateFile(name: name, path: path, source: source)
    }

    /// Throws when a template is missing that no site can do without.
    func requirePages() throws(SiteError) {
        for page in ThemeSchema.schema.pages where page.isRequired && hashes[page.name] == nil {
            throw SiteError(
                .template, path: "templates/" + page.name, "the theme has no such template, and a site needs one")
        }
    }

    /// What the templates' functions and filters do on a site.
    func environment(
        address: SiteAddress, timeZone: TimeZone, notes: MarkdownRenderer
    ) -> RenderEnvironment {
        let assets = assets
        return RenderEnvironment(
            utcOffset: { seconds in timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)) },
            url: { address.url($0) },
            asset: { name in assets.path(of: name).map { address.url($0) } },
            absoluteURL: { address.absolute($0) },
            markdown: { notes.render($0).html })
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

    init(
        _ files: ThemeFiles, address: SiteAddress, timeZone: TimeZone, notes: MarkdownRenderer,
        metrics: TemplateMetrics? = nil
    ) throws(TemplateErrors) {
        self.files = files
        set = try TemplateSet(
            files.templates, environment: files.environment(address: address, timeZone: timeZone, notes: notes),
            metrics: metrics)
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

    /// The template of a post's page.
    func template(of post: PostRecord) -> String { template(layout: post.layout, default: "post.html") }

    /// Names of templates for pages of their own, without their endings.
    private static let reserved = Set(ThemeSchema.schema.pages.map { String($0.name.prefix { $0 != "." }) } + ["base"])
}
