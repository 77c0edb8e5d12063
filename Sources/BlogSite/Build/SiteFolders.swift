/// The site's folders besides `templates/`.
struct SiteFolders: Sendable {
    let staticFiles: FolderScan
    /// Folders of posts and pages, in the order of their paths.
    let bundles: [(record: BundleRecord, scan: FolderScan)]

    init(root: String, bundles: [BundleRecord]) throws(SiteError) {
        staticFiles = try FolderScan(root + "/static")
        var scans: [(record: BundleRecord, scan: FolderScan)] = []
        for bundle in bundles.sorted(by: { $0.folder.utf8.lexicographicallyPrecedes($1.folder.utf8) }) {
            scans.append((bundle, try FolderScan(bundle: bundle.folder, of: bundle.source, in: root)))
        }
        self.bundles = scans
    }

    /// Changes with any file in them.
    var fingerprint: ContentHash {
        var print = Fingerprint()
        print.add(staticFiles.fingerprint)
        for (record, scan) in bundles {
            print.add(record.folder)
            print.add(scan.fingerprint)
        }
        return print.hash
    }
}
