import BlogConfiguration
import Foundation

/// Which sources an import reads: those of blog.yml, or what the paths of the command line mean. Pure but for the question
/// whether a path exists.
struct SourcePlan: Sendable {
    var sources: [any Source] = []
    var refusals: [Diagnostic] = []
    var notes: [String] = []

    init(site: Site, options: ImportOptions) throws(ImportError) {
        let configured = site.configuration.sources
        guard !options.paths.isEmpty else {
            for settings in configured { add(settings, scopes: [], site: site) }
            return
        }
        // Each path goes to the source that has it most closely, in the order of blog.yml.
        var scopes: [String: [String]] = [:]
        var others: [SourceSettings] = []
        for path in options.paths {
            let absolute = Self.absolute(path, in: site.root)
            guard FileManager.default.fileExists(atPath: absolute) else { throw .missingInput(path: path) }
            let relative = Self.relative(absolute, to: site.root)
            let home = configured.filter { $0.contains(relative) }.max {
                $0.path.utf8.count < $1.path.utf8.count
            }
            if let home, options.kind ?? home.kind == home.kind {
                scopes[home.name, default: []].append(
                    home.kind.isFile
                        ? relative
                        : relative == home.path
                            ? "" : home.path == "." ? relative : String(relative.dropFirst(home.path.count + 1)))
                continue
            }
            guard let kind = options.kind else { throw .unknownKind(path: path) }
            others.append(SourceSettings(kind: kind, path: relative))
        }
        for settings in configured { if let paths = scopes[settings.name] { add(settings, scopes: paths, site: site) } }
        for settings in others { add(settings, scopes: [], site: site) }
    }

    private mutating func add(_ settings: SourceSettings, scopes: [String], site: Site) {
        let root = Self.absolute(settings.path, in: site.root)
        switch settings.kind {
        case .markdown:
            let foreign = site.configuration.sources.filter { $0 != settings }.compactMap { other in
                Self.contains(settings.path, other.path) && other.path != settings.path
                    ? (settings.path == "." ? other.path : String(other.path.dropFirst(settings.path.count + 1))) : nil
            }
            sources.append(
                MarkdownSource(
                    name: settings.name, root: root, displayName: settings.path, scopes: scopes,
                    foreignFolders: Set(foreign)))
        case .comments:
            sources.append(
                CommentSource(name: settings.name, root: root, displayName: settings.path, scopes: scopes))
        case .accessLog:
            sources.append(
                AccessLogSource(
                    name: settings.name, pattern: settings.path, root: site.root,
                    files: scopes.isEmpty ? nil : scopes))
        case .views:
            sources.append(
                ViewCountSource(
                    name: settings.name, file: settings.path,
                    path: Self.absolute(settings.path, in: site.root)))
        case .wxr, .disqus, .isso:
            refusals.append(
                Diagnostic(
                    path: settings.path, message: "this version does not import the kind \"\(settings.kind.rawValue)\"",
                    suggestion: "it imports markdown, comments, access-log and views"))
        }
    }

    private static func absolute(_ path: String, in root: String) -> String {
        let base = URL(filePath: root, directoryHint: .isDirectory)
        let url = URL(filePath: path, relativeTo: base).absoluteURL.standardizedFileURL
        return url.path.count > 1 && url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
    }

    /// The path below the site's root, or the absolute path of what lies elsewhere.
    private static func relative(_ absolute: String, to root: String) -> String {
        if absolute == root { return "." }
        return absolute.hasPrefix(root + "/") ? String(absolute.dropFirst(root.count + 1)) : absolute
    }

    fileprivate static func contains(_ folder: String, _ path: String) -> Bool {
        folder == path || folder == "." && !path.hasPrefix("/") || path.hasPrefix(folder + "/")
    }
}

extension SourceKind {
    /// Whether a source of this kind is files that its path names, rather than what lies below a folder.
    fileprivate var isFile: Bool {
        switch self {
        case .accessLog, .views: true
        default: false
        }
    }
}

extension SourceSettings {
    /// Whether a path is the source's, or part of it.
    fileprivate func contains(_ path: String) -> Bool {
        kind.isFile ? FilePattern.matches(self.path, path) : SourcePlan.contains(self.path, path)
    }
}
