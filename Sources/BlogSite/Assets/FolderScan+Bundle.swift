extension FolderScan {
    /// The files that belong to one document: those in its folder, and in folders below that hold no other document.
    ///
    /// What a person's machine holds elsewhere is not published for a link to it: links that leave the source are left out,
    /// and so are names that start with a dot.
    ///
    /// - Parameters:
    ///   - folder: begins with `source`.
    ///   - source: relative to `root`, or absolute.
    init(bundle folder: String, of source: String, in root: String) throws(SiteError) {
        let path = folder.hasPrefix("/") ? folder : "\(root)/\(folder)"
        let limit = (source.hasPrefix("/") ? source : "\(root)/\(source)").resolvingLinks
        let scan = try FolderScan(path)
        var foreign: [String] = []
        var homes: [String: Bool] = [:]
        /// Whether a folder of the bundle is in the source; asked once for each.
        func isHome(_ below: String) -> Bool {
            if let known = homes[below] { return known }
            let answer = limit.contains((below.isEmpty ? path : "\(path)/\(below)").resolvingLinks)
            homes[below] = answer
            return answer
        }
        let documents = Set(scan.files.filter { Self.isDocument($0.path) }.compactMap { Self.topFolder($0.path) })
        let kept = scan.files.filter { file in
            let parts = file.path.split(separator: "/")
            guard !Self.isDocument(file.path), !parts.contains(where: { $0.hasPrefix(".") }),
                Self.topFolder(file.path).map(documents.contains) != true
            else { return false }
            let isInside =
                isHome(parts.dropLast().joined(separator: "/"))
                && (!"\(path)/\(file.path)".isLink || limit.contains("\(path)/\(file.path)".resolvingLinks))
            if !isInside { foreign.append(file.path) }
            return isInside
        }
        self.init(root: path, files: kept, foreignLinks: foreign)
    }

    private static func topFolder(_ path: String) -> Substring? {
        path.contains("/") ? path.prefix { $0 != "/" } : nil
    }

    /// The files that import reads: texts are not published as they are.
    private static func isDocument(_ path: String) -> Bool {
        [".md", ".markdown", ".mdown", ".mkd", ".html"].contains(where: path.lowercased().hasSuffix)
    }
}
