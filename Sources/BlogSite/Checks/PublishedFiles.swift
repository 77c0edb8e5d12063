import FoundationEssentials

/// The files of a published site: what addresses of it lead to.
struct PublishedFiles: Sendable {
    /// Absolute.
    let folder: String
    let address: SiteAddress
    /// Those that the last build made, sorted.
    let paths: [String]
    private let known: Set<String>

    init(folder: String, address: SiteAddress, manifest: Manifest) {
        self.folder = folder
        self.address = address
        paths = manifest.paths
        known = Set(paths)
    }

    /// The pages: files with an address of their own, in the order of their paths.
    var pages: [String] { paths.filter { $0.hasSuffix(".html") } }

    func bytes(of path: String) throws(SiteError) -> [UInt8] { try FileDescriptor.file("\(folder)/\(path)").allBytes() }

    /// The address of a page's file, without the prefix: `posts/a/index.html` is `/posts/a/`.
    static func address(of path: String) -> String {
        if path == "index.html" { return "/" }
        return "/" + (path.hasSuffix("/index.html") ? String(path.dropLast("index.html".count)) : path)
    }

    /// Where a reference leads.
    enum Target: Sendable, Hashable {
        /// To a file of the site and, maybe, a place in it.
        case file(path: String, fragment: String?)
        /// To an address of the site that has no file.
        case nothing
        /// To another host.
        case external(String)
        /// To something that is no page: a mail address, a telephone.
        case other
    }

    /// Where a reference on the page at `page` leads.
    func target(of reference: String, on page: String) -> Target {
        let reference = reference.trimmed
        if reference.hasPrefix(address.base) || reference + "/" == address.base {
            return local("/" + reference.dropFirst(address.base.count))
        }
        if reference.hasPrefix("//") { return .external("https:" + reference) }
        if Reference.isExternal(reference) {
            let lowercased = reference.lowercased()
            return lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") ? .external(reference) : .other
        }
        if Reference.isRooted(reference) {
            guard reference.hasPrefix(address.prefix + "/") || reference == address.prefix else {
                // The same host, but not this site.
                return .external(address.origin + reference)
            }
            return local(String(reference.dropFirst(address.prefix.count)))
        }
        return local(reference.isEmpty ? page : Reference.resolve(reference, on: page))
    }

    private func local(_ reference: String) -> Target {
        let end = reference.firstIndex { $0 == "?" || $0 == "#" } ?? reference.endIndex
        let hash = reference.firstIndex(of: "#")
        let fragment = hash.map { PercentEncoding.decoded(String(reference[reference.index(after: $0)...])) }
        let path = PercentEncoding.decoded(String(reference[..<end].drop { $0 == "/" }))
        guard let file = file(at: path) else { return .nothing }
        return .file(path: file, fragment: fragment)
    }

    /// The file that a server sends for a path. One that no build made counts too, if it is there.
    private func file(at path: String) -> String? {
        let candidates =
            path.isEmpty || path.hasSuffix("/") ? [path + "index.html"] : [path, path + "/index.html"]
        return candidates.first { known.contains($0) } ?? candidates.first { isForeignFile($0) }
    }

    private func isForeignFile(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains("..") else { return false }
        var isFolder = false
        return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) && !isFolder
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
