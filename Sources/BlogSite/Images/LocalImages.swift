import Synchronization

/// The images that the site itself publishes, with their sizes: found by the address that a page names them by.
///
/// A file's beginning is read when its size is first asked for, once in a build.
final class LocalImages: Sendable {
    struct Size: Sendable, Hashable {
        var width: Int
        var height: Int
    }

    /// An image that a rendered body names, as it was then.
    struct Use: Sendable, Hashable {
        /// Of the site, without its prefix: `/posts/trip/lake.jpg`.
        var address: String
        /// Of the file; `.unknown` if there is none.
        var stamp: ContentHash
        /// Nil if the file is no image, or there is none.
        var size: Size?
    }

    private struct File: Sendable {
        var path: String
        var stamp: ContentHash
    }

    private let address: SiteAddress
    /// By address.
    private let files: [String: File]
    /// By path.
    private let sizes = Mutex<[String: Size?]>([:])

    private static let endings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"]

    init(_ folders: SiteFolders, index: SiteIndex, address: SiteAddress) {
        self.address = address
        var files: [String: File] = [:]
        func add(_ scan: FolderScan, at base: String) {
            for file in scan.files where Self.endings.contains(where: file.path.lowercased().hasSuffix) {
                // As in the plan: what claims an address first has it.
                if files[base + file.path] == nil {
                    files[base + file.path] = File(path: scan.fullPath(file), stamp: file.stamp)
                }
            }
        }
        add(folders.staticFiles, at: "/")
        for (bundle, scan) in folders.bundles {
            if let base = index.folder(ofPost: bundle.postID, orPage: bundle.pageID) { add(scan, at: base) }
        }
        self.files = files
    }

    /// The image that `reference` means on the page at `page`; nil if it is none of this site's.
    func use(of reference: String, on page: String) -> Use? {
        var reference = reference
        if reference.hasPrefix(address.base) { reference = "/" + reference.dropFirst(address.base.count) }
        guard !Reference.isExternal(reference) else { return nil }
        let path = (Reference.isRooted(reference) ? reference : Reference.resolve(reference, on: page))
            .prefix { $0 != "?" && $0 != "#" }
        guard Self.endings.contains(where: path.lowercased().hasSuffix) else { return nil }
        return use(at: PercentEncoding.decoded(String(path)))
    }

    /// An image as it is now. While the file has not changed, its size is known without reading it.
    func current(_ old: Use) -> Use {
        if let file = files[old.address], file.stamp == old.stamp { return old }
        return use(at: old.address)
    }

    private func use(at address: String) -> Use {
        guard let file = files[address] else { return Use(address: address, stamp: .unknown, size: nil) }
        return Use(address: address, stamp: file.stamp, size: size(ofFile: file.path))
    }

    private func size(ofFile path: String) -> Size? {
        if let known = sizes.withLock({ $0[path] }) { return known }
        let size = ImageFile.size(at: path).map { Size(width: $0.width, height: $0.height) }
        sizes.withLock { $0[path] = .some(size) }
        return size
    }
}

extension LocalImages.Use {
    /// In the form that `init(from:)` reads.
    func write(to writer: inout ByteWriter) {
        writer.write(address)
        writer.write(stamp)
        writer.write(size?.width ?? 0)
        writer.write(size?.height ?? 0)
    }

    init(from reader: inout ByteReader) throws(ByteReader.Truncated) {
        address = try reader.text()
        stamp = try reader.hash()
        let size = LocalImages.Size(width: try reader.number(), height: try reader.number())
        self.size = size.width > 0 ? size : nil
    }
}
