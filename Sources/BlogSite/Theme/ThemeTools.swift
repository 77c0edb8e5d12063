package import BlogConfiguration
import FoundationEssentials
import Markdown
package import Templates

/// What a theme's author does with templates outside of a build.
package enum ThemeTools {
    /// Checks a site's theme without data.
    ///
    /// ```swift
    /// let report = try ThemeTools.check(site)
    /// ```
    package static func check(_ site: Site) throws -> TemplateReport {
        let files = try ThemeFiles(root: site.root)
        return ThemeCheck(
            files.templates, schema: ThemeSchema.schema, environment: try environment(of: files, site)
        ).report
    }

    /// Renders one template with the given variables; others are read only as far as this one refers to them.
    ///
    /// - Parameters:
    ///   - path: Its absolute path. In the site's `templates/` it sees the whole theme and the site's assets and addresses;
    ///     anywhere else the templates beside it, links stay as they are, and there are no assets.
    ///   - site: The site it may belong to.
    package static func render(_ path: String, of site: Site?, _ variables: [(String, Value)]) throws -> [UInt8] {
        let (folder, shown, name, environment) = try surroundings(of: path, site)
        let files = try TemplateFile.closure(of: name) { (name) throws(SiteError) in
            guard FileManager.default.fileExists(atPath: folder + "/" + name) else { return nil }
            return try ThemeFiles.template(name, in: folder, shownAs: shown)
        }
        var output: [UInt8] = []
        try TemplateSet(files, environment: environment).render(name, variables, page: name, into: &output)
        return output
    }

    private static func surroundings(
        of path: String, _ site: Site?
    ) throws -> (folder: String, shown: String, name: String, environment: RenderEnvironment) {
        if let site, path.hasPrefix(site.root + "/templates/") {
            let folder = site.root + "/templates"
            let environment = try environment(of: ThemeFiles(root: site.root), site)
            return (folder, "templates", String(path.dropFirst(folder.count + 1)), environment)
        }
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let folder = String(path[..<slash])
        return (folder, folder, String(path[path.index(after: slash)...]), RenderEnvironment())
    }

    private static func environment(of files: ThemeFiles, _ site: Site) throws -> RenderEnvironment {
        let configuration = site.configuration
        return files.environment(
            address: try SiteAddress(configuration.url), timeZone: configuration.timeZone,
            notes: MarkdownRenderer(options: .comment(configuration.markdown)))
    }
}

extension TemplateMetrics {
    /// Metrics by the machine's monotonic clock.
    static func measuring() -> TemplateMetrics {
        let clock = ContinuousClock()
        let start = clock.now
        return TemplateMetrics { Int64((clock.now - start) / .nanoseconds(1)) }
    }
}
