import Foundation

/// A site's folder and what its blog.yml says.
package struct Site: Sendable, Hashable {
    /// The absolute path of the folder that has blog.yml.
    package var root: String
    package var configuration: SiteConfiguration

    package init(root: String, configuration: SiteConfiguration) {
        self.root = root
        self.configuration = configuration
    }

    /// There is no site where one was looked for.
    package struct NotFound: Error, Sendable, Hashable, CustomStringConvertible {
        package var folder: String
        /// `--site` named the folder itself, so that its parents were not searched.
        package var isExplicit: Bool

        package var description: String {
            isExplicit
                ? "\(folder.printable): no blog.yml in this folder; \"blog init\" makes a site"
                : "no blog.yml in \(folder.printable) or a folder above it; name a site with --site, or make one with \"blog init\""
        }
    }

    /// Opens the site at `explicit` (what `--site` names), else the nearest one at or above `current`.
    ///
    /// Throws ``NotFound`` or, for a blog.yml with mistakes, a ``DiagnosticList``.
    package static func open(explicit: String?, current: String) throws -> Site {
        let root = try findRoot(explicit: explicit, current: current)
        let file = URL(filePath: root).appending(path: "blog.yml").path
        return Site(root: root, configuration: try SiteConfiguration(contentsOf: file))
    }

    /// The absolute path of the site's folder, see ``open(explicit:current:)``.
    package static func findRoot(explicit: String?, current: String) throws(NotFound) -> String {
        let start = URL(
            filePath: explicit ?? "", directoryHint: .isDirectory,
            relativeTo: URL(filePath: current, directoryHint: .isDirectory))
        var folder = start.absoluteURL.standardizedFileURL
        while true {
            var isFolder: ObjCBool = false
            let file = folder.appending(path: "blog.yml").path
            if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue {
                return Self.plain(folder)
            }
            guard explicit == nil, folder.pathComponents.count > 1 else { break }
            folder = folder.deletingLastPathComponent().standardizedFileURL
        }
        throw NotFound(folder: Self.plain(start.absoluteURL.standardizedFileURL), isExplicit: explicit != nil)
    }

    private static func plain(_ folder: URL) -> String {
        let path = folder.path
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
