import BlogConfiguration
import Foundation
import ORM

/// Which sources an import reads: those of blog.yml, or what the paths of the command line mean. Pure but for the question
/// whether a path exists.
struct SourcePlan: Sendable {
    var sources: [any Source] = []
    var notes: [String] = []

    private let openDatabase: @Sendable (_ path: String) async throws -> Database

    init(
        site: Site, options: ImportOptions, openDatabase: @escaping @Sendable (_ path: String) async throws -> Database
    ) throws(ImportError) {
        self.openDatabase = openDatabase
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
                    Self.scope(of: relative, in: home))
                continue
            }
            guard let kind = options.kind ?? Self.recognized(absolute) else { throw .unknownKind(path: path) }
            others.append(SourceSettings(kind: kind, path: relative))
        }
        for settings in configured { if let paths = scopes[settings.name] { add(settings, scopes: paths, site: site) } }
        for settings in others { add(settings, scopes: [], site: site, isConfigured: false) }
    }

    private mutating func add(
        _ settings: SourceSettings, scopes: [String], site: Site, isConfigured: Bool = true
    ) {
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
                    foreignFolders: Set(foreign), layout: SiteLayout(detecting: root, below: site.root),
                    language: site.configuration.language))
        case .comments:
            sources.append(
                CommentSource(name: settings.name, root: root, displayName: settings.path, scopes: scopes))
        case .wxr, .disqus, .isso:
            sources.append(
                ArchiveSource(
                    name: settings.name, kind: settings.kind, displayName: settings.path,
                    retires: isConfigured && scopes.allSatisfy(\.isEmpty), openDatabase: openDatabase))
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
        }
    }

    /// A path of a source as that source has it: below its folder, or empty for the whole of it.
    private static func scope(of path: String, in source: SourceSettings) -> String {
        switch source.kind {
        case .accessLog, .views: path
        case .wxr, .disqus, .isso: path == source.path ? "" : path
        case .markdown, .comments:
            path == source.path ? "" : source.path == "." ? path : String(path.dropFirst(source.path.count + 1))
        }
    }

    /// What a file is by its first bytes.
    private static func recognized(_ path: String) -> SourceKind? {
        guard let head = try? FileReader.head(of: path, named: path, count: 8192) else { return nil }
        if head.starts(with: Array("SQLite format 3\0".utf8)) { return .isso }
        let text = String(decoding: head, as: UTF8.self)
        guard text.contains("<") else { return nil }
        if text.contains("wordpress.org/export/") { return .wxr }
        return text.contains("<disqus") ? .disqus : nil
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

extension SourceSettings {
    /// Whether a path is the source's, or part of it.
    fileprivate func contains(_ path: String) -> Bool {
        switch kind {
        case .accessLog, .views: FilePattern.matches(self.path, path)
        case .wxr, .disqus, .isso:
            FilePattern.matches(self.path, path) || SourcePlan.contains(self.path, path)
        case .markdown, .comments: SourcePlan.contains(self.path, path)
        }
    }
}
