import BlogConfiguration
import Foundation

/// Where a site may be published.
enum OutputFolder {
    /// Refuses an output folder that is the site's own folder or above it, or lies in one that the site is made from: the
    /// next import or build would read what this one wrote.
    static func check(_ output: String, site: Site) throws(SiteError) {
        let output = resolved(output)
        if (resolved(site.root) + "/").hasPrefix(output + "/") {
            throw SiteError(.unsafePath, path: output, "the output folder cannot be the site's folder or one above it")
        }
        let sources = ["templates", "static", ".blog", "content"] + site.configuration.sources.map(\.path)
        for source in sources {
            let folder = resolved(source.hasPrefix("/") ? source : site.root + "/" + source)
            if (output + "/").hasPrefix(folder + "/") || (folder + "/").hasPrefix(output + "/") {
                throw SiteError(
                    .unsafePath, path: output,
                    "the output folder cannot lie in \(source), nor that in the output folder")
            }
        }
    }

    /// The path without links, as far as it exists.
    private static func resolved(_ path: String) -> String {
        let resolved = URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
        return resolved.count > 1 && resolved.hasSuffix("/") ? String(resolved.dropLast()) : resolved
    }
}
